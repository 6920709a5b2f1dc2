package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The expressions of a node, and the columns that nodes read.
public final class PlanExprs {
  private PlanExprs() {}

  /// Every expression of `node` itself, not of its inputs.
  public static List<Expr> of(LogicalNode node) {
    List<Expr> exprs = new ArrayList<>();
    map(
        node,
        expr -> {
          exprs.add(expr);
          return expr;
        });
    return exprs;
  }

  /// Rebuilds `node` with each of its own expressions rewritten; inputs stay.
  public static LogicalNode map(LogicalNode node, UnaryOperator<Expr> f) {
    boolean[] changed = {false};
    LogicalNode mapped = rebuild(node, tracking(f, changed));
    return changed[0] ? mapped : node;
  }

  @SuppressWarnings("ReferenceEquality")
  private static UnaryOperator<Expr> tracking(UnaryOperator<Expr> f, boolean[] changed) {
    return expr -> {
      Expr result = f.apply(expr);
      changed[0] |= result != expr;
      return result;
    };
  }

  private static LogicalNode rebuild(LogicalNode node, UnaryOperator<Expr> f) {
    return switch (node) {
      case LogicalNode.TableScan _,
          LogicalNode.FileScan _,
          LogicalNode.NodeScan _,
          LogicalNode.EdgeScan _,
          LogicalNode.QuadScan _,
          LogicalNode.GraphNames _,
          LogicalNode.Distinct _,
          LogicalNode.Eager _,
          LogicalNode.SetOp _,
          LogicalNode.Recursive _,
          LogicalNode.WorkScan _,
          LogicalNode.ForeachRow _,
          LogicalNode.GraphCommand _,
          LogicalNode.Sequence _,
          LogicalNode.TableModify _,
          LogicalNode.Output _ ->
          node;
      case LogicalNode.Values n ->
          new LogicalNode.Values(n.columns(), n.rows().stream().map(r -> mapAll(r, f)).toList());
      case LogicalNode.PathScan n ->
          new LogicalNode.PathScan(
              n.source(), n.target(), n.edges(), n.spec(), mapValues(n.edgeProperties(), f));
      case LogicalNode.Filter n -> new LogicalNode.Filter(n.input(), f.apply(n.predicate()));
      case LogicalNode.Project n ->
          new LogicalNode.Project(n.input(), assignments(n.assignments(), f));
      case LogicalNode.Extend n ->
          new LogicalNode.Extend(n.input(), assignments(n.assignments(), f));
      case LogicalNode.Aggregate n ->
          new LogicalNode.Aggregate(
              n.input(),
              n.keys(),
              n.groupingSets(),
              n.calls().stream().map(c -> call(c, f)).toList(),
              n.keyMode());
      case LogicalNode.Sort n -> new LogicalNode.Sort(n.input(), sortKeys(n.keys(), f));
      case LogicalNode.Limit n ->
          new LogicalNode.Limit(
              n.input(), optional(n.skip(), f), optional(n.fetch(), f), n.exhaustive());
      case LogicalNode.Window n ->
          new LogicalNode.Window(n.input(), n.calls().stream().map(c -> window(c, f)).toList());
      case LogicalNode.Unnest n ->
          new LogicalNode.Unnest(n.input(), f.apply(n.list()), n.element(), n.ordinal(), n.outer());
      case LogicalNode.ProcedureCall n ->
          new LogicalNode.ProcedureCall(
              n.input(), n.procedure(), mapAll(n.args(), f), n.yields(), n.isVoid());
      case LogicalNode.Join n ->
          new LogicalNode.Join(n.kind(), n.left(), n.right(), f.apply(n.condition()), n.mark());
      case LogicalNode.CompatJoin n ->
          new LogicalNode.CompatJoin(
              n.kind(), n.left(), n.right(), n.shared(), f.apply(n.condition()));
      case LogicalNode.Apply n ->
          new LogicalNode.Apply(n.kind(), n.left(), n.right(), f.apply(n.condition()), n.mark());
      case LogicalNode.CreateElements n ->
          new LogicalNode.CreateElements(n.input(), elements(n.elements(), f));
      case LogicalNode.UpdateElements n ->
          new LogicalNode.UpdateElements(n.input(), writes(n.writes(), f));
      case LogicalNode.DeleteElements n ->
          new LogicalNode.DeleteElements(n.input(), mapAll(n.targets(), f), n.detach());
      case LogicalNode.Merge n ->
          new LogicalNode.Merge(
              n.input(),
              n.match(),
              elements(n.create(), f),
              writes(n.onCreate(), f),
              writes(n.onMatch(), f));
      case LogicalNode.Foreach n ->
          new LogicalNode.Foreach(n.input(), f.apply(n.list()), n.element(), n.body());
      case LogicalNode.QuadModify n ->
          new LogicalNode.QuadModify(
              n.input(), templates(n.deletes(), f), templates(n.inserts(), f));
      case LogicalNode.ConstructTriples n ->
          new LogicalNode.ConstructTriples(
              n.input(), templates(n.templates(), f), n.subject(), n.predicate(), n.object());
    };
  }

