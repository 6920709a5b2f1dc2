package io.sabot.parser.sql;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.parser.cypher.ast.PatternPart.Search;
import io.sabot.parser.cypher.ast.PatternPart.Step;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.sql.GraphChain.Stop;
import io.sabot.parser.sql.GraphPattern.Edge;
import io.sabot.parser.sql.GraphPattern.Factor;
import io.sabot.parser.sql.GraphPattern.Filling;
import io.sabot.parser.sql.GraphPattern.Group;
import io.sabot.parser.sql.GraphPattern.Mode;
import io.sabot.parser.sql.GraphPattern.Path;
import io.sabot.parser.sql.GraphPattern.Prefix;
import io.sabot.parser.sql.GraphPattern.Quantified;
import io.sabot.parser.sql.GraphPattern.Variable;
import io.sabot.parser.sql.GraphPattern.Vertex;
import io.sabot.parser.sql.GraphVariable.Degree;
import io.sabot.parser.sql.GraphVariable.Kind;
import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.LabelExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns the pattern of a GRAPH_TABLE into the pattern that the plan is made from, which is the one
/// that Cypher's MATCH has.
final class GraphShape {
  /// Makes a condition that is tested while paths are searched for.
  @FunctionalInterface
  interface Conditions {
    Expression of(Range range, Set<String> inside);
  }

  private final GraphScope scope;
  private final Conditions conditions;
  private final Function<Range, Set<String>> words;
  private final List<Range> later = new ArrayList<>();
  private final Set<String> labelled = new HashSet<>();
  private boolean differentEdges;

  /// A path and what it is made of.
  private record Route(Path path, Prefix prefix, GraphChain chain) {
    boolean isSearched() {
      return prefix.bounds() && !chain.links().isEmpty();
    }
  }

  /// @param conditions not called before all variables are declared
  /// @param words the names in a part of the text, in small letters
  GraphShape(GraphScope scope, Conditions conditions, Function<Range, Set<String>> words) {
    this.scope = scope;
    this.conditions = conditions;
    this.words = words;
  }

  /// Conditions that are about a match as a whole.
  List<Range> later() {
    return later;
  }

  List<PatternPart> parts(GraphPattern pattern) {
    differentEdges = pattern.differentEdges();
    Map<Path, Route> routes = new LinkedHashMap<>();
    for (Path path : pattern.paths()) {
      routes.put(path, route(path));
    }
    routes.values().forEach(route -> aliases(route.chain()));
    routes.values().forEach(this::declare);
    routes.values().forEach(this::check);
    return routes.values().stream().map(this::part).toList();
  }

  /// A selector or mode inside the parentheses around a whole path is the path's.
  private Route route(Path path) {
    Prefix prefix = path.prefix();
    List<Factor> factors = path.factors();
    boolean isAlone = factors.size() == 1;
    if (isAlone && factors.getFirst() instanceof Group(var own, var inner, var where, var place)) {
      boolean adopts = prefix.equals(Prefix.NONE);
      Prefix left = adopts ? Prefix.NONE : own;
      prefix = adopts ? own : prefix;
      boolean isOfEnds = where != null && speaksOfEnds(where, inner, place);
      if (isOfEnds && where != null) {
        later.add(where);
      }
      factors = List.of(new Group(left, inner, isOfEnds ? null : where, place));
    }
    return new Route(path, prefix, GraphChain.of(factors, prefix.bounds(), path.place()));
  }

  /// Whether a condition is about the ends of a path alone: it decides the same before and after
  /// paths between them are chosen.
  private boolean speaksOfEnds(Range where, List<Factor> factors, SourceSpan place) {
    GraphChain chain = GraphChain.of(factors, false, place);
    Set<String> said = words.apply(where);
    Set<String> names = new HashSet<>();
    for (Stop stop : chain.stops().subList(1, Math.max(1, chain.stops().size() - 1))) {
      stop.fillings().forEach(f -> name(f, names));
    }
    chain.links().forEach(link -> names(link, names));
    return names.stream().noneMatch(said::contains);
  }

  private static void names(Factor factor, Set<String> into) {
    switch (factor) {
      case Vertex(var filling, _) -> name(filling, into);
      case Edge(var filling, _, _) -> name(filling, into);
      case Quantified(var part, _, _, _, _) -> names(part, into);
      case Group(_, var factors, _, _) -> factors.forEach(f -> names(f, into));
    }
  }

  private static void name(Filling filling, Set<String> into) {
    if (filling.variable() != null) {
      into.add(filling.variable().text().toLowerCase(Locale.ROOT));
    }
  }

  // ---- variables

  private void aliases(GraphChain chain) {
    for (Stop stop : chain.stops()) {
      Variable first = null;
      for (Filling filling : stop.fillings()) {
        if (filling.variable() != null && first == null) {
          first = filling.variable();
        } else if (filling.variable() != null && first != null) {
          scope.alias(first.text(), filling.variable().text());
        }
      }
    }
  }

  private void declare(Route route) {
    declare(route.chain(), Degree.ONE);
    Variable name = route.path().name();
    if (name != null) {
      scope.declare(name, Kind.PATH, Degree.ONE);
    }
  }

