package io.sabot.parser.cypher.lower;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plans as the goldens of this package show them: one node a line, inputs indented below.
public final class PlanPrinter {
  private PlanPrinter() {}

  public static String print(LogicalNode plan) {
    StringBuilder out = new StringBuilder();
    print(plan, "", out);
    return out.toString();
  }

  private static void print(LogicalNode node, String indent, StringBuilder out) {
    out.append(indent).append(line(node).stripTrailing()).append('\n');
    node.inputs().forEach(input -> print(input, indent + "  ", out));
  }

  private static String line(LogicalNode node) {
    return switch (node) {
      case LogicalNode.Values n -> n.rows().size() == 1 ? "unit" : "values " + n.rows().size();
      case LogicalNode.NodeScan n -> "nodes " + n.node() + labels(n.labels());
      case LogicalNode.EdgeScan n ->
          "edges " + n.edge() + labels(n.types()) + ends(n.source(), n.target(), n.direction());
      case LogicalNode.PathScan n -> path(n);
      case LogicalNode.Filter n -> "filter " + expr(n.predicate());
      case LogicalNode.Project n -> "project " + list(n.assignments(), PlanPrinter::assigned);
      case LogicalNode.Extend n -> "extend " + list(n.assignments(), PlanPrinter::assigned);
      case LogicalNode.Aggregate n ->
          "aggregate by ("
              + list(n.keys(), Column::toString)
              + ") "
              + list(n.calls(), PlanPrinter::call);
      case LogicalNode.Distinct _ -> "distinct";
      case LogicalNode.Sort n -> "sort " + keys(n.keys());
      case LogicalNode.Limit n -> limit(n);
      case LogicalNode.Unnest n -> "unnest " + n.element() + " in " + expr(n.list());
      case LogicalNode.ProcedureCall n ->
          "call "
              + n.procedure()
              + "("
              + exprs(n.args())
              + ") yield "
              + list(n.yields(), PlanPrinter::assigned)
              + (n.isVoid() ? " void" : "");
      case LogicalNode.Join n -> word(n.kind()) + " join on " + expr(n.condition());
      case LogicalNode.Apply n ->
          word(n.kind())
              + " apply"
              + (n.mark() == null ? "" : " mark " + n.mark())
              + (n.condition().equals(Expr.TRUE) ? "" : " on " + expr(n.condition()));
      case LogicalNode.SetOp n ->
          word(n.kind())
              + (n.all() ? " all " : " ")
              + list(n.columns(), Column::toString)
              + " = "
              + n.leftColumns()
              + " "
              + n.rightColumns();
      case LogicalNode.CreateElements n -> "create " + list(n.elements(), PlanPrinter::element);
      case LogicalNode.UpdateElements n -> "update " + list(n.writes(), PlanPrinter::write);
      case LogicalNode.DeleteElements n ->
          (n.detach() ? "detach delete " : "delete ") + exprs(n.targets());
      case LogicalNode.Merge n ->
          "merge "
              + list(n.create(), PlanPrinter::element)
              + " on create ("
              + list(n.onCreate(), PlanPrinter::write)
              + ") on match ("
              + list(n.onMatch(), PlanPrinter::write)
              + ")";
      case LogicalNode.Foreach n -> "foreach " + n.element() + " in " + expr(n.list());
      case LogicalNode.ForeachRow _ -> "row";
      case LogicalNode.Output n ->
          "output " + list(n.columns(), c -> c.column() + " as '" + c.name() + "'");
      default -> throw new IllegalArgumentException("not a plan of Cypher: " + node);
    };
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static <T> String list(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining(", "));
  }

  private static String exprs(List<Expr> exprs) {
    return list(exprs, PlanPrinter::expr);
  }

  private static String ends(Column source, Column target, Enum<?> direction) {
    return " " + source + (direction.name().equals("BOTH") ? " -- " : " -> ") + target;
  }

  private static String path(LogicalNode.PathScan n) {
    if (!(n.spec()
        instanceof PathSpec.Trail(var types, var direction, int min, int max, var sel))) {
      throw new IllegalArgumentException("not a path of Cypher: " + n);
    }
    String bounds = min + ".." + (max == PathSpec.UNBOUNDED ? "" : max);
    return "paths "
        + n.edges()
        + labels(types)
        + " "
        + bounds
        + ends(n.source(), n.target(), direction)
        + (sel == PathSpec.Selector.ALL ? "" : " " + word(sel))
        + (n.edgeProperties().isEmpty()
            ? ""
            : n.edgeProperties().entrySet().stream()
                .map(e -> e.getKey() + ": " + expr(e.getValue()))
                .collect(Collectors.joining(", ", " {", "}")));
  }

