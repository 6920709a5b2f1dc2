package io.sabot.parser.sql;

import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A variable of a graph pattern, with what all of its places say about it.
final class GraphVariable {
  enum Kind {
    VERTEX,
    EDGE,
    PATH
  }

  /// What it stands for outside of the part in which it is written.
  enum Degree {
    ONE,
    /// One element or null: from a part that may be left out.
    OPTIONAL,
    /// A list: from a part that is repeated.
    GROUP
  }

  final String name;
  final Kind kind;
  final Degree degree;
  final SourceSpan place;
  private final List<LabelExpr> labels = new ArrayList<>();
  private final Map<String, SourceSpan> labelPlaces = new LinkedHashMap<>();

  GraphVariable(String name, Kind kind, Degree degree, SourceSpan place) {
    this.name = name;
    this.kind = kind;
    this.degree = degree;
    this.place = place;
  }

  void add(GraphPattern.Filling filling) {
    if (!filling.labels().equals(LabelExpr.ANY)) {
      labels.add(filling.labels());
      filling.places().forEach(labelPlaces::putIfAbsent);
    }
  }

  /// The condition on its labels, with their names as written.
  LabelExpr labels() {
    return all(labels);
  }

  static LabelExpr all(List<LabelExpr> conditions) {
    return switch (conditions.size()) {
      case 0 -> LabelExpr.ANY;
      case 1 -> conditions.getFirst();
      default -> new LabelExpr.And(conditions);
    };
  }

  Map<String, SourceSpan> labelPlaces() {
    return labelPlaces;
  }

  boolean isVertex() {
    return kind == Kind.VERTEX;
  }

  /// The type of one of what it stands for.
  Type type() {
    return switch (kind) {
      case VERTEX -> Type.NODE;
      case EDGE -> Type.EDGE;
      case PATH -> Type.PATH;
    };
  }

  String word() {
    return switch (kind) {
      case VERTEX -> "vertex";
      case EDGE -> "edge";
      case PATH -> "path";
    };
  }
}
