package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Clause;
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
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lowers MERGE: a plan that looks for the pattern, and the elements to create when it finds none.
/// Both bind the same columns.
final class MergeLowering {
  private final Lowering lowering;
  private final Bindings scope;
  private final Rows rows;

  MergeLowering(Lowering lowering, Bindings scope, Rows rows) {
    this.lowering = lowering;
    this.scope = scope;
    this.rows = rows;
  }

  void merge(Clause.Merge merge) {
    PatternPart named = named(merge.pattern());
    Bindings inner = scope.asOuter();
    Rows matches = new Rows(LogicalNode.Values.UNIT);
    new MatchLowering(lowering).match(List.of(withoutPath(named)), null, inner, matches);
    List<GraphElement> created = create(named, inner);
    List<Assignment> bound =
        created.stream().map(element -> Assignment.same(element.out())).toList();
    LogicalNode match = new LogicalNode.Project(matches.plan(), bound);
    bind(merge.pattern(), inner);
    UpdateLowering updates = new UpdateLowering(lowering, scope, rows);
    List<GraphWrite> onCreate = updates.writes(merge.onCreate());
    List<GraphWrite> onMatch = updates.writes(merge.onMatch());
    rows.set(new LogicalNode.Merge(rows.plan(), match, created, onCreate, onMatch));
    path(named, inner);
  }

  /// Gives every element a name, so that it can be found by it after matching.
  private static PatternPart named(PatternPart part) {
    int[] next = {0};
    List<Step> steps = new ArrayList<>();
    for (Step step : part.steps()) {
      RelationshipPattern r = step.relationship();
      RelationshipPattern relationship =
          new RelationshipPattern(
              r.variable() == null ? unnamed(next[0]++, part) : r.variable(),
              r.types(),
              r.typeTest(),
              r.direction(),
              r.length(),
              r.properties(),
              null,
              null,
              r.place());
      steps.add(new Step(relationship, named(step.node(), next, part)));
    }
    return new PatternPart(
        part.path(), part.selector(), named(part.start(), next, part), steps, part.place());
  }

  private static NodePattern named(NodePattern node, int[] next, PatternPart part) {
    return node.variable() != null
        ? node
        : new NodePattern(
            unnamed(next[0]++, part),
            node.labels(),
            node.labelTest(),
            node.properties(),
            null,
            node.place());
  }

  /// A name that no user can write.
  private static Name unnamed(int number, PatternPart part) {
    return new Name(" " + number, part.place());
  }

  private static PatternPart withoutPath(PatternPart part) {
    return new PatternPart(null, part.selector(), part.start(), part.steps(), part.place());
  }

  private List<GraphElement> create(PatternPart part, Bindings matched) {
    Map<String, GraphElement> created = new LinkedHashMap<>();
    for (NodePattern node : part.nodes()) {
      String name = name(node.variable());
      if (!scope.contains(name) && !created.containsKey(name)) {
        Expr properties = CreateLowering.properties(lowering, scope, rows, node.properties());
        created.put(
            name,
            new NewNode(
                matched.column(name), node.labels().stream().map(Name::text).toList(), properties));
      }
    }
    Column left = matched.column(name(part.start().variable()));
    for (Step step : part.steps()) {
      RelationshipPattern relationship = step.relationship();
      Column right = matched.column(name(step.node().variable()));
      // A direction that is not given is created from left to right.
      boolean turned = relationship.direction() == Direction.IN;
      String name = name(relationship.variable());
      created.put(
          name,
          new NewEdge(
              matched.column(name),
              relationship.types().getFirst().text(),
              (turned ? right : left).ref(),
              (turned ? left : right).ref(),
              CreateLowering.properties(lowering, scope, rows, relationship.properties())));
      left = right;
    }
    return List.copyOf(created.values());
  }

  private static String name(@Nullable Name name) {
    if (name == null) {
      throw new IllegalStateException("element without a name");
    }
    return name.text();
  }

  private void bind(PatternPart written, Bindings matched) {
    for (NodePattern node : written.nodes()) {
      bind(node.variable(), matched);
    }
    for (RelationshipPattern relationship : written.relationships()) {
      bind(relationship.variable(), matched);
    }
  }

  private void bind(@Nullable Name name, Bindings matched) {
    if (name != null && !scope.contains(name.text())) {
      scope.bind(name.text(), matched.column(name.text()));
    }
  }

  private void path(PatternPart part, Bindings matched) {
    if (part.path() == null) {
      return;
    }
    List<Expr> parts = new ArrayList<>();
    parts.add(matched.column(name(part.start().variable())).ref());
    for (Step step : part.steps()) {
      parts.add(matched.column(name(step.relationship().variable())).ref());
    }
    Column column = lowering.column(part.path().text(), Type.PATH);
    rows.extend(List.of(new Assignment(column, ListFunctions.PATH.call(parts))));
    scope.bind(part.path().text(), column);
  }
}
