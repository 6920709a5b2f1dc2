package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.Projection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which parts of a projection aggregate, and by what it groups.
public final class Grouping {
  private Grouping() {}

  public static boolean isAggregation(Expression expression) {
    return switch (expression) {
      case Expression.CountAll _ -> true;
      case Expression.Call call -> FunctionTable.isAggregate(call.function());
      default -> false;
    };
  }

  /// Whether an aggregation is somewhere inside.
  public static boolean aggregates(Expression expression) {
    return Expressions.contains(expression, Grouping::isAggregation);
  }

  public static boolean aggregates(Projection projection) {
    return projection.items().stream().anyMatch(item -> aggregates(item.expression()));
  }

  /// The projected expressions that do not aggregate: the grouping keys.
  public static List<Expression> keys(Projection projection) {
    return projection.items().stream()
        .map(Projection.Item::expression)
        .filter(expression -> !aggregates(expression))
        .toList();
  }

  /// The first part of an aggregating expression that is neither inside an aggregation nor a
  /// grouping key. Only variables and properties count as keys inside larger expressions.
  static @Nullable Expression notGrouped(
      Expression expression, List<Expression> keys, Set<String> variables) {
    return switch (expression) {
      case Expression.Variable(var name, _) ->
          variables.contains(name) || keys.contains(expression) ? null : expression;
      case Expression.Property property when keys.contains(property) -> null;
      case Expression.Property property -> {
        Expression loose = notGrouped(property.subject(), keys, variables);
        yield loose instanceof Expression.Variable ? property : loose;
      }
      case Expression.ListComprehension e -> firstLoose(e, keys, with(variables, e.element()));
      case Expression.Quantifier e -> firstLoose(e, keys, with(variables, e.element()));
      case Expression.Reduce e ->
          firstLoose(e, keys, with(with(variables, e.element()), e.accumulator()));
      case Expression.PatternComprehension _ -> null;
      default -> isAggregation(expression) ? null : firstLoose(expression, keys, variables);
    };
  }

  private static @Nullable Expression firstLoose(
      Expression expression, List<Expression> keys, Set<String> variables) {
    for (Expression child : Expressions.children(expression)) {
      Expression loose = notGrouped(child, keys, variables);
      if (loose != null) {
        return loose;
      }
    }
    return null;
  }

  private static Set<String> with(Set<String> variables, Name name) {
    Set<String> more = new HashSet<>(variables);
    more.add(name.text());
    return more;
  }
}
