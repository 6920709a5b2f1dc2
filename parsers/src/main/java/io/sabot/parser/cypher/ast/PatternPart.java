package io.sabot.parser.cypher.ast;

import java.util.ArrayList;
import java.util.List;
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

  /// @param properties a map literal or a parameter
  public record NodePattern(
      @Nullable Name variable, List<Name> labels, @Nullable Expression properties, Place place) {
    public NodePattern {
      labels = List.copyOf(labels);
    }
  }

  /// @param length null for exactly one relationship
  public record RelationshipPattern(
      @Nullable Name variable,
      List<Name> types,
      Direction direction,
      @Nullable Length length,
      @Nullable Expression properties,
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

  public List<RelationshipPattern> relationships() {
    return steps.stream().map(Step::relationship).toList();
  }
}
