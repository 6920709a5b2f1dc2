package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.ast.Projection;
import io.sabot.parser.cypher.ast.Projection.Item;
import io.sabot.parser.cypher.ast.Projection.SortItem;
import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks the body of WITH and RETURN.
final class ProjectionCheck {
  private final QueryCheck queries;
  private final Scope before;
  private final Projection projection;
  private final String clause;

  private ProjectionCheck(QueryCheck queries, Scope before, Projection projection, String clause) {
    this.queries = queries;
    this.before = before;
    this.projection = projection;
    this.clause = clause;
  }

  /// Returns the scope after the clause: the projected columns, in order.
  static Scope returned(QueryCheck queries, Scope before, Projection projection) {
    return new ProjectionCheck(queries, before, projection, "RETURN").check();
  }

  /// The same for WITH, whose WHERE sees what ORDER BY sees.
  static Scope with(QueryCheck queries, Scope before, Clause.With with) {
    var check = new ProjectionCheck(queries, before, with.projection(), "WITH");
    Scope after = check.check();
    if (with.where() != null) {
      if (check.isNarrow()) {
        ExpressionCheck.filtered(queries, after, check.projected(), with.where());
      } else {
        ExpressionCheck.filtered(queries, check.both(after), Map.of(), with.where());
      }
    }
    return after;
  }

  private Scope check() {
    Scope after = new Scope();
    if (projection.star()) {
      if (before.isEmpty() && clause.equals("RETURN")) {
        throw CypherErrors.nothingInScope(projection.place(), clause);
      }
      after.bindAll(before);
    }
    Set<String> names = new HashSet<>(after.names());
    for (Item item : projection.items()) {
      StaticType type = ExpressionCheck.projected(queries, before, item.expression());
      if (!names.add(item.name())) {
        throw CypherErrors.columnConflict(item.place(), item.name());
      }
      after.bind(item.name(), type);
    }
    aggregated();
    order(after);
    named();
    count(projection.skip(), "SKIP");
    count(projection.limit(), "LIMIT");
    return after;
  }

  /// In an item that aggregates, what is outside the aggregation must be a grouping key.
  private void aggregated() {
    if (!Grouping.aggregates(projection)) {
      return;
    }
    List<Expression> keys = Grouping.keys(projection);
    for (Item item : projection.items()) {
      if (Grouping.aggregates(item.expression())) {
        Expression loose = Grouping.notGrouped(item.expression(), keys, starVariables());
        if (loose != null) {
          throw CypherErrors.ambiguousAggregation(loose.place(), text(loose));
        }
      }
    }
  }

  private void named() {
    for (Item item : projection.items()) {
      boolean named = item.alias() != null || item.expression() instanceof Expression.Variable;
      if (!named && clause.equals("WITH")) {
        throw CypherErrors.noAlias(item.place(), item.text());
      }
    }
  }

  private Set<String> starVariables() {
    return projection.star() ? before.names() : Set.of();
  }

  private static String text(Expression expression) {
    return switch (expression) {
      case Expression.Variable(var name, _) -> "'" + name + "'";
      case Expression.Property(Expression.Variable(var name, _), var key, _) ->
          "'" + name + "." + key + "'";
      default -> "an expression";
    };
  }

  /// Whether only what was projected is left after the clause's body.
  private boolean isNarrow() {
    return Grouping.aggregates(projection) || projection.distinct();
  }

  private Scope both(Scope after) {
    Scope both = before.inner();
    both.bindAll(after);
    return both;
  }

  private void order(Scope after) {
    for (SortItem item : projection.order()) {
      Expression key = item.expression();
      if (!isNarrow()) {
        ExpressionCheck.plain(queries, both(after), key, ExpressionCheck.ORDER_BY);
        continue;
      }
      if (Grouping.aggregates(key) && !isProjected(key)) {
        mixed(key, after);
      }
      ExpressionCheck.sorted(queries, after, projected(), key);
    }
  }

  private Map<Expression, StaticType> projected() {
    Map<Expression, StaticType> projected = new HashMap<>();
    for (Item item : projection.items()) {
      projected.put(item.expression(), StaticType.ANY);
    }
    return projected;
  }

  private boolean isProjected(Expression key) {
    return projection.items().stream().anyMatch(item -> item.expression().equals(key));
  }

  private void mixed(Expression key, Scope after) {
    Set<String> known = new HashSet<>(after.names());
    Expression loose = Grouping.notGrouped(key, Grouping.keys(projection), known);
    if (loose == null) {
      return;
    }
    boolean partOfItem =
        Grouping.keys(projection).stream()
            .anyMatch(item -> Expressions.contains(item, loose::equals));
    if (partOfItem) {
      throw CypherErrors.ambiguousAggregation(loose.place(), text(loose));
    }
    throw Errors.unknownVariable(loose.place().span(), variable(loose), after.names());
  }

  private static String variable(Expression expression) {
    return switch (expression) {
      case Expression.Variable(var name, _) -> name;
      case Expression.Property(var subject, _, _) -> variable(subject);
      default -> "?";
    };
  }

  /// SKIP and LIMIT take one number for the whole query.
  private void count(@Nullable Expression amount, String keyword) {
    if (amount == null) {
      return;
    }
    if (ExpressionCheck.readsVariable(amount, Set.of())) {
      throw CypherErrors.notConstant(amount.place(), keyword);
    }
    StaticType type = ExpressionCheck.plain(queries, new Scope(), amount, keyword);
    if (amount instanceof Expression.Literal(Value.Int(long number), _) && number < 0) {
      throw CypherErrors.negative(amount.place(), keyword);
    }
    if (!type.mayBe(StaticType.INTEGER)) {
      throw CypherErrors.argumentType(
          amount.place(), type.word(), StaticType.INTEGER.word(), "after " + keyword);
    }
  }
}