  private void declare(GraphChain chain, Degree degree) {
    for (Stop stop : chain.stops()) {
      // Beside each other they are one vertex, under whichever of its names.
      Set<GraphVariable> seen = new LinkedHashSet<>();
      for (Filling filling : stop.fillings()) {
        Variable written = filling.variable();
        if (written != null) {
          GraphVariable known = scope.find(written.text());
          GraphVariable variable =
              known != null && seen.contains(known)
                  ? known
                  : scope.declare(written, Kind.VERTEX, degree);
          seen.add(variable);
        }
      }
      seen.forEach(variable -> stop.fillings().forEach(variable::add));
    }
    chain.links().forEach(link -> declare(link, degree));
  }

  private void declare(Factor link, Degree degree) {
    switch (link) {
      case Edge(var filling, _, _) -> {
        if (filling.variable() != null) {
          scope.declare(filling.variable(), Kind.EDGE, degree).add(filling);
        }
      }
      case Quantified(var part, _, _, boolean optional, var place) -> {
        if (degree != Degree.ONE) {
          throw Errors.unsupported(place, "a repeated part of a path inside of another");
        }
        declareInside(part, optional ? Degree.OPTIONAL : Degree.GROUP);
      }
      case Group group -> declareInside(group, Degree.OPTIONAL);
      case Vertex _ -> throw new IllegalStateException("a vertex between vertices");
    }
  }

  private void declareInside(Factor part, Degree degree) {
    GraphChain inner = inner(part);
    aliases(inner);
    declare(inner, degree);
  }

  private static GraphChain inner(Factor part) {
    List<Factor> factors = part instanceof Group(_, var within, _, _) ? within : List.of(part);
    GraphChain inner = GraphChain.of(factors, false, part.place());
    if (inner.links().isEmpty()) {
      throw Errors.syntax(
          part.place(), "a repeated part of a path needs an edge", "write ((a)-[e]->(b)){1,3}");
    }
    return inner;
  }

  // ---- checks

  private void check(Route route) {
    boolean isBound = route.prefix().bounds() || differentEdges;
    for (Factor link : route.chain().links()) {
      if (link instanceof Quantified(_, _, var max, _, var place) && max == null && !isBound) {
        throw Errors.syntax(
            place,
            "a path of any length may go round for ever",
            "give the quantifier an upper bound, or write TRAIL, ACYCLIC, SIMPLE, ANY SHORTEST or"
                + " ALL SHORTEST before the path");
      }
      boolean isTurned =
          link instanceof Edge(_, var direction, _) && direction == GraphPattern.Direction.ANY
              || link instanceof Quantified(Edge(_, var inner, _), _, _, _, _)
                  && inner == GraphPattern.Direction.ANY;
      if (isTurned && route.prefix().mode() == Mode.SIMPLE) {
        throw Errors.unsupported(link.place(), "an edge of any direction in a SIMPLE path");
      }
    }
    if (differentEdges && route.isSearched()) {
      throw Errors.unsupported(
          route.path().place(), "a path mode or selector together with DIFFERENT EDGES");
    }
  }

  // ---- the pattern

  private PatternPart part(Route route) {
    boolean searched = route.isSearched();
    GraphChain chain = route.chain();
    List<NodePattern> nodes = new ArrayList<>();
    for (int i = 0; i < chain.stops().size(); i++) {
      boolean isEnd = i == 0 || i == chain.stops().size() - 1;
      nodes.add(stop(chain.stops().get(i), searched && !isEnd, true));
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < chain.links().size(); i++) {
      steps.add(new Step(link(chain.links().get(i), searched), nodes.get(i + 1)));
    }
    later.addAll(chain.conditions());
    Variable name = route.path().name();
    return new PatternPart(
        name == null ? null : name(name),
        PatternPart.Selector.ALL,
        search(route.prefix()),
        nodes.getFirst(),
        steps,
        null,
        new Place(route.path().place()));
  }

  private Search search(Prefix prefix) {
    PatternPart.Choice choice =
        switch (prefix.choice()) {
          case ALL -> PatternPart.Choice.ALL;
          case SHORTEST -> PatternPart.Choice.SHORTEST;
          case SHORTEST_GROUPS -> PatternPart.Choice.SHORTEST_GROUPS;
        };
    PatternPart.Mode mode =
        switch (prefix.mode()) {
          case null -> null;
          case WALK -> PatternPart.Mode.WALK;
          case TRAIL -> PatternPart.Mode.TRAIL;
          case ACYCLIC -> PatternPart.Mode.ACYCLIC;
          case SIMPLE -> PatternPart.Mode.SIMPLE;
        };
    return new Search(choice, prefix.count(), mode, !differentEdges);
  }

  private Name name(Variable variable) {
    return new Name(scope.canonical(variable.text()), new Place(variable.place()));
  }

