package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expression.MapEntry;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.parser.cypher.ast.PatternPart.Repeat;
import io.sabot.parser.cypher.ast.PatternPart.Step;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.PathFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes a pattern apart into atoms (scans of nodes, edges and paths) and the conditions that hold
/// them together.
///
/// Every position of an atom has a column of its own. The first one that a variable meets carries
/// it from then on; the others are tied to it by conditions.
final class PatternLowering {
  /// An atom of the pattern.
  ///
  /// @param correlated whether its own expressions read columns, so that it must run per row
  record Atom(LogicalNode node, boolean correlated) {}

  private record Used(Column column, Set<String> types) {}

  private final Lowering lowering;
  private final Bindings scope;
  private final Bindings outside;
  private final Rows rows;
  private boolean repeatable;
  private final List<Atom> atoms = new ArrayList<>();
  private final List<Expr> conditions = new ArrayList<>();
  private final List<Assignment> turned = new ArrayList<>();
  private final List<Assignment> paths = new ArrayList<>();
  private final List<Supplier<Expr>> lateConditions = new ArrayList<>();
  private final List<Runnable> deferred = new ArrayList<>();
  private final List<Used> relationships = new ArrayList<>();
  private final Map<NodePattern, Column> nodes = new IdentityHashMap<>();

  /// @param scope where variables are found and new ones bound
  /// @param rows for subqueries in property expressions
  PatternLowering(Lowering lowering, Bindings scope, Rows rows) {
    this.lowering = lowering;
    this.scope = scope;
    this.outside = scope.copy();
    this.rows = rows;
  }

  List<Atom> atoms() {
    return atoms;
  }

  List<Expr> conditions() {
    return conditions;
  }

  /// Edge lists of paths that were followed against the direction in which they are written, turned
  /// round; computed once all atoms are joined.
  List<Assignment> turned() {
    return turned;
  }

  /// Named paths; computed after the turned lists.
  List<Assignment> paths() {
    return paths;
  }

  /// Conditions that contain subqueries: to be lowered once all atoms are joined.
  List<Supplier<Expr>> lateConditions() {
    return lateConditions;
  }

  void lower(List<PatternPart> parts) {
    for (PatternPart part : parts) {
      lower(part);
    }
    // Properties may speak of any variable of the pattern, so they come last.
    deferred.forEach(Runnable::run);
    unique();
  }

  private void lower(PatternPart part) {
    if (part.search().isWhole() && !part.steps().isEmpty()) {
      whole(part);
      return;
    }
    node(part.start(), part.steps().isEmpty());
    List<Expr> path = new ArrayList<>();
    NodePattern left = part.start();
    Column first = null;
    for (Step step : part.steps()) {
      // A labelled node is an atom of its own, so that a plan can start from it.
      node(step.node(), false);
      Column leftEnd = end(left);
      Column rightEnd = end(step.node());
      first = first == null ? leftEnd : first;
      repeatable = part.search().repeatable();
      Repeat repeat = step.relationship().repeat();
      path.add(
          repeat != null
              ? repeated(repeat, leftEnd, rightEnd)
              : relationship(step.relationship(), leftEnd, rightEnd, part.selector()));
      left = step.node();
    }
    for (NodePattern node : part.nodes()) {
      deferred.add(() -> properties(node.properties(), nodeColumn(node).ref()));
    }
    if (part.path() != null) {
      path.addFirst((first == null ? nodeColumn(part.start()) : first).ref());
      Column column = lowering.column(part.path().text(), Type.PATH);
      paths.add(new Assignment(column, ListFunctions.PATH.call(path)));
      scope.bind(part.path().text(), column);
    }
  }

  // ---- nodes

  private void node(NodePattern node, boolean alone) {
    LabelExpr labels = node.labelTest();
    Column known = node.variable() == null ? null : scope.find(node.variable().text());
    if (known != null) {
      nodes.put(node, known);
      if (!labels.equals(LabelExpr.ANY)) {
        conditions.add(new Expr.LabelTest(known.ref(), labels));
      } else if (alone && known.nullable()) {
        conditions.add(LogicFunctions.IS_NOT_NULL.call(known.ref()));
      }
    } else if (alone || !labels.equals(LabelExpr.ANY)) {
      Column column = lowering.certain(name(node.variable(), "node"), Type.NODE);
      atoms.add(new Atom(new LogicalNode.NodeScan(column, labels, List.of()), false));
      carry(node, column);
    }
  }

  private void carry(NodePattern node, Column column) {
    nodes.put(node, column);
    if (node.variable() != null) {
      scope.bind(node.variable().text(), column);
    }
  }

  private static String name(@Nullable Name name, String otherwise) {
    // Names that a lowering made up start with a space and are nothing to show.
    return name == null || name.text().startsWith(" ") ? otherwise : name.text();
  }

