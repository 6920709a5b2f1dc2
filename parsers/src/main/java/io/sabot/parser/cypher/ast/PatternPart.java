package io.sabot.parser.cypher.ast;

import io.sabot.plan.expr.LabelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One chain of nodes and relationships between the commas of a pattern.
///
/// @param path the variable that names the whole path
public record PatternPart(
    @Nullable Name path, Selector selector, NodePattern start, List<Step> steps, Place place) {
  public PatternPart {
    steps = List.copyOf(steps);
  }

  /// Which of the matching paths are wanted.
  public enum Selector {
    ALL,
    SHORTEST,
    ALL_SHORTEST
  }

  /// Which way an arrow points, read from left to right.
  public enum Direction {
    OUT,
    IN,
    BOTH
  }

  public record Step(RelationshipPattern relationship, NodePattern node) {}

  /// @param labels the labels that it has, where they are written as a plain list
  /// @param labelTest the condition on its labels, whether or not it is a plain list
  /// @param properties a map literal or a parameter
  /// @param where a condition written inside the parentheses
  public record NodePattern(
      @Nullable Name variable,
      List<Name> labels,
      LabelExpr labelTest,
      @Nullable Expression properties,
      @Nullable Expression where,
      Place place) {
    public NodePattern {
      labels = List.copyOf(labels);
    }

    /// Whether the condition on the labels is that it has all of `labels`.
    public boolean isPlain() {
      return labelTest.equals(LabelExpr.all(labels.stream().map(Name::text).toList()));
    }
  }

  /// @param length null for exactly one relationship
  /// @param where a condition written inside the brackets
  public record RelationshipPattern(
      @Nullable Name variable,
      List<Name> types,
      Direction direction,
      @Nullable Length length,
      @Nullable Expression properties,
      @Nullable Expression where,
      Place place) {
    public RelationshipPattern {
      types = List.copyOf(types);
    }
  }

  /// The bounds of a variable length; null where none is written.
  public record Length(@Nullable Long min, @Nullable Long max) {}

  /// All node patterns, from left to right.
  public List<NodePattern> nodes() {
    List<NodePattern> nodes = new ArrayList<>(steps.size() + 1);
    nodes.add(start);
    steps.forEach(step -> nodes.add(step.node()));
    return nodes;
  }

  /// The conditions written inside the pattern.
  public List<Expression> conditions() {
    return Stream.concat(
            nodes().stream().map(NodePattern::where),
            relationships().stream().map(RelationshipPattern::where))
        .filter(Objects::nonNull)
        .toList();
  }

  public List<RelationshipPattern> relationships() {
    return steps.stream().map(Step::relationship).toList();
  }
}
