package io.sabot.plan.text;

import static io.sabot.plan.text.ExprText.lower;

import io.sabot.plan.catalog.FileSource;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.RegularPath;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.logical.SharedColumn;
import io.sabot.plan.logical.WindowCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes what logical and physical nodes have in common.
final class LeafText {
  final ExprText exprs;

  LeafText(ExprText exprs) {
    this.exprs = exprs;
  }

  String values(List<Column> columns, List<List<Expr>> rows) {
    return "values "
        + exprs.definitions(columns)
        + rows.stream().map(row -> " (" + exprs.list(row) + ")").collect(Collectors.joining());
  }

  String table(int id, String name, List<LogicalNode.ColumnRead> reads, @Nullable Column address) {
    return "table "
        + id
        + " "
        + TextSyntax.identifier(name)
        + reads.stream()
            .map(r -> exprs.defined(r.column()) + " = " + r.columnId())
            .collect(Collectors.joining(", ", " [", "]"))
        + (address == null ? "" : " address " + exprs.defined(address));
  }

  String file(FileSource file, List<LogicalNode.FileRead> reads) {
    return "file "
        + TextSyntax.string(file.path())
        + " "
        + TextSyntax.identifier(file.format())
        + file.options().entrySet().stream()
            .map(e -> TextSyntax.identifier(e.getKey()) + " = " + TextSyntax.string(e.getValue()))
            .collect(Collectors.joining(", ", " [", "] rows "))
        + file.rows()
        + reads.stream()
            .map(r -> exprs.defined(r.column()) + " = " + TextSyntax.string(r.field()))
            .collect(Collectors.joining(", ", " [", "]"));
  }

  String nodes(Column node, LabelExpr labels, List<PropertyRead> properties) {
    return "nodes "
        + exprs.defined(node)
        + " "
        + TextSyntax.labels(labels)
        + properties(properties);
  }

  String properties(List<PropertyRead> properties) {
    return properties.stream()
        .map(p -> exprs.defined(p.column()) + " = " + TextSyntax.string(p.key()))
        .collect(Collectors.joining(", ", " [", "]"));
  }

  String edges(
      Column edge,
      Column source,
      Column target,
      LabelExpr types,
      Direction direction,
      List<PropertyRead> properties) {
    return "edges "
        + exprs.defined(edge)
        + " ("
        + exprs.defined(source)
        + ", "
        + exprs.defined(target)
        + ") "
        + TextSyntax.labels(types)
        + " "
        + lower(direction)
        + properties(properties);
  }

  String quads(GraphScope scope, QuadTerm g, QuadTerm s, QuadTerm p, QuadTerm o) {
    return "quads " + scope(scope) + " " + quad(g, s, p, o);
  }

  String quad(QuadTerm g, QuadTerm s, QuadTerm p, QuadTerm o) {
    return "(" + term(g) + ", " + term(s) + ", " + term(p) + ", " + term(o) + ")";
  }

  private String term(QuadTerm term) {
    return switch (term) {
      case QuadTerm.Bind(var column) -> "?" + exprs.defined(column);
      case QuadTerm.Constant(var value) -> TextSyntax.value(value);
      case QuadTerm.Wildcard _ -> "_";
      case QuadTerm.Computed(var expr) -> "=" + exprs.of(expr);
      case QuadTerm.FreshBlank(var label) -> "@fresh(" + TextSyntax.string(label) + ")";
      case QuadTerm.Quoted(var s, var p, var o) ->
          "@triple(" + term(s) + ", " + term(p) + ", " + term(o) + ")";
    };
  }

