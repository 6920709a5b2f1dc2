package io.sabot.plan.text;

import io.sabot.plan.catalog.FileSource;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.SharedColumn;
import io.sabot.plan.text.Tokens.Kind;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one node from its line; its inputs are read already.
final class NodeReader {
  private final Tokens in;
  private final ExprReader exprs;
  private final PartReader parts;
  private final List<LogicalNode> inputs;

  NodeReader(ExprReader exprs, List<LogicalNode> inputs) {
    this.in = exprs.in;
    this.exprs = exprs;
    this.parts = new PartReader(exprs);
    this.inputs = inputs;
  }

  private LogicalNode input() {
    return inputs.getFirst();
  }

  private LogicalNode right() {
    return inputs.get(1);
  }

  LogicalNode node() {
    String word = in.take(Kind.NAME);
    return switch (word) {
      case "values" -> values();
      case "table" -> table();
      case "file" -> file();
      case "nodes" -> new LogicalNode.NodeScan(exprs.column(), exprs.labels(), parts.properties());
      case "edges" -> parts.edges();
      case "quads" -> parts.quads();
      case "paths" -> parts.paths();
      case "graphs" -> new LogicalNode.GraphNames(exprs.column(), parts.scope());
      case "work" -> new LogicalNode.WorkScan((int) in.integer(), exprs.columnList());
      case "foreach_row" -> new LogicalNode.ForeachRow();
      case "graph_command" -> command();
      case "filter" -> new LogicalNode.Filter(input(), exprs.expr());
      case "project" -> new LogicalNode.Project(input(), assignments());
      case "extend" -> new LogicalNode.Extend(input(), assignments());
      case "aggregate" -> aggregate();
      case "distinct" -> new LogicalNode.Distinct(input(), exprs.constant(EqMode.class));
      case "sort" -> new LogicalNode.Sort(input(), parts.sortKeys());
      case "limit" -> limit();
      case "window" -> new LogicalNode.Window(input(), parts.windows());
      case "unnest" -> unnest();
      case "eager" -> new LogicalNode.Eager(input(), in.take(Kind.STRING));
      case "call" ->
          new LogicalNode.ProcedureCall(
              input(), in.name(), exprs.arguments(), assignments(), in.accept("void"));
      case "join" -> {
        JoinKind kind = exprs.constant(JoinKind.class);
        Column mark = optional("mark");
        yield new LogicalNode.Join(kind, input(), right(), exprs.expr(), mark);
      }
      case "apply" -> {
        JoinKind kind = exprs.constant(JoinKind.class);
        Column mark = optional("mark");
        yield new LogicalNode.Apply(kind, input(), right(), exprs.expr(), mark);
      }
      case "compat" ->
          new LogicalNode.CompatJoin(
              exprs.constant(CompatKind.class), input(), right(), shared(), exprs.expr());
      case "set" -> setOp();
      case "recursive" ->
          new LogicalNode.Recursive(
              input(), right(), (int) in.integer(), exprs.columnList(), in.accept("distinct"));
      default -> change(word);
    };
  }

  private LogicalNode change(String word) {
    return switch (word) {
      case "create" -> new LogicalNode.CreateElements(input(), parts.elements());
      case "update" ->
          in.is("[")
              ? new LogicalNode.UpdateElements(input(), parts.writes())
              : modify(LogicalNode.TableVerb.UPDATE);
      case "delete" ->
          in.is("[")
              ? new LogicalNode.DeleteElements(
                  input(), exprs.list(exprs::expr), in.accept("detach"))
              : modify(LogicalNode.TableVerb.DELETE);
      case "insert" -> modify(LogicalNode.TableVerb.INSERT);
      case "merge_into" -> modify(LogicalNode.TableVerb.MERGE);
      case "merge" ->
          new LogicalNode.Merge(input(), right(), parts.elements(), parts.writes(), parts.writes());
      case "foreach" -> {
        Column element = exprs.column();
        in.expect("=");
        yield new LogicalNode.Foreach(input(), exprs.expr(), element, right());
      }
      case "modify" -> new LogicalNode.QuadModify(input(), parts.templates(), parts.templates());
      case "sequence" -> {
        in.integer();
        yield new LogicalNode.Sequence(inputs);
      }
      case "output" -> new LogicalNode.Output(input(), exprs.list(this::output));
      case "construct" -> {
        var templates = parts.templates();
        List<Column> spo = exprs.items("(", ")", exprs::column);
        yield new LogicalNode.ConstructTriples(
            input(), templates, spo.get(0), spo.get(1), spo.get(2));
      }
      default -> throw new IllegalArgumentException("no node is written '" + word + "'");
    };
  }