  /// The column that an end of an edge gets: the node's own if it has none yet.
  private Column end(NodePattern node) {
    Column known = nodes.get(node);
    if (known == null && node.variable() != null) {
      known = scope.find(node.variable().text());
    }
    if (known == null) {
      Column column = lowering.certain(name(node.variable(), "node"), Type.NODE);
      carry(node, column);
      return column;
    }
    nodes.put(node, known);
    Column tied = lowering.certain(known.name(), Type.NODE);
    conditions.add(ComparisonFunctions.sameTerm(known.ref(), tied.ref()));
    return tied;
  }

  private Column nodeColumn(NodePattern node) {
    Column column = nodes.get(node);
    if (column == null) {
      throw new IllegalStateException("node without a column: " + node);
    }
    return column;
  }

  // ---- quantified parts and chosen paths

  /// A part that is repeated: a search of its own between the nodes beside it.
  private Expr repeated(Repeat repeat, Column leftEnd, Column rightEnd) {
    SectionLowering sections = new SectionLowering(lowering, outside);
    sections.add(repeat);
    PathSpec.Mode mode = repeatable ? PathSpec.Mode.WALK : PathSpec.Mode.TRAIL;
    Column edges = search(sections, mode, PathSpec.Selector.ALL, 0, leftEnd, rightEnd);
    sections.variables(leftEnd, edges).forEach(this::bindLate);
    if (!repeatable) {
      relationships.add(new Used(edges, types(repeat)));
    }
    return PathFunctions.FLAT.call(edges.ref());
  }

  private Column search(
      SectionLowering sections,
      PathSpec.Mode mode,
      PathSpec.Selector selector,
      long count,
      Column source,
      Column target) {
    Column edges = lowering.certain("edges", new Type.ListOf(new Type.ListOf(Type.EDGE)));
    PathSpec spec = sections.spec(mode, selector, count);
    boolean correlated = !sections.arguments().isEmpty();
    atoms.add(
        new Atom(
            new LogicalNode.PathScan(source, target, edges, spec, sections.arguments()),
            correlated));
    return edges;
  }

  private static Set<String> types(Repeat repeat) {
    Set<String> types = new TreeSet<>();
    for (RelationshipPattern relationship : repeat.relationships()) {
      if (relationship.types().isEmpty()) {
        return Set.of();
      }
      relationship.types().forEach(type -> types.add(type.text()));
    }
    return types;
  }

  private void bindLate(Name name, Expr value) {
    Column column = lowering.certain(name.text(), value.type());
    turned.add(new Assignment(column, value));
    Column known = scope.find(name.text());
    if (known == null) {
      scope.bind(name.text(), column);
    } else {
      conditions.add(FunctionLowering.equal(known.ref(), column.ref()));
    }
  }

  /// A path that is looked at as a whole: one search from its first node to its last.
  private void whole(PatternPart part) {
    NodePattern first = part.nodes().getFirst();
    NodePattern last = part.nodes().getLast();
    node(first, false);
    node(last, false);
    Column source = end(first);
    Column target = end(last);
    SectionLowering sections = new SectionLowering(lowering, outside);
    sections.add(part);
    PathSpec.Selector selector =
        switch (part.search().choice()) {
          case ALL -> PathSpec.Selector.ALL;
          case SHORTEST -> PathSpec.Selector.ANY_SHORTEST;
          case SHORTEST_GROUPS -> PathSpec.Selector.ALL_SHORTEST;
        };
    PathSpec.Mode mode = SectionLowering.mode(part.search());
    Column edges = search(sections, mode, selector, part.search().count(), source, target);
    sections.variables(source, edges).forEach(this::bindLate);
    for (NodePattern node : List.of(first, last)) {
      deferred.add(() -> properties(node.properties(), nodeColumn(node).ref()));
      Expression where = node.where();
      if (where != null) {
        lateConditions.add(() -> new ExpressionLowering(lowering, scope, rows).condition(where));
      }
    }
    if (part.path() != null) {
      Column column = lowering.column(part.path().text(), Type.PATH);
      Expr flat = PathFunctions.FLAT.call(edges.ref());
      paths.add(new Assignment(column, ListFunctions.PATH.call(source.ref(), flat)));
      scope.bind(part.path().text(), column);
    }
  }

  // ---- relationships

  /// Returns what stands for the relationship in a path.
  private Expr relationship(
      RelationshipPattern relationship,
      Column leftEnd,
      Column rightEnd,
      PatternPart.Selector selector) {
    boolean turned = relationship.direction() == PatternPart.Direction.IN;
    Column source = turned ? rightEnd : leftEnd;
    Column target = turned ? leftEnd : rightEnd;
    return relationship.length() != null || selector != PatternPart.Selector.ALL
        ? path(relationship, source, target, selector)
        : edge(relationship, source, target);
  }

  static LabelExpr types(RelationshipPattern relationship) {
    return relationship.types().isEmpty()
        ? relationship.typeTest()
        : LabelExpr.oneOf(relationship.types().stream().map(Name::text).distinct().toList());
  }

  static Direction direction(RelationshipPattern relationship) {
    return relationship.direction() == PatternPart.Direction.BOTH ? Direction.BOTH : Direction.OUT;
  }

