package io.sabot.parser.sql;

import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.LabelExpr;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands between MATCH and the WHERE of a GRAPH_TABLE, as written.
///
/// @param differentEdges whether no edge may be used twice
record GraphPattern(List<Path> paths, boolean differentEdges) {
  GraphPattern {
    paths = List.copyOf(paths);
  }

  /// Which of the paths between two vertices are wanted.
  enum Choice {
    ALL,
    SHORTEST,
    SHORTEST_GROUPS
  }

  enum Mode {
    WALK,
    TRAIL,
    ACYCLIC,
    SIMPLE
  }

  enum Direction {
    RIGHT,
    LEFT,
    ANY
  }

  /// What stands before a path.
  ///
  /// @param mode null where none is written
  record Prefix(Choice choice, long count, @Nullable Mode mode) {
    static final Prefix NONE = new Prefix(Choice.ALL, 0, null);

    /// Whether it bounds the number of paths.
    boolean bounds() {
      return choice != Choice.ALL || (mode != null && mode != Mode.WALK);
    }
  }

  record Variable(String text, SourceSpan place) {}

  record Path(@Nullable Variable name, Prefix prefix, List<Factor> factors, SourceSpan place) {
    Path {
      factors = List.copyOf(factors);
    }
  }

  sealed interface Factor {
    SourceSpan place();
  }

  /// What stands inside the parentheses of a vertex and the brackets of an edge.
  ///
  /// @param labels with the names as written
  /// @param places of the labels' names
  /// @param where empty for no condition
  record Filling(
      @Nullable Variable variable,
      LabelExpr labels,
      Map<String, SourceSpan> places,
      @Nullable Range where) {
    static final Filling NONE = new Filling(null, LabelExpr.ANY, Map.of(), null);
  }

  record Vertex(Filling filling, SourceSpan place) implements Factor {}

  record Edge(Filling filling, Direction direction, SourceSpan place) implements Factor {}

  /// Parentheses around a part of a path.
  record Group(Prefix prefix, List<Factor> factors, @Nullable Range where, SourceSpan place)
      implements Factor {
    Group {
      factors = List.copyOf(factors);
    }
  }

  /// @param part an edge or a group
  /// @param max null for any number
  /// @param optional written `?`: what is inside stands for itself and not for a list
  record Quantified(Factor part, long min, @Nullable Long max, boolean optional, SourceSpan place)
      implements Factor {}
}