  private static String labels(LabelExpr labels) {
    String text = label(labels);
    return text.isEmpty() ? "" : ":" + text;
  }

  private static String label(LabelExpr labels) {
    return switch (labels) {
      case LabelExpr.Any _ -> "";
      case LabelExpr.Has(var name) -> name;
      case LabelExpr.And(var parts) ->
          parts.stream().map(PlanPrinter::label).collect(Collectors.joining("&"));
      case LabelExpr.Or(var parts) ->
          parts.stream().map(PlanPrinter::label).collect(Collectors.joining("|"));
      case LabelExpr.Not(var part) -> "!" + label(part);
    };
  }

  private static String assigned(Assignment assignment) {
    return assignment.isPassThrough()
        ? assignment.column().toString()
        : assignment.column() + " := " + expr(assignment.expr());
  }

  private static String call(AggregateCall call) {
    return call.out()
        + " := "
        + call.function()
        + "("
        + (call.distinct() ? "distinct " : "")
        + exprs(call.args())
        + (call.orderBy().isEmpty() ? "" : " order by " + keys(call.orderBy()))
        + ")";
  }

  private static String keys(List<SortKey> keys) {
    return list(keys, k -> expr(k.expr()) + (k.descending() ? " desc" : ""));
  }

  private static String limit(LogicalNode.Limit n) {
    return "limit"
        + (n.skip() == null ? "" : " skip " + expr(n.skip()))
        + (n.fetch() == null ? "" : " fetch " + expr(n.fetch()))
        + (n.exhaustive() ? " exhaustive" : "");
  }

  private static String element(GraphElement element) {
    return switch (element) {
      case GraphElement.NewNode(var out, var labels, var properties) ->
          "("
              + out
              + labels.stream().map(l -> ":" + l).collect(Collectors.joining())
              + " "
              + expr(properties)
              + ")";
      case GraphElement.NewEdge(var out, var type, var source, var target, var properties) ->
          expr(source) + "-[" + out + ":" + type + " " + expr(properties) + "]->" + expr(target);
    };
  }

  private static String write(GraphWrite write) {
    return switch (write) {
      case GraphWrite.SetProperty(var target, var key, var value) ->
          expr(target) + "." + key + " = " + expr(value);
      case GraphWrite.SetProperties(var target, var value, var replace) ->
          expr(target) + (replace ? " = " : " += ") + expr(value);
      case GraphWrite.SetLabels(var target, var labels, var add) ->
          (add ? "+" : "-") + expr(target) + ":" + String.join(":", labels);
    };
  }

  private static String expr(@Nullable Expr expr) {
    return switch (expr) {
      case null -> "-";
      case Expr.Col(var column) -> column.toString();
      case Expr.Lit(var value, _) -> literal(value);
      case Expr.Param(var name, _) -> "$" + name;
      case Expr.Call(var function, var args, _) -> function + "(" + exprs(args) + ")";
      case Expr.Case(var branches, var otherwise, _) ->
          "case "
              + list(branches, b -> expr(b.condition()) + " then " + expr(b.result()))
              + " else "
              + expr(otherwise);
      case Expr.Cast(var input, var type, var mode) ->
          word(mode) + "(" + expr(input) + " as " + type + ")";
      case Expr.Property(var owner, var key, _) -> expr(owner) + "." + key;
      case Expr.LabelTest(var entity, var labels) -> expr(entity) + labels(labels);
      case Expr.ListComprehension(var element, var list, var where, var map) ->
          "["
              + element
              + " in "
              + expr(list)
              + (where == null ? "" : " where " + expr(where))
              + " | "
              + expr(map)
              + "]";
      case Expr.Quantified(var quantifier, var element, var list, var where) ->
          word(quantifier) + "(" + element + " in " + expr(list) + " where " + expr(where) + ")";
      case Expr.Reduce(var accumulator, var init, var element, var list, var body) ->
          "reduce("
              + accumulator
              + " = "
              + expr(init)
              + ", "
              + element
              + " in "
              + expr(list)
              + " | "
              + expr(body)
              + ")";
    };
  }

  private static String literal(Value value) {
    return switch (value) {
      case Value.Str(var text) -> "'" + text + "'";
      case Value.Int(var number) -> Long.toString(number);
      case Value.Real(var number) -> Double.toString(number);
      case Value.Bool(var truth) -> Boolean.toString(truth);
      default -> value.toString();
    };
  }
}