  private Expr edge(RelationshipPattern relationship, Column source, Column target) {
    Column edge = lowering.certain(name(relationship.variable(), "edge"), Type.EDGE);
    atoms.add(
        new Atom(
            new LogicalNode.EdgeScan(
                edge, source, target, types(relationship), direction(relationship), List.of()),
            false));
    bindRelationship(relationship.variable(), edge);
    deferred.add(() -> properties(relationship.properties(), edge.ref()));
    use(relationship, edge);
    return edge.ref();
  }

  private void bindRelationship(@Nullable Name name, Column column) {
    if (name == null) {
      return;
    }
    Column known = scope.find(name.text());
    if (known == null) {
      scope.bind(name.text(), column);
    } else {
      conditions.add(FunctionLowering.equal(known.ref(), column.ref()));
    }
  }

  private void use(RelationshipPattern relationship, Column column) {
    if (repeatable) {
      return;
    }
    Set<String> types = new TreeSet<>();
    relationship.types().forEach(type -> types.add(type.text()));
    relationships.add(new Used(column, types));
  }

  private Expr path(
      RelationshipPattern relationship,
      Column source,
      Column target,
      PatternPart.Selector selector) {
    Column edges =
        lowering.certain(name(relationship.variable(), "edges"), new Type.ListOf(Type.EDGE));
    PathSpec spec =
        new PathSpec.Trail(
            types(relationship),
            direction(relationship),
            bound(min(relationship), 1),
            bound(max(relationship), PathSpec.UNBOUNDED),
            selector(selector));
    int place = atoms.size();
    atoms.add(new Atom(new LogicalNode.PathScan(source, target, edges, spec, Map.of()), false));
    if (relationship.properties() != null) {
      deferred.add(() -> {
        Map<String, Expr> properties = pathProperties(relationship.properties());
        boolean correlated = properties.values().stream().anyMatch(e -> !e.columns().isEmpty());
        atoms.set(
            place,
            new Atom(
                new LogicalNode.PathScan(source, target, edges, spec, properties), correlated));
      });
    }
    if (selector == PatternPart.Selector.ALL) {
      use(relationship, edges);
    }
    Column list = edges;
    if (relationship.direction() == PatternPart.Direction.IN) {
      list = lowering.certain(edges.name(), edges.type());
      turned.add(new Assignment(list, ListFunctions.REVERSED.call(edges.ref())));
    }
    bindRelationship(relationship.variable(), list);
    return list.ref();
  }

  private static @Nullable Long min(RelationshipPattern relationship) {
    return relationship.length() == null ? Long.valueOf(1) : relationship.length().min();
  }

  private static @Nullable Long max(RelationshipPattern relationship) {
    return relationship.length() == null ? Long.valueOf(1) : relationship.length().max();
  }

  private static int bound(@Nullable Long written, int otherwise) {
    return written == null ? otherwise : (int) Math.min(written, PathSpec.UNBOUNDED);
  }

  private static PathSpec.Selector selector(PatternPart.Selector selector) {
    return switch (selector) {
      case ALL -> PathSpec.Selector.ALL;
      case SHORTEST -> PathSpec.Selector.ANY_SHORTEST;
      case ALL_SHORTEST -> PathSpec.Selector.ALL_SHORTEST;
    };
  }

  private Map<String, Expr> pathProperties(@Nullable Expression properties) {
    Map<String, Expr> values = new LinkedHashMap<>();
    if (properties instanceof Expression.MapLiteral map) {
      for (MapEntry entry : map.entries()) {
        values.put(entry.key(), expression(entry.value()));
      }
    }
    return values;
  }

  // ---- conditions

  private Expr expression(Expression expression) {
    return new ExpressionLowering(lowering, scope, rows).lower(expression);
  }

  private void properties(@Nullable Expression properties, Expr owner) {
    if (properties instanceof Expression.MapLiteral map) {
      for (MapEntry entry : map.entries()) {
        Expr property = new Expr.Property(owner, entry.key(), Type.ANY);
        if (SubqueryLowering.needsRows(entry.value())) {
          lateConditions.add(() -> FunctionLowering.equal(property, expression(entry.value())));
        } else {
          conditions.add(FunctionLowering.equal(property, expression(entry.value())));
        }
      }
    }
  }

  /// No relationship is used twice within one MATCH. Those whose types exclude each other need no
  /// test, nor does a single path, which is a trail anyway.
  private void unique() {
    List<Expr> possiblyEqual = new ArrayList<>();
    for (Used one : relationships) {
      boolean overlaps =
          relationships.stream().anyMatch(other -> other != one && mayShare(one, other));
      if (overlaps) {
        possiblyEqual.add(one.column().ref());
      }
    }
    if (!possiblyEqual.isEmpty()) {
      conditions.add(ListFunctions.ALL_DIFFERENT.call(possiblyEqual));
    }
  }

  private static boolean mayShare(Used left, Used right) {
    return left.types().isEmpty()
        || right.types().isEmpty()
        || left.types().stream().anyMatch(right.types()::contains);
  }
}