  private static List<Expr> mapAll(List<Expr> exprs, UnaryOperator<Expr> f) {
    return exprs.stream().map(f).toList();
  }

  private static @Nullable Expr optional(@Nullable Expr expr, UnaryOperator<Expr> f) {
    return expr == null ? null : f.apply(expr);
  }

  private static Map<String, Expr> mapValues(Map<String, Expr> entries, UnaryOperator<Expr> f) {
    Map<String, Expr> mapped = new LinkedHashMap<>();
    entries.forEach((key, expr) -> mapped.put(key, f.apply(expr)));
    return mapped;
  }

  private static List<Assignment> assignments(List<Assignment> all, UnaryOperator<Expr> f) {
    return all.stream().map(a -> new Assignment(a.column(), f.apply(a.expr()))).toList();
  }

  private static List<SortKey> sortKeys(List<SortKey> keys, UnaryOperator<Expr> f) {
    return keys.stream()
        .map(k -> new SortKey(f.apply(k.expr()), k.descending(), k.nullsFirst(), k.mode()))
        .toList();
  }

  private static AggregateCall call(AggregateCall call, UnaryOperator<Expr> f) {
    return new AggregateCall(
        call.out(),
        call.function(),
        mapAll(call.args(), f),
        call.distinct(),
        call.distinctMode(),
        optional(call.filter(), f),
        sortKeys(call.orderBy(), f));
  }

  private static WindowCall window(WindowCall call, UnaryOperator<Expr> f) {
    return new WindowCall(
        call.out(),
        call.function(),
        mapAll(call.args(), f),
        mapAll(call.partitionBy(), f),
        sortKeys(call.orderBy(), f),
        call.frame(),
        call.ignoresNulls());
  }

  private static List<GraphElement> elements(List<GraphElement> all, UnaryOperator<Expr> f) {
    List<GraphElement> mapped = new ArrayList<>();
    for (GraphElement element : all) {
      mapped.add(
          switch (element) {
            case GraphElement.NewNode(var out, var labels, var properties) ->
                new GraphElement.NewNode(out, labels, f.apply(properties));
            case GraphElement.NewEdge(var out, var type, var source, var target, var properties) ->
                new GraphElement.NewEdge(
                    out, type, f.apply(source), f.apply(target), f.apply(properties));
          });
    }
    return mapped;
  }

  private static List<GraphWrite> writes(List<GraphWrite> all, UnaryOperator<Expr> f) {
    List<GraphWrite> mapped = new ArrayList<>();
    for (GraphWrite write : all) {
      mapped.add(
          switch (write) {
            case GraphWrite.SetProperty(var target, var key, var value) ->
                new GraphWrite.SetProperty(f.apply(target), key, f.apply(value));
            case GraphWrite.SetProperties(var target, var value, var replace) ->
                new GraphWrite.SetProperties(f.apply(target), f.apply(value), replace);
            case GraphWrite.SetLabels(var target, var labels, var add) ->
                new GraphWrite.SetLabels(f.apply(target), labels, add);
          });
    }
    return mapped;
  }

  private static List<LogicalNode.QuadTemplate> templates(
      List<LogicalNode.QuadTemplate> all, UnaryOperator<Expr> f) {
    return all.stream()
        .map(t ->
            new LogicalNode.QuadTemplate(
                term(t.graph(), f),
                term(t.subject(), f),
                term(t.predicate(), f),
                term(t.object(), f)))
        .toList();
  }

  private static QuadTerm term(QuadTerm term, UnaryOperator<Expr> f) {
    return switch (term) {
      case QuadTerm.Quoted(var subject, var predicate, var object) ->
          new QuadTerm.Quoted(term(subject, f), term(predicate, f), term(object, f));
      case QuadTerm.Computed(var expr) -> new QuadTerm.Computed(f.apply(expr));
      case QuadTerm.Bind _, QuadTerm.Constant _, QuadTerm.Wildcard _, QuadTerm.FreshBlank _ -> term;
    };
  }

