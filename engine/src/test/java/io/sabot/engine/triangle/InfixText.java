package io.sabot.engine.triangle;

import io.sabot.engine.triangle.Question.Aggregate;
import io.sabot.engine.triangle.Question.Condition;
import io.sabot.engine.triangle.Question.Step;
import io.sabot.engine.triangle.Question.Value;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Values, conditions and aggregates as SQL and openCypher write them alike.
///
/// @param startsWith a test of how a text starts
/// @param exists a test of whether there is a row to step to for which a condition holds
record InfixText(
    BiFunction<String, String, String> startsWith,
    BiFunction<Step, @Nullable Condition, String> exists) {
  String condition(Condition condition) {
    return switch (condition) {
      case Condition.Compare(var operator, var left, var right) ->
          "(" + value(left) + " " + operator + " " + value(right) + ")";
      case Condition.StartsWith(var text, var prefix) -> startsWith.apply(value(text), prefix);
      case Condition.IsNull(var value, var negated) ->
          value(value) + (negated ? " IS NOT NULL" : " IS NULL");
      case Condition.And(var left, var right) ->
          "(" + condition(left) + " AND " + condition(right) + ")";
      case Condition.Or(var left, var right) ->
          "(" + condition(left) + " OR " + condition(right) + ")";
      case Condition.Not(var inner) -> "(NOT " + condition(inner) + ")";
      case Condition.Exists(var step, var inner) -> exists.apply(step, inner);
    };
  }

  String aggregate(Aggregate aggregate) {
    return switch (aggregate) {
      case Aggregate.CountRows _ -> "COUNT(*)";
      case Aggregate.Count(var value, var distinct) ->
          "COUNT(" + (distinct ? "DISTINCT " : "") + value(value) + ")";
      case Aggregate.Extreme(var value, var greatest) ->
          (greatest ? "MAX(" : "MIN(") + value(value) + ")";
      case Aggregate.Total(var value) -> "COALESCE(SUM(COALESCE(" + value(value) + ", 0)), 0)";
    };
  }

  String value(Value value) {
    return switch (value) {
      case Value.Of(var row, var column) -> row.name() + "." + column.text();
      case Value.Number(var number) -> "(" + number + ")";
      case Value.Text(var text) -> "'" + text + "'";
      case Value.Sum(var left, var right) -> "(" + value(left) + " + " + value(right) + ")";
      case Value.Product(var left, var right) -> "(" + value(left) + " * " + value(right) + ")";
      case Value.OrElse(var first, var otherwise) ->
          "COALESCE(" + value(first) + ", " + value(otherwise) + ")";
      case Value.If(var condition, var then, var otherwise) ->
          "CASE WHEN "
              + condition(condition)
              + " THEN "
              + value(then)
              + " ELSE "
              + value(otherwise)
              + " END";
    };
  }
}
