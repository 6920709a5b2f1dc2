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
/// @param search how paths are counted and chosen
/// @param filter a condition on the whole path, which decides before paths are chosen
public record PatternPart(
    @Nullable Name path,
    Selector selector,
    Search search,
    NodePattern start,
    List<Step> steps,
    @Nullable Expression filter,
    Place place) {
  public PatternPart {
    steps = List.copyOf(steps);
  }

  public PatternPart(
      @Nullable Name path, Selector selector, NodePattern start, List<Step> steps, Place place) {
    this(path, selector, Search.PLAIN, start, steps, null, place);
  }

  /// How the paths of a pattern are counted and chosen.
  ///
  /// @param choice which of the paths between two nodes are wanted
  /// @param count how many, or how many lengths
  /// @param mode what a path may visit more than once; null when nothing is written
  /// @param repeatable whether relationships of the MATCH may be used more than once
  public record Search(Choice choice, long count, @Nullable Mode mode, boolean repeatable) {
    public static final Search PLAIN = new Search(Choice.ALL, 0, null, false);

    /// Whether the paths of the pattern are looked at as wholes.
    public boolean isWhole() {
      boolean trail = mode == Mode.TRAIL && repeatable;
      return choice != Choice.ALL || mode == Mode.ACYCLIC || mode == Mode.SIMPLE || trail;
    }
  }

  /// Which paths between two nodes are wanted.
  public enum Choice {
    ALL,
    SHORTEST,
    SHORTEST_GROUPS
  }

  public enum Mode {
    WALK,
    TRAIL,
    ACYCLIC,
    SIMPLE
  }

  /// A part of a path that is repeated.
  ///
  /// @param max null for any number
  public record Repeat(
      NodePattern start,
      List<Step> steps,
      @Nullable Expression where,
      long min,
      @Nullable Long max,
      Place place) {
    public Repeat {
      steps = List.copyOf(steps);
    }

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

    /// The variables of the part, which outside of it stand for lists.
    public List<Name> variables() {
      return Stream.concat(
              nodes().stream().map(NodePattern::variable),
              relationships().stream().map(RelationshipPattern::variable))
          .filter(Objects::nonNull)
          .toList();
    }
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

  /// @param types the alternatives, where they are written as a plain list
  /// @param typeTest the condition on its type, whether or not it is a plain list
  /// @param length null for exactly one relationship
  /// @param where a condition written inside the brackets
  /// @param repeat what stands in the place of the relationship; then it has nothing else
  public record RelationshipPattern(
      @Nullable Name variable,
      List<Name> types,
      LabelExpr typeTest,
      Direction direction,
      @Nullable Length length,
      @Nullable Expression properties,
      @Nullable Expression where,
      @Nullable Repeat repeat,
      Place place) {
    public RelationshipPattern {
      types = List.copyOf(types);
    }

    public static RelationshipPattern of(Repeat repeat) {
      return new RelationshipPattern(
          null, List.of(), LabelExpr.ANY, Direction.OUT, null, null, null, repeat, repeat.place());
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