  /// The columns that `node` itself reads from its inputs or from an enclosing left side.
  public static Set<Column> reads(LogicalNode node) {
    Set<Column> reads = new LinkedHashSet<>();
    of(node).forEach(expr -> expr.collectColumns(reads));
    switch (node) {
      case LogicalNode.Aggregate n -> reads.addAll(n.keys());
      case LogicalNode.Distinct n -> reads.addAll(PlanColumns.of(n.input()));
      case LogicalNode.CompatJoin n ->
          n.shared()
              .forEach(s -> {
                reads.add(s.left());
                reads.add(s.right());
              });
      case LogicalNode.SetOp n -> {
        addAll(reads, n.leftColumns());
        addAll(reads, n.rightColumns());
      }
      case LogicalNode.Recursive n -> {
        reads.addAll(PlanColumns.of(n.init()));
        reads.addAll(PlanColumns.of(n.step()));
      }
      case LogicalNode.TableModify n -> {
        reads.addAll(n.values().values());
        if (n.rowAddress() != null) {
          reads.add(n.rowAddress());
        }
        if (n.action() != null) {
          reads.add(n.action());
        }
      }
      case LogicalNode.Output n -> n.columns().forEach(c -> reads.add(c.column()));
      case LogicalNode.QuadModify n -> {
        n.deletes().forEach(t -> boundIn(t, reads));
        n.inserts().forEach(t -> boundIn(t, reads));
      }
      case LogicalNode.ConstructTriples n -> n.templates().forEach(t -> boundIn(t, reads));
      case LogicalNode.Merge n -> n.create().forEach(e -> reads.remove(e.out()));
      case LogicalNode.CreateElements n -> n.elements().forEach(e -> reads.remove(e.out()));
      default -> {}
    }
    if (node instanceof LogicalNode.CompatJoin n) {
      n.shared().forEach(s -> reads.remove(s.out()));
    }
    return reads;
  }

  private static void addAll(Set<Column> into, List<@Nullable Column> columns) {
    for (Column column : columns) {
      if (column != null) {
        into.add(column);
      }
    }
  }

  private static void boundIn(LogicalNode.QuadTemplate template, Set<Column> into) {
    for (QuadTerm term :
        List.of(template.graph(), template.subject(), template.predicate(), template.object())) {
      if (term instanceof QuadTerm.Bind(var column)) {
        into.add(column);
      }
    }
  }

  /// The columns that the tree under `node` uses and does not define: those of enclosing left
  /// sides.
  public static Set<Column> free(LogicalNode node) {
    Set<Column> used = new LinkedHashSet<>();
    Set<Column> defined = new LinkedHashSet<>();
    collectFree(node, used, defined);
    used.removeAll(defined);
    return used;
  }

  private static void collectFree(LogicalNode node, Set<Column> used, Set<Column> defined) {
    for (LogicalNode input : node.inputs()) {
      collectFree(input, used, defined);
    }
    used.addAll(reads(node));
    defined.addAll(defines(node));
  }

  /// The columns that come into being at `node`: those it delivers and does not pass on.
  public static Set<Column> defines(LogicalNode node) {
    Set<Column> defined = new LinkedHashSet<>();
    switch (node) {
      case LogicalNode.Project n -> computed(n.assignments(), defined);
      case LogicalNode.Extend n -> computed(n.assignments(), defined);
      case LogicalNode.Aggregate n -> n.calls().forEach(c -> defined.add(c.out()));
      case LogicalNode.Window n -> n.calls().forEach(c -> defined.add(c.out()));
      case LogicalNode.ProcedureCall n -> n.yields().forEach(y -> defined.add(y.column()));
      case LogicalNode.Unnest n -> {
        defined.add(n.element());
        if (n.ordinal() != null) {
          defined.add(n.ordinal());
        }
      }
      case LogicalNode.Join n -> mark(n.mark(), defined);
      case LogicalNode.Apply n -> mark(n.mark(), defined);
      case LogicalNode.CompatJoin n -> n.shared().forEach(s -> defined.add(s.out()));
      case LogicalNode.SetOp n -> defined.addAll(n.columns());
      case LogicalNode.Recursive n -> defined.addAll(n.columns());
      case LogicalNode.CreateElements n -> n.elements().forEach(e -> defined.add(e.out()));
      case LogicalNode.Merge n -> n.create().forEach(e -> defined.add(e.out()));
      case LogicalNode.Foreach n -> defined.add(n.element());
      case LogicalNode.TableModify n -> {
        if (n.count() != null) {
          defined.add(n.count());
        }
      }
      case LogicalNode.ConstructTriples n ->
          defined.addAll(List.of(n.subject(), n.predicate(), n.object()));
      case LogicalNode.Values _,
          LogicalNode.TableScan _,
          LogicalNode.FileScan _,
          LogicalNode.NodeScan _,
          LogicalNode.EdgeScan _,
          LogicalNode.QuadScan _,
          LogicalNode.PathScan _,
          LogicalNode.GraphNames _,
          LogicalNode.WorkScan _ ->
          defined.addAll(PlanColumns.of(node));
      case LogicalNode.Filter _,
          LogicalNode.Distinct _,
          LogicalNode.Sort _,
          LogicalNode.Limit _,
          LogicalNode.Eager _,
          LogicalNode.UpdateElements _,
          LogicalNode.DeleteElements _,
          LogicalNode.ForeachRow _,
          LogicalNode.QuadModify _,
          LogicalNode.GraphCommand _,
          LogicalNode.Sequence _,
          LogicalNode.Output _ -> {}
    }
    return defined;
  }

  private static void computed(List<Assignment> assignments, Set<Column> defined) {
    for (Assignment assignment : assignments) {
      if (!assignment.isPassThrough()) {
        defined.add(assignment.column());
      }
    }
  }

  private static void mark(@Nullable Column mark, Set<Column> defined) {
    if (mark != null) {
      defined.add(mark);
    }
  }
}
