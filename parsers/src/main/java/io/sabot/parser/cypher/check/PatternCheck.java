package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.Direction;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.plan.expr.LabelExpr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks patterns and binds their variables.
final class PatternCheck {
  private static final StaticType RELATIONSHIPS = new StaticType.ListOf(StaticType.RELATIONSHIP);

  private final QueryCheck queries;
  private final Scope scope;
  private final String clause;

  private PatternCheck(QueryCheck queries, Scope scope, String clause) {
    this.queries = queries;
    this.scope = scope;
    this.clause = clause;
  }

  // ---- matching

  /// Binds the variables of a pattern that is searched for; known ones must fit.
  static void match(QueryCheck queries, Scope scope, List<PatternPart> parts, String clause) {
    PatternCheck check = new PatternCheck(queries, scope, clause);
    Set<String> relationships = new HashSet<>();
    Scope before = scope.inner();
    for (PatternPart part : parts) {
      check.matchPart(part, relationships);
    }
    RepeatCheck.together(parts);
    for (PatternPart part : parts) {
      check.properties(part);
      check.conditions(part);
      RepeatCheck.inside(queries, before, part, clause);
    }
  }

  private void matchPart(PatternPart part, Set<String> relationships) {
    for (NodePattern node : part.nodes()) {
      bind(node.variable(), StaticType.NODE);
    }
    for (RelationshipPattern relationship : part.relationships()) {
      if (relationship.repeat() != null) {
        RepeatCheck.bind(scope, relationship.repeat(), clause);
        continue;
      }
      Name name = relationship.variable();
      bind(name, relationship.length() == null ? StaticType.RELATIONSHIP : RELATIONSHIPS);
      if (name != null && !relationships.add(name.text())) {
        throw CypherErrors.relationshipTwice(name.place(), name.text());
      }
    }
    if (part.path() != null) {
      bindNew(part.path(), StaticType.PATH, clause);
    }
    shortest(part);
    RepeatCheck.search(part);
  }

  private static void shortest(PatternPart part) {
    boolean repeats = part.relationships().stream().anyMatch(r -> r.repeat() != null);
    if (part.selector() != PatternPart.Selector.ALL && repeats) {
      throw CypherErrors.unexpectedSyntax(
          part.place(),
          "shortestPath() takes no quantifier",
          "write SHORTEST 1 before the path instead, or * for the length");
    }
    if (part.selector() != PatternPart.Selector.ALL && part.steps().size() != 1) {
      throw CypherErrors.unexpectedSyntax(
          part.place(),
          "a shortest path needs exactly one relationship, found " + part.steps().size(),
          "write shortestPath((a)-[*]->(b))");
    }
  }

  private void bind(@Nullable Name name, StaticType type) {
    if (name == null) {
      return;
    }
    StaticType known = scope.find(name.text());
    if (known == null || known == StaticType.NULL || known == StaticType.ANY) {
      scope.bind(name.text(), type);
    } else if (!known.mayBe(type)) {
      throw CypherErrors.typeConflict(name.place(), name.text(), known.word(), type.word());
    }
  }

  private void bindNew(Name name, StaticType type, String where) {
    if (scope.contains(name.text())) {
      throw CypherErrors.alreadyBound(name.place(), name.text(), where);
    }
    scope.bind(name.text(), type);
  }

  private void properties(PatternPart part) {
    for (NodePattern node : part.nodes()) {
      searched(node.properties());
    }
    for (RelationshipPattern relationship : part.relationships()) {
      searched(relationship.properties());
    }
  }

  private void conditions(PatternPart part) {
    for (RelationshipPattern relationship : part.relationships()) {
      if (relationship.where() != null && relationship.length() != null) {
        throw CypherErrors.unexpectedSyntax(
            relationship.where().place(),
            "a relationship of variable length cannot have a condition inside its brackets",
            "use all(r IN relationships WHERE ...) after WHERE");
      }
    }
    part.conditions().forEach(condition -> queries.where(condition, scope));
    queries.where(part.filter(), scope);
  }

  private void searched(@Nullable Expression properties) {
    if (properties instanceof Expression.Parameter(var name, var place)) {
      throw CypherErrors.parameterAsProperties(place, name, clause);
    }
    ExpressionCheck.checkProperties(queries, scope, properties, clause);
  }

  // ---- patterns as conditions and values

