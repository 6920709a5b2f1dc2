package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.Direction;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.parser.cypher.ast.PatternPart.Step;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphElement.NewEdge;
import io.sabot.plan.logical.GraphElement.NewNode;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lowers CREATE.
final class CreateLowering {
  private final Lowering lowering;
  private final Bindings scope;
  private final Rows rows;
  private final List<GraphElement> elements = new ArrayList<>();
  private final List<Assignment> paths = new ArrayList<>();

  CreateLowering(Lowering lowering, Bindings scope, Rows rows) {
    this.lowering = lowering;
    this.scope = scope;
    this.rows = rows;
  }

  void create(Clause.Create create) {
    for (PatternPart part : create.pattern()) {
      part(part);
    }
    flush();
    rows.extend(paths);
  }

  /// Adds the elements to the plan: to those of the clause before, unless they have to exist first,
  /// so that a script of a thousand clauses is one node and not a thousand.
  private void flush() {
    if (!elements.isEmpty()) {
      rows.set(
          rows.plan() instanceof LogicalNode.CreateElements(var input, var earlier)
                  && elements.stream().noneMatch(element -> readsAnyOf(element, earlier))
              ? new LogicalNode.CreateElements(input, concat(earlier, elements))
              : new LogicalNode.CreateElements(rows.plan(), elements));
      elements.clear();
    }
  }

  private static boolean readsAnyOf(GraphElement element, List<GraphElement> earlier) {
    Set<Column> read = element.properties().columns();
    return earlier.stream().anyMatch(other -> read.contains(other.out()));
  }

  private static List<GraphElement> concat(List<GraphElement> first, List<GraphElement> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private void part(PatternPart part) {
    List<Expr> path = new ArrayList<>();
    Column left = node(part.start());
    path.add(left.ref());
    for (Step step : part.steps()) {
      Column right = node(step.node());
      path.add(edge(step.relationship(), left, right).ref());
      left = right;
    }
    if (part.path() != null) {
      Column column = lowering.column(part.path().text(), Type.PATH);
      paths.add(new Assignment(column, ListFunctions.PATH.call(path)));
      scope.bind(part.path().text(), column);
    }
  }

  private Column node(NodePattern node) {
    Column known = node.variable() == null ? null : scope.find(node.variable().text());
    if (known != null) {
      return known;
    }
    Expr properties = properties(node.properties());
    Column column =
        lowering.certain(node.variable() == null ? "node" : node.variable().text(), Type.NODE);
    elements.add(new NewNode(column, node.labels().stream().map(Name::text).toList(), properties));
    if (node.variable() != null) {
      scope.bind(node.variable().text(), column);
    }
    return column;
  }

  private Column edge(RelationshipPattern relationship, Column left, Column right) {
    Expr properties = properties(relationship.properties());
    boolean turned = relationship.direction() == Direction.IN;
    Name name = relationship.variable();
    Column column = lowering.certain(name == null ? "edge" : name.text(), Type.EDGE);
    elements.add(
        new NewEdge(
            column,
            relationship.types().getFirst().text(),
            (turned ? right : left).ref(),
            (turned ? left : right).ref(),
            properties));
    if (name != null) {
      scope.bind(name.text(), column);
    }
    return column;
  }

  /// Properties that read what this clause has just described need it to exist.
  private Expr properties(@Nullable Expression written) {
    boolean subquery = SubqueryLowering.needsRows(written);
    if (subquery) {
      flush();
    }
    Expr properties = properties(lowering, scope, rows, written);
    boolean readsCreated =
        elements.stream().anyMatch(element -> properties.columns().contains(element.out()));
    if (readsCreated) {
      flush();
    }
    return properties;
  }

  /// The map of properties; the empty map where none is written.
  static Expr properties(
      Lowering lowering, Bindings scope, Rows rows, @Nullable Expression written) {
    return written == null
        ? ListFunctions.MAP.call()
        : new ExpressionLowering(lowering, scope, rows).lower(written);
  }
}