  /// @param tested whether its condition is tested while paths are searched for
  /// @param isAtom whether it may be where a plan starts, so that it must say which graph it is of
  private NodePattern stop(Stop stop, boolean tested, boolean isAtom) {
    Variable first = null;
    List<LabelExpr> labels = new ArrayList<>();
    Map<String, SourceSpan> places = new LinkedHashMap<>();
    Expression where = null;
    for (Filling filling : stop.fillings()) {
      first = first == null ? filling.variable() : first;
      if (!filling.labels().equals(LabelExpr.ANY)) {
        labels.add(filling.labels());
      }
      places.putAll(filling.places());
      if (filling.where() != null && tested) {
        where = and(where, conditions.of(filling.where(), own(first)), stop.place());
      } else if (filling.where() != null) {
        later.add(filling.where());
      }
    }
    GraphVariable variable = first == null ? null : scope.find(first.text());
    if (variable == null || variable.degree != Degree.ONE) {
      LabelExpr own = GraphVariable.all(labels);
      boolean whole = isAtom && !tested;
      return node(first, scope.view().labels(true, own, places, whole), where, stop.place());
    }
    // All that is said about a vertex is tested where it comes first.
    boolean isFirst = labelled.add(variable.name);
    LabelExpr all =
        isFirst
            ? scope
                .view()
                .labels(true, variable.labels(), variable.labelPlaces(), isAtom && !tested)
            : LabelExpr.ANY;
    return node(first, all, where, stop.place());
  }

  private NodePattern node(
      @Nullable Variable variable, LabelExpr labels, @Nullable Expression where, SourceSpan place) {
    return new NodePattern(
        variable == null ? null : name(variable), List.of(), labels, null, where, new Place(place));
  }

  private Set<String> own(@Nullable Variable variable) {
    return variable == null ? Set.of() : Set.of(scope.canonical(variable.text()));
  }

  private static Expression and(@Nullable Expression left, Expression right, SourceSpan place) {
    return left == null
        ? right
        : new Expression.Binary(Expression.Operator.AND, left, right, new Place(place));
  }

  private RelationshipPattern link(Factor link, boolean searched) {
    return switch (link) {
      case Edge edge -> edge(edge, searched);
      case Quantified(var part, long min, var max, _, var place) -> repeated(part, min, max, place);
      case Group group -> repeated(group, 1, 1L, group.place());
      case Vertex _ -> throw new IllegalStateException("a vertex between vertices");
    };
  }

  private RelationshipPattern edge(Edge edge, boolean tested) {
    Filling filling = edge.filling();
    Expression where = null;
    if (filling.where() != null && tested) {
      where = conditions.of(filling.where(), own(filling.variable()));
    } else if (filling.where() != null) {
      later.add(filling.where());
    }
    return edge(edge, where);
  }

  private RelationshipPattern edge(Edge edge, @Nullable Expression where) {
    Filling filling = edge.filling();
    LabelExpr types = scope.view().labels(false, filling.labels(), filling.places(), true);
    PatternPart.Direction direction =
        switch (edge.direction()) {
          case RIGHT -> PatternPart.Direction.OUT;
          case LEFT -> PatternPart.Direction.IN;
          case ANY -> PatternPart.Direction.BOTH;
        };
    return new RelationshipPattern(
        filling.variable() == null ? null : name(filling.variable()),
        List.of(),
        types,
        direction,
        null,
        null,
        where,
        null,
        new Place(edge.place()));
  }

  /// A part that is a search of its own; all its conditions are tested in each repetition.
  private RelationshipPattern repeated(
      Factor part, long min, @Nullable Long max, SourceSpan place) {
    GraphChain inner = inner(part);
    Set<String> inside = inside(inner);
    Expression where = null;
    List<Range> ranges = new ArrayList<>(inner.conditions());
    if (part instanceof Group group && group.where() != null) {
      ranges.add(group.where());
    }
    List<NodePattern> nodes = new ArrayList<>();
    for (Stop stop : inner.stops()) {
      stop.fillings().stream().map(Filling::where).forEach(w -> add(w, ranges));
      nodes.add(stop(bare(stop), true, false));
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < inner.links().size(); i++) {
      if (!(inner.links().get(i) instanceof Edge edge)) {
        throw Errors.unsupported(
            inner.links().get(i).place(), "a repeated part of a path inside of another");
      }
      add(edge.filling().where(), ranges);
      steps.add(new Step(edge(edge, (Expression) null), nodes.get(i + 1)));
    }
    for (Range range : ranges) {
      where = and(where, conditions.of(range, inside), place);
    }
    return RelationshipPattern.of(
        new PatternPart.Repeat(nodes.getFirst(), steps, where, min, max, new Place(place)));
  }

  private static void add(@Nullable Range range, List<Range> ranges) {
    if (range != null) {
      ranges.add(range);
    }
  }

  private static Stop bare(Stop stop) {
    return new Stop(
        stop.fillings().stream()
            .map(f -> new Filling(f.variable(), f.labels(), f.places(), null))
            .toList(),
        stop.place());
  }

  private Set<String> inside(GraphChain chain) {
    Set<String> names = new HashSet<>();
    for (Stop stop : chain.stops()) {
      stop.fillings().forEach(f -> names.addAll(own(f.variable())));
    }
    for (Factor link : chain.links()) {
      if (link instanceof Edge edge) {
        names.addAll(own(edge.filling().variable()));
      }
    }
    return names;
  }
}
