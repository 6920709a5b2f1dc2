package io.sabot.parser.sql;

import io.sabot.parser.sql.GraphPattern.Edge;
import io.sabot.parser.sql.GraphPattern.Factor;
import io.sabot.parser.sql.GraphPattern.Filling;
import io.sabot.parser.sql.GraphPattern.Group;
import io.sabot.parser.sql.GraphPattern.Prefix;
import io.sabot.parser.sql.GraphPattern.Quantified;
import io.sabot.parser.sql.GraphPattern.Vertex;
import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/// A path with parentheses that say nothing taken away: vertices, and what lies between each two of
/// them. Vertices beside each other are one.
final class GraphChain {
  /// A vertex, as one or several descriptions that stand beside each other.
  record Stop(List<Filling> fillings, SourceSpan place) {}

  private final List<Stop> stops = new ArrayList<>();
  private final List<Factor> links = new ArrayList<>();
  private final List<Range> conditions = new ArrayList<>();
  private final boolean searched;

  /// @param searched whether the path is looked at as a whole, so that conditions of its parts
  ///   count before paths are chosen
  private GraphChain(boolean searched) {
    this.searched = searched;
  }

  static GraphChain of(List<Factor> factors, boolean searched, SourceSpan place) {
    GraphChain chain = new GraphChain(searched);
    chain.add(factors);
    if (chain.isOpen()) {
      chain.stops.add(anyVertex(place));
    }
    return chain;
  }

  /// The vertices, one more than there are links.
  List<Stop> stops() {
    return stops;
  }

  /// Edges, repeated parts, and parts with a condition of their own.
  List<Factor> links() {
    return links;
  }

  /// The conditions of parts whose parentheses were taken away.
  List<Range> conditions() {
    return conditions;
  }

  private boolean isOpen() {
    return stops.size() == links.size();
  }

  private static Stop anyVertex(SourceSpan place) {
    return new Stop(List.of(Filling.NONE), place);
  }

  private void add(List<Factor> factors) {
    for (Factor factor : factors) {
      switch (factor) {
        case Vertex(var filling, var place) -> vertex(filling, place);
        case Edge edge -> link(edge);
        case Quantified quantified -> link(quantified);
        case Group group -> group(group);
      }
    }
  }

  private void vertex(Filling filling, SourceSpan place) {
    if (isOpen()) {
      stops.add(new Stop(List.of(filling), place));
      return;
    }
    Stop last = stops.removeLast();
    List<Filling> both = new ArrayList<>(last.fillings());
    both.add(filling);
    stops.add(new Stop(both, last.place()));
  }

  private void link(Factor factor) {
    if (isOpen()) {
      stops.add(anyVertex(factor.place()));
    }
    links.add(factor);
  }

  private void group(Group group) {
    if (!group.prefix().equals(Prefix.NONE)) {
      throw Errors.unsupported(
          group.place(),
          "a mode or selector of a part of a path (write it before the path), which");
    }
    if (group.where() != null && searched) {
      link(group);
      return;
    }
    add(group.factors());
    if (group.where() != null) {
      conditions.add(group.where());
    }
  }
}
