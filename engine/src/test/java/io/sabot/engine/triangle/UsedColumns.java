package io.sabot.engine.triangle;

import io.sabot.engine.triangle.Question.Aggregate;
import io.sabot.engine.triangle.Question.Column;
import io.sabot.engine.triangle.Question.Condition;
import io.sabot.engine.triangle.Question.Row;
import io.sabot.engine.triangle.Question.Step;
import io.sabot.engine.triangle.Question.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns that a question reads.
final class UsedColumns {
  private final Set<Value.Of> used = new HashSet<>();

  static Set<Value.Of> of(Question question) {
    UsedColumns columns = new UsedColumns();
    columns.add(question);
    return columns.used;
  }

  private void add(Question question) {
    switch (question) {
      case Question.Rows q -> {
        pattern(q.start(), q.steps(), q.condition());
        q.results().forEach(this::value);
      }
      case Question.Groups q -> {
        pattern(q.start(), q.steps(), q.condition());
        q.keys().forEach(this::value);
        q.aggregates().forEach(this::aggregate);
      }
      case Question.Union(var left, var right, _) -> {
        add(left);
        add(right);
      }
    }
  }

  /// The ids put rows in order.
  private void pattern(Row start, List<Step> steps, @Nullable Condition condition) {
    used.add(new Value.Of(start, Column.ID));
    condition(condition);
    for (Step step : steps) {
      used.add(new Value.Of(step.target(), Column.ID));
      condition(step.condition());
    }
  }

  private void aggregate(Aggregate aggregate) {
    switch (aggregate) {
      case Aggregate.CountRows _ -> {}
      case Aggregate.Count(var value, _) -> value(value);
      case Aggregate.Extreme(var value, _) -> value(value);
      case Aggregate.Total(var value) -> value(value);
    }
  }

  private void condition(@Nullable Condition condition) {
    switch (condition) {
      case null -> {}
      case Condition.Compare(_, var left, var right) -> both(left, right);
      case Condition.StartsWith(var text, _) -> value(text);
      case Condition.IsNull(var value, _) -> value(value);
      case Condition.And(var left, var right) -> both(left, right);
      case Condition.Or(var left, var right) -> both(left, right);
      case Condition.Not(var inner) -> condition(inner);
      case Condition.Exists(_, var inner) -> condition(inner);
    }
  }

  private void both(Condition left, Condition right) {
    condition(left);
    condition(right);
  }

  private void both(Value left, Value right) {
    value(left);
    value(right);
  }

  private void value(Value value) {
    switch (value) {
      case Value.Of of -> used.add(of);
      case Value.Number _, Value.Text _ -> {}
      case Value.Sum(var left, var right) -> both(left, right);
      case Value.Product(var left, var right) -> both(left, right);
      case Value.OrElse(var first, var otherwise) -> both(first, otherwise);
      case Value.If(var condition, var then, var otherwise) -> {
        condition(condition);
        both(then, otherwise);
      }
    }
  }
}