  /// A pattern that may only use variables, not introduce them.
  static void used(QueryCheck queries, Scope scope, PatternPart part) {
    PatternCheck check = new PatternCheck(queries, scope, "a pattern expression");
    for (NodePattern node : part.nodes()) {
      check.use(node.variable(), StaticType.NODE);
    }
    for (RelationshipPattern relationship : part.relationships()) {
      check.use(
          relationship.variable(),
          relationship.length() == null ? StaticType.RELATIONSHIP : RELATIONSHIPS);
    }
    check.properties(part);
    check.conditions(part);
    shortest(part);
  }

  private void use(@Nullable Name name, StaticType type) {
    if (name != null && !scope.type(name).mayBe(type)) {
      throw CypherErrors.typeConflict(
          name.place(), name.text(), scope.type(name).word(), type.word());
    }
  }

  // ---- creating

  /// Binds what CREATE makes.
  static void create(QueryCheck queries, Scope scope, List<PatternPart> parts) {
    PatternCheck check = new PatternCheck(queries, scope, "CREATE");
    for (PatternPart part : parts) {
      check.createPart(part, false);
    }
  }

  /// Binds what MERGE finds or makes.
  static void merge(QueryCheck queries, Scope scope, PatternPart part) {
    new PatternCheck(queries, scope, "MERGE").createPart(part, true);
  }

  private void createPart(PatternPart part, boolean merging) {
    if (part.selector() != PatternPart.Selector.ALL) {
      throw CypherErrors.unexpectedSyntax(
          part.place(), "a shortest path cannot be used in " + clause, "use it in MATCH");
    }
    RepeatCheck.refuse(part, clause);
    for (Expression condition : part.conditions()) {
      throw CypherErrors.unexpectedSyntax(
          condition.place(), "a pattern in " + clause + " cannot have conditions", "use MATCH");
    }
    for (NodePattern node : part.nodes()) {
      if (!node.isPlain()) {
        throw CypherErrors.unexpectedSyntax(
            node.place(), "a node in " + clause + " takes a list of labels", "write :A:B");
      }
    }
    Scope before = scope.inner();
    createNode(part.start(), part.steps().isEmpty(), before, merging);
    for (PatternPart.Step step : part.steps()) {
      createNode(step.node(), false, before, merging);
    }
    for (RelationshipPattern relationship : part.relationships()) {
      createRelationship(relationship, before, merging);
    }
    if (part.path() != null) {
      bindNew(part.path(), StaticType.PATH, clause);
    }
  }

  private void createNode(NodePattern node, boolean alone, Scope before, boolean merging) {
    Name name = node.variable();
    written(node.properties(), before, merging);
    if (name == null) {
      return;
    }
    StaticType known = scope.find(name.text());
    if (known == null) {
      scope.bind(name.text(), StaticType.NODE);
    } else if (!known.mayBe(StaticType.NODE)) {
      throw CypherErrors.typeConflict(
          name.place(), name.text(), known.word(), StaticType.NODE.word());
    } else if (alone || !node.labels().isEmpty() || node.properties() != null) {
      throw CypherErrors.alreadyBound(name.place(), name.text(), clause);
    }
  }

  private void createRelationship(RelationshipPattern relationship, Scope before, boolean merging) {
    Name name = relationship.variable();
    if (name != null && scope.contains(name.text())) {
      throw CypherErrors.alreadyBound(name.place(), name.text(), clause);
    }
    if (relationship.length() != null) {
      throw CypherErrors.creatingVarLength(relationship.place(), clause);
    }
    boolean plain =
        relationship.typeTest().equals(LabelExpr.ANY)
            || relationship.typeTest() instanceof LabelExpr.Has;
    if (relationship.types().size() != 1 || !plain) {
      throw CypherErrors.singleType(relationship.place(), clause, relationship.types().size());
    }
    if (relationship.direction() == Direction.BOTH && !merging) {
      throw CypherErrors.undirected(relationship.place(), clause);
    }
    written(relationship.properties(), before, merging);
    if (name != null) {
      scope.bind(name.text(), StaticType.RELATIONSHIP);
    }
  }

  /// Properties are computed before anything of the same pattern exists.
  private void written(@Nullable Expression properties, Scope before, boolean merging) {
    if (properties instanceof Expression.Parameter(var name, var place) && merging) {
      throw CypherErrors.parameterAsProperties(place, name, clause);
    }
    ExpressionCheck.checkProperties(queries, before, properties, clause);
  }
}
