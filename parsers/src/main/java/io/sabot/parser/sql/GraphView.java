package io.sabot.parser.sql;

import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.type.Type;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A graph as a pattern sees it: its labels and the properties that its elements have.
interface GraphView {
  /// A property of the elements that a variable may stand for.
  ///
  /// @param value the property of an element
  record Property(String name, Type type, UnaryOperator<Expr> value) {}

  /// The names under which the graph of the whole database goes.
  Set<String> DATABASE = Set.of("default", "home", "sabot");

  static GraphView of(SqlBinder binder, DdlParser.Name name, SourceSpan place) {
    Optional<PropertyGraphDef> graph = binder.catalog.propertyGraph(name.schema(), name.name());
    if (graph.isPresent()) {
      return new PropertyGraphView(graph.get(), binder);
    }
    if (DATABASE.contains(name.name().toLowerCase(Locale.ROOT))) {
      return new DatabaseGraphView(binder);
    }
    List<String> known =
        binder.catalog.propertyGraphs().stream().map(PropertyGraphDef::name).toList();
    String hint = Errors.didYouMean(name.name(), known);
    throw new QueryException(
        ErrorCode.UNKNOWN_TABLE,
        place,
        "property graph '" + name.name() + "' does not exist",
        hint.isEmpty() ? "the graph of the whole database is called sabot" : hint);
  }

  /// The labels as a plan has them. Names are found without case.
  ///
  /// @param whole whether the pattern must say which graph its elements are from
  LabelExpr labels(
      boolean vertex, LabelExpr written, Map<String, SourceSpan> places, boolean whole);

  Property property(GraphVariable variable, String name, SourceSpan place);

  /// All properties of a variable, in order.
  List<Property> properties(GraphVariable variable, SourceSpan place);

  /// Whether an element has a property.
  Expr has(GraphVariable variable, String name, Expr element, SourceSpan place);

  /// The name as it is known, with or without the same case.
  static Optional<String> known(String written, Collection<String> names) {
    if (names.contains(written)) {
      return Optional.of(written);
    }
    List<String> alike = names.stream().filter(written::equalsIgnoreCase).toList();
    return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
  }

  static QueryException unknownLabel(
      String name, boolean vertex, Collection<String> known, @Nullable SourceSpan place) {
    return new QueryException(
        ErrorCode.UNKNOWN_TABLE,
        place,
        "no " + (vertex ? "vertex" : "edge") + " of the graph has the label '" + name + "'",
        Errors.didYouMean(name, known));
  }

  /// The condition with each name replaced.
  static LabelExpr rename(LabelExpr labels, UnaryOperator<String> name) {
    return switch (labels) {
      case LabelExpr.Any _, LabelExpr.Labelled _ -> labels;
      case LabelExpr.Has(var label) -> new LabelExpr.Has(name.apply(label));
      case LabelExpr.And(var parts) ->
          new LabelExpr.And(parts.stream().map(p -> rename(p, name)).toList());
      case LabelExpr.Or(var parts) ->
          new LabelExpr.Or(parts.stream().map(p -> rename(p, name)).toList());
      case LabelExpr.Not(var part) -> new LabelExpr.Not(rename(part, name));
    };
  }

  /// Whether the condition holds only for elements that have a label named in it.
  static boolean isPositive(LabelExpr labels) {
    return switch (labels) {
      case LabelExpr.Any _, LabelExpr.Labelled _, LabelExpr.Not _ -> false;
      case LabelExpr.Has _ -> true;
      case LabelExpr.And(var parts) -> parts.stream().allMatch(GraphView::isPositive);
      case LabelExpr.Or(var parts) -> parts.stream().allMatch(GraphView::isPositive);
    };
  }
}