  private @Nullable Column optional(String word) {
    return in.accept(word) ? exprs.column() : null;
  }

  private LogicalNode values() {
    List<Column> columns = exprs.columnList();
    List<List<Expr>> rows = new ArrayList<>();
    while (in.is("(")) {
      rows.add(exprs.arguments());
    }
    return new LogicalNode.Values(columns, rows);
  }

  private LogicalNode table() {
    int id = (int) in.integer();
    String name = in.name();
    List<LogicalNode.ColumnRead> reads =
        exprs.list(() -> {
          Column column = exprs.column();
          in.expect("=");
          return new LogicalNode.ColumnRead(column, (int) in.integer());
        });
    return new LogicalNode.TableScan(id, name, reads, optional("address"));
  }

  private LogicalNode file() {
    String path = in.take(Kind.STRING);
    String format = in.name();
    SortedMap<String, String> options = new TreeMap<>();
    exprs.list(() -> {
      String name = in.name();
      in.expect("=");
      return options.put(name, in.take(Kind.STRING));
    });
    in.expect("rows");
    FileSource source = new FileSource(path, format, options, in.integer());
    List<LogicalNode.FileRead> reads =
        exprs.list(() -> {
          Column column = exprs.column();
          in.expect("=");
          return new LogicalNode.FileRead(column, in.take(Kind.STRING));
        });
    return new LogicalNode.FileScan(source, reads);
  }

  private List<Assignment> assignments() {
    return exprs.list(() -> {
      Column column = exprs.column();
      return in.accept("=") ? new Assignment(column, exprs.expr()) : Assignment.same(column);
    });
  }

  private LogicalNode aggregate() {
    List<Column> keys = exprs.columnList();
    List<List<Column>> sets = in.accept("sets") ? exprs.list(exprs::columnList) : List.of();
    var calls = parts.calls();
    return new LogicalNode.Aggregate(input(), keys, sets, calls, exprs.constant(EqMode.class));
  }

  private LogicalNode limit() {
    Expr skip = in.accept("skip") ? exprs.expr() : null;
    Expr fetch = in.accept("fetch") ? exprs.expr() : null;
    return new LogicalNode.Limit(input(), skip, fetch, in.accept("exhaustive"));
  }

  private LogicalNode unnest() {
    Column element = exprs.column();
    in.expect("=");
    Expr list = exprs.expr();
    Column ordinal = optional("ordinal");
    return new LogicalNode.Unnest(input(), list, element, ordinal, in.accept("outer"));
  }

  private List<SharedColumn> shared() {
    return exprs.list(() -> {
      Column out = exprs.column();
      in.expect("=");
      Column left = exprs.column();
      in.expect("~");
      return new SharedColumn(left, exprs.column(), out);
    });
  }

  private LogicalNode setOp() {
    LogicalNode.SetKind kind = exprs.constant(LogicalNode.SetKind.class);
    boolean all = in.accept("all");
    if (!all) {
      in.expect("distinct");
    }
    EqMode mode = exprs.constant(EqMode.class);
    return new LogicalNode.SetOp(
        kind,
        all,
        mode,
        input(),
        right(),
        exprs.columnList(),
        exprs.optionalColumns(),
        exprs.optionalColumns());
  }

  private LogicalNode command() {
    LogicalNode.GraphVerb verb = exprs.constant(LogicalNode.GraphVerb.class);
    LogicalNode.GraphTarget target = exprs.constant(LogicalNode.GraphTarget.class);
    Value source = exprs.value();
    return new LogicalNode.GraphCommand(verb, target, source, exprs.value(), in.accept("silent"));
  }

  private LogicalNode modify(LogicalNode.TableVerb verb) {
    int id = (int) in.integer();
    String name = in.name();
    Column address = optional("address");
    Column action = optional("action");
    Map<Integer, Column> values = new TreeMap<>();
    exprs.list(() -> {
      int column = (int) in.integer();
      in.expect("=");
      return values.put(column, exprs.column());
    });
    Column count = optional("count");
    return new LogicalNode.TableModify(verb, id, name, input(), address, action, values, count);
  }

  private LogicalNode.OutputColumn output() {
    return new LogicalNode.OutputColumn(exprs.column(), in.take(Kind.STRING));
  }
}
