package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.Mode;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.parser.cypher.ast.PatternPart.Repeat;
import io.sabot.parser.cypher.ast.PatternPart.Search;
import io.sabot.plan.error.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks quantified path patterns and path selectors.
final class RepeatCheck {
  private RepeatCheck() {}

  /// Outside of the part its variables are lists.
  static void bind(Scope scope, Repeat repeat, String clause) {
    bounds(repeat);
    Set<String> own = new HashSet<>();
    for (RelationshipPattern relationship : repeat.relationships()) {
      if (relationship.repeat() != null || relationship.length() != null) {
        throw CypherErrors.unexpectedSyntax(
            relationship.place(),
            "a quantified part cannot have another one inside",
            "repeat the whole part");
      }
      bind(scope, relationship.variable(), StaticType.RELATIONSHIP, own, clause);
    }
    for (NodePattern node : repeat.nodes()) {
      bind(scope, node.variable(), StaticType.NODE, own, clause);
    }
  }

  private static void bind(
      Scope scope, @Nullable Name name, StaticType type, Set<String> own, String clause) {
    if (name == null) {
      return;
    }
    if (!own.add(name.text())) {
      throw Errors.unsupported(
          name.place().span(), "'" + name + "' twice in one quantified part of a path");
    }
    if (scope.contains(name.text())) {
      throw CypherErrors.alreadyBound(name.place(), name.text(), clause);
    }
    scope.bind(name.text(), new StaticType.ListOf(type));
  }

  private static void bounds(Repeat repeat) {
    if (repeat.steps().isEmpty()) {
      throw CypherErrors.unexpectedSyntax(
          repeat.place(),
          "a quantified part of a path needs a relationship",
          "write ((a)-->(b)){1,3}");
    }
    Long max = repeat.max();
    if (max != null && (max < 1 || max < repeat.min())) {
      throw CypherErrors.unexpectedSyntax(
          repeat.place(),
          "a quantifier needs an upper bound of at least 1 and of at least its lower bound",
          "found {" + repeat.min() + ", " + max + "}");
    }
  }

  /// The conditions inside a part speak of one repetition, and of what was known before.
  static void inside(QueryCheck queries, Scope before, PatternPart part, String clause) {
    for (RelationshipPattern relationship : part.relationships()) {
      if (relationship.repeat() != null) {
        inside(queries, before, relationship.repeat(), clause);
      }
    }
  }

  private static void inside(QueryCheck queries, Scope before, Repeat repeat, String clause) {
    Scope inner = before.inner();
    for (NodePattern node : repeat.nodes()) {
      if (node.variable() != null) {
        inner.bind(node.variable().text(), StaticType.NODE);
      }
    }
    for (RelationshipPattern relationship : repeat.relationships()) {
      if (relationship.variable() != null) {
        inner.bind(relationship.variable().text(), StaticType.RELATIONSHIP);
      }
    }
    for (NodePattern node : repeat.nodes()) {
      condition(queries, inner, node.where(), clause);
      properties(queries, inner, node.properties(), clause);
    }
    for (RelationshipPattern relationship : repeat.relationships()) {
      condition(queries, inner, relationship.where(), clause);
      properties(queries, inner, relationship.properties(), clause);
    }
    condition(queries, inner, repeat.where(), clause);
  }

  private static void condition(
      QueryCheck queries, Scope scope, @Nullable Expression condition, String clause) {
    if (condition != null) {
      plain(condition);
      queries.where(condition, scope);
    }
  }

  private static void properties(
      QueryCheck queries, Scope scope, @Nullable Expression properties, String clause) {
    if (properties instanceof Expression.Parameter(var name, var place)) {
      throw CypherErrors.parameterAsProperties(place, name, clause);
    }
    if (properties != null) {
      plain(properties);
    }
    ExpressionCheck.checkProperties(queries, scope, properties, clause);
  }

  /// A search tests its conditions edge by edge and cannot run a query for each.
  private static void plain(Expression condition) {
    boolean query =
        Expressions.contains(
            condition,
            part ->
                part instanceof Expression.Exists
                    || part instanceof Expression.CountRows
                    || part instanceof Expression.CollectRows
                    || part instanceof Expression.PatternPredicate
                    || part instanceof Expression.PatternComprehension
                    || part instanceof Expression.ShortestPath);
    if (query) {
      throw Errors.unsupported(
          condition.place().span(), "a pattern or subquery inside a quantified part of a path");
    }
  }

  static void search(PatternPart part) {
    Search search = part.search();
    boolean unbounded = part.relationships().stream().anyMatch(RepeatCheck::isUnbounded);
    boolean walks = search.repeatable() && search.mode() != Mode.TRAIL && !search.isWhole();
    if (walks && unbounded) {
      throw CypherErrors.unexpectedSyntax(
          part.place(),
          "a path that may repeat relationships needs an upper bound",
          "give each quantifier one, or use a selector such as SHORTEST 1");
    }
    if (search.repeatable() && search.mode() == Mode.SIMPLE) {
      throw Errors.unsupported(
          part.place().span(), "the path mode SIMPLE with REPEATABLE ELEMENTS");
    }
    if (part.filter() != null && search.isWhole()) {
      wholePath(part, part.filter());
    }
  }

  /// Conditions on the ends of a path decide the same before and after paths are chosen.
  private static void wholePath(PatternPart part, Expression filter) {
    Set<String> ends = new HashSet<>();
    for (NodePattern node : List.of(part.nodes().getFirst(), part.nodes().getLast())) {
      if (node.variable() != null) {
        ends.add(node.variable().text());
      }
    }
    Set<String> others = new HashSet<>();
    for (NodePattern node : part.nodes()) {
      if (node.variable() != null && !ends.contains(node.variable().text())) {
        others.add(node.variable().text());
      }
    }
    if (part.path() != null) {
      others.add(part.path().text());
    }
    for (RelationshipPattern relationship : part.relationships()) {
      if (relationship.variable() != null) {
        others.add(relationship.variable().text());
      }
      if (relationship.repeat() != null) {
        relationship.repeat().variables().forEach(name -> others.add(name.text()));
      }
    }
    boolean inner =
        Expressions.contains(
            filter, e -> e instanceof Expression.Variable(String name, _) && others.contains(name));
    if (inner) {
      throw Errors.unsupported(
          filter.place().span(),
          "a condition on the inside of a path before SHORTEST chooses; put it into the part that"
              + " it is about, as in ((a)-[r]->(b) WHERE r.open)+, which");
    }
  }

  private static boolean isUnbounded(RelationshipPattern relationship) {
    return relationship.repeat() != null
        ? relationship.repeat().max() == null
        : relationship.length() != null && relationship.length().max() == null;
  }

  /// A path that is chosen among others stands alone, unless relationships may be used again.
  static void together(List<PatternPart> parts) {
    if (parts.size() < 2) {
      return;
    }
    for (PatternPart part : parts) {
      if (part.search().isWhole() && !part.search().repeatable()) {
        throw CypherErrors.unexpectedSyntax(
            part.place(),
            "a path selector or mode cannot stand beside other paths in one MATCH",
            "use one MATCH for each, or MATCH REPEATABLE ELEMENTS");
      }
    }
  }

  /// What is created is one thing of each kind.
  static void refuse(PatternPart part, String clause) {
    boolean repeats = part.relationships().stream().anyMatch(r -> r.repeat() != null);
    if (repeats || part.filter() != null || !part.search().equals(Search.PLAIN)) {
      throw CypherErrors.unexpectedSyntax(
          part.place(), "a quantifier or selector cannot be used in " + clause, "use MATCH");
    }
  }
}