  String templates(List<LogicalNode.QuadTemplate> templates) {
    return templates.stream()
        .map(t -> quad(t.graph(), t.subject(), t.predicate(), t.object()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  String scope(GraphScope scope) {
    return switch (scope) {
      case GraphScope.Default _ -> "default";
      case GraphScope.Merge(var graphs) -> "merge [" + TextSyntax.values(graphs) + "]";
      case GraphScope.Named _ -> "named";
      case GraphScope.NamedOnly(var graphs) -> "named_only [" + TextSyntax.values(graphs) + "]";
    };
  }

  String paths(
      Column source,
      Column target,
      @Nullable Column edges,
      PathSpec spec,
      Map<String, Expr> properties) {
    return "paths ("
        + exprs.defined(source)
        + ", "
        + exprs.defined(target)
        + ")"
        + (edges == null ? "" : " edges " + exprs.defined(edges))
        + " "
        + spec(spec)
        + properties.entrySet().stream()
            .map(e -> TextSyntax.string(e.getKey()) + ": " + exprs.of(e.getValue()))
            .collect(Collectors.joining(", ", " {", "}"));
  }

  private String spec(PathSpec spec) {
    return switch (spec) {
      case PathSpec.Trail(var types, var direction, int min, int max, var selector) ->
          "trail "
              + TextSyntax.labels(types)
              + " "
              + lower(direction)
              + " "
              + min
              + " "
              + (max == PathSpec.UNBOUNDED ? "unbounded" : Integer.toString(max))
              + " "
              + lower(selector);
      case PathSpec.Sections sections -> sections(sections);
      case PathSpec.Reach(
              var step,
              int min,
              boolean unbounded,
              var scope,
              var source,
              var target) ->
          "reach "
              + path(step)
              + " "
              + min
              + " "
              + (unbounded ? "unbounded" : "once")
              + " "
              + scope(scope)
              + " from "
              + TextSyntax.value(source)
              + " to "
              + TextSyntax.value(target);
    };
  }

  private String sections(PathSpec.Sections spec) {
    return spec.sections().stream()
            .map(this::section)
            .collect(Collectors.joining(", ", "sections [", "] "))
        + lower(spec.mode())
        + " "
        + lower(spec.selector())
        + " "
        + spec.count()
        + spec.arguments().entrySet().stream()
            .map(e -> TextSyntax.string(e.getKey()) + ": " + exprs.defined(e.getValue()))
            .collect(Collectors.joining(", ", " {", "}"));
  }

  private String section(PathSpec.Section section) {
    return exprs.defined(section.start())
        + section.steps().stream().map(this::step).collect(Collectors.joining(", ", " [", "] "))
        + section.min()
        + " "
        + (section.max() == PathSpec.UNBOUNDED ? "unbounded" : Integer.toString(section.max()))
        + " ["
        + exprs.list(section.conditions())
        + "]";
  }

  private String step(PathSpec.PathStep step) {
    return exprs.defined(step.edge())
        + " "
        + exprs.defined(step.node())
        + " "
        + TextSyntax.labels(step.types())
        + " "
        + lower(step.direction())
        + (step.turned() ? " turned" : "");
  }

  private String path(RegularPath path) {
    return switch (path) {
      case RegularPath.Predicate(var iri) -> TextSyntax.value(iri);
      case RegularPath.Inverse(var inner) -> "inverse(" + path(inner) + ")";
      case RegularPath.Sequence(var parts) -> "sequence(" + paths(parts) + ")";
      case RegularPath.Alternative(var parts) -> "alternative(" + paths(parts) + ")";
      case RegularPath.NotIn(var forward, var backward) ->
          "not_in([" + TextSyntax.values(forward) + "], [" + TextSyntax.values(backward) + "])";
      case RegularPath.Repeat(var inner, int min, boolean unbounded) ->
          "repeat(" + path(inner) + ", " + min + ", " + (unbounded ? "unbounded" : "once") + ")";
    };
  }

  private String paths(List<RegularPath> parts) {
    return parts.stream().map(this::path).collect(Collectors.joining(", "));
  }

  String groups(List<Column> keys, List<List<Column>> sets) {
    return exprs.uses(keys)
        + (sets.isEmpty()
            ? ""
            : sets.stream().map(exprs::uses).collect(Collectors.joining(", ", " sets [", "]")));
  }

  String calls(List<AggregateCall> calls) {
    return calls.stream().map(this::call).collect(Collectors.joining(", ", "[", "]"));
  }

  private String call(AggregateCall call) {
    return exprs.defined(call.out())
        + " = "
        + call.function().name()
        + "("
        + exprs.list(call.args())
        + ")"
        + (call.distinct() ? " distinct " + lower(call.distinctMode()) : "")
        + (call.filter() == null ? "" : " filter " + exprs.of(call.filter()))
        + (call.orderBy().isEmpty() ? "" : " order " + exprs.sortKeys(call.orderBy()));
  }

  String windows(List<WindowCall> calls) {
    return calls.stream().map(this::window).collect(Collectors.joining(", ", "[", "]"));
  }

  private String window(WindowCall call) {
    return exprs.defined(call.out())
        + " = "
        + call.function()
        + "("
        + exprs.list(call.args())
        + ") partition ["
        + exprs.list(call.partitionBy())
        + "] order "
        + exprs.sortKeys(call.orderBy())
        + (call.ignoresNulls() ? " nonnull " : " ")
        + lower(call.frame().unit())
        + " "
        + bound(call.frame().start())
        + " "
        + bound(call.frame().end())
        + excluded(call.frame().excluded());
  }

  private static String excluded(WindowCall.Exclusion excluded) {
    return excluded == WindowCall.Exclusion.NO_OTHERS ? "" : " exclude " + lower(excluded);
  }

  private static String bound(WindowCall.Bound bound) {
    return lower(bound.kind()) + " " + TextSyntax.value(bound.offset());
  }

  String elements(List<GraphElement> elements) {
    return elements.stream().map(this::element).collect(Collectors.joining(", ", "[", "]"));
  }

  private String element(GraphElement element) {
    return switch (element) {
      case GraphElement.NewNode(var out, var labels, var properties) ->
          "node " + exprs.defined(out) + names(labels) + " " + exprs.of(properties);
      case GraphElement.NewEdge(var out, var type, var source, var target, var properties) ->
          "edge "
              + exprs.defined(out)
              + " "
              + TextSyntax.identifier(type)
              + " ("
              + exprs.of(source)
              + ", "
              + exprs.of(target)
              + ") "
              + exprs.of(properties);
    };
  }

  private static String names(List<String> labels) {
    return labels.stream().map(TextSyntax::identifier).collect(Collectors.joining(", ", " [", "]"));
  }

  String writes(List<GraphWrite> writes) {
    return writes.stream().map(this::write).collect(Collectors.joining(", ", "[", "]"));
  }

  private String write(GraphWrite write) {
    return switch (write) {
      case GraphWrite.SetProperty(var target, var key, var value) ->
          "property " + exprs.of(target) + " " + TextSyntax.string(key) + " " + exprs.of(value);
      case GraphWrite.SetProperties(var target, var value, boolean replace) ->
          (replace ? "replace " : "merge ") + exprs.of(target) + " " + exprs.of(value);
      case GraphWrite.SetLabels(var target, var labels, boolean add) ->
          (add ? "add " : "remove ") + exprs.of(target) + names(labels);
    };
  }

  String shared(List<SharedColumn> shared) {
    return shared.stream()
        .map(s ->
            exprs.defined(s.out()) + " = " + exprs.use(s.left()) + " ~ " + exprs.use(s.right()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  String outputs(List<LogicalNode.OutputColumn> columns) {
    return columns.stream()
        .map(c -> exprs.use(c.column()) + " " + TextSyntax.string(c.name()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  String updates(Map<Integer, Column> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + " = " + exprs.use(e.getValue()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  String limits(@Nullable Expr skip, @Nullable Expr fetch) {
    return (skip == null ? "" : " skip " + exprs.of(skip))
        + (fetch == null ? "" : " fetch " + exprs.of(fetch));
  }

  String command(LogicalNode.GraphCommand c) {
    return "graph_command "
        + lower(c.verb())
        + " "
        + lower(c.target())
        + " "
        + TextSyntax.value(c.source())
        + " "
        + TextSyntax.value(c.graph())
        + (c.silent() ? " silent" : "");
  }
}
