package io.sabot.plan.expr;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A condition on the labels of a node or the type of an edge.
public sealed interface LabelExpr {
  /// Anything goes.
  record Any() implements LabelExpr {}

  /// At least one label, whichever.
  record Labelled() implements LabelExpr {}

  record Has(String label) implements LabelExpr {}

  record And(List<LabelExpr> parts) implements LabelExpr {
    public And {
      parts = List.copyOf(parts);
    }
  }

  record Or(List<LabelExpr> parts) implements LabelExpr {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  record Not(LabelExpr part) implements LabelExpr {}

  LabelExpr ANY = new Any();

  /// All of `labels`, or {@link #ANY} for none.
  static LabelExpr all(List<String> labels) {
    if (labels.isEmpty()) {
      return ANY;
    }
    List<LabelExpr> parts = labels.stream().map(l -> (LabelExpr) new Has(l)).toList();
    return parts.size() == 1 ? parts.getFirst() : new And(parts);
  }

  /// One of `types`, or {@link #ANY} for none.
  static LabelExpr oneOf(List<String> types) {
    if (types.isEmpty()) {
      return ANY;
    }
    List<LabelExpr> parts = types.stream().map(l -> (LabelExpr) new Has(l)).toList();
    return parts.size() == 1 ? parts.getFirst() : new Or(parts);
  }

  default boolean matches(Set<String> labels) {
    return switch (this) {
      case Any _ -> true;
      case Labelled _ -> !labels.isEmpty();
      case Has(var label) -> labels.contains(label);
      case And(var parts) -> parts.stream().allMatch(p -> p.matches(labels));
      case Or(var parts) -> parts.stream().anyMatch(p -> p.matches(labels));
      case Not(var part) -> !part.matches(labels);
    };
  }

  /// Every label named anywhere.
  default Set<String> names() {
    Set<String> names = new TreeSet<>();
    switch (this) {
      case Any _, Labelled _ -> {}
      case Has(var label) -> names.add(label);
      case And(var parts) -> parts.forEach(p -> names.addAll(p.names()));
      case Or(var parts) -> parts.forEach(p -> names.addAll(p.names()));
      case Not(var part) -> names.addAll(part.names());
    }
    return names;
  }
}
