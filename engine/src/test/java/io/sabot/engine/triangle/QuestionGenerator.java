package io.sabot.engine.triangle;

import io.sabot.engine.triangle.Question.Aggregate;
import io.sabot.engine.triangle.Question.Column;
import io.sabot.engine.triangle.Question.Condition;
import io.sabot.engine.triangle.Question.Link;
import io.sabot.engine.triangle.Question.Row;
import io.sabot.engine.triangle.Question.Step;
import io.sabot.engine.triangle.Question.Table;
import io.sabot.engine.triangle.Question.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Draws questions.
final class QuestionGenerator {
  private static final int STEPS_MAX = 3;
  private static final int DEPTH_MAX = 2;
  private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TEXTS = List.of("a", "ab", "b", "ba", "");

  private final Random random;
  private int names;

  QuestionGenerator(Random random) {
    this.random = random;
  }

  Question next() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> groups();
      case 3 -> union();
      default -> rows(1 + random.nextInt(3), true);
    };
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Row row(Table table) {
    return new Row("v" + names++, table);
  }

  /// Rows and the steps between them.
  private record Pattern(Row start, List<Step> steps, List<Row> required, List<Row> all) {}

  private Pattern pattern() {
    Row start = row(one(List.of(Table.values())));
    Pattern pattern =
        new Pattern(
            start,
            new ArrayList<>(),
            new ArrayList<>(List.of(start)),
            new ArrayList<>(List.of(start)));
    int required = random.nextInt(STEPS_MAX + 1);
    for (int i = 0; i < required; i++) {
      Step step = step(one(pattern.required()), false);
      pattern.steps().add(step);
      pattern.required().add(step.target());
      pattern.all().add(step.target());
    }
    int optional = chance(40) ? 1 + random.nextInt(2) : 0;
    for (int i = 0; i < optional; i++) {
      Step step = step(one(pattern.required()), true);
      Condition condition = null;
      if (chance(40)) {
        List<Row> visible = new ArrayList<>(pattern.required());
        visible.add(step.target());
        condition = condition(visible, 0);
      }
      pattern
          .steps()
          .add(
              new Step(step.source(), step.link(), step.forward(), step.target(), true, condition));
      pattern.all().add(step.target());
    }
    return pattern;
  }

  private Step step(Row source, boolean optional) {
    List<Step> possible = new ArrayList<>();
    for (Link link : Link.values()) {
      if (link.from == source.table()) {
        possible.add(new Step(source, link, true, row(link.to), optional, null));
      }
      if (link.to == source.table()) {
        possible.add(new Step(source, link, false, row(link.from), optional, null));
      }
    }
    return one(possible);
  }

  private @Nullable Condition where(Pattern pattern) {
    return chance(75) ? condition(pattern.all(), DEPTH_MAX) : null;
  }

  private Question.Rows rows(int width, boolean mayLimit) {
    Pattern pattern = pattern();
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      results.add(value(pattern.all(), 1));
    }
    boolean distinct = chance(30);
    boolean total = pattern.required().size() == pattern.all().size();
    return new Question.Rows(
        pattern.start(),
        pattern.steps(),
        where(pattern),
        results,
        distinct,
        mayLimit && !distinct && total && chance(30) ? (Integer) random.nextInt(6) : null);
  }

  private Question.Union union() {
    int width = 1 + random.nextInt(2);
    return new Question.Union(rows(width, false), rows(width, false), chance(50));
  }

  private Question.Groups groups() {
    Pattern pattern = pattern();
    List<Value.Of> keys = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Value.Of key = column(pattern.all());
      if (!keys.contains(key)) {
        keys.add(key);
      }
    }
    List<Aggregate> aggregates = new ArrayList<>();
    int width = 1 + random.nextInt(2);
    for (int i = 0; i < width; i++) {
      aggregates.add(aggregate(pattern));
    }
    return new Question.Groups(
        pattern.start(),
        pattern.steps(),
        where(pattern),
        keys,
        aggregates,
        !keys.isEmpty() && chance(30) ? (Integer) (1 + random.nextInt(3)) : null);
  }

  private Aggregate aggregate(Pattern pattern) {
    return switch (random.nextInt(4)) {
      case 0 -> new Aggregate.CountRows();
      case 1 -> new Aggregate.Count(column(pattern.all()), chance(40));
      case 2 ->
          new Aggregate.Extreme(
              new Value.Of(one(pattern.required()), chance(50) ? Column.ID : Column.M), chance(50));
      default -> new Aggregate.Total(number(pattern.all(), 1));
    };
  }

  private Value.Of column(List<Row> rows) {
    return new Value.Of(one(rows), one(List.of(Column.values())));
  }

  private Value.Of numberColumn(List<Row> rows) {
    return new Value.Of(one(rows), one(List.of(Column.ID, Column.M, Column.N)));
  }

  private Value value(List<Row> rows, int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> number(rows, depth);
      case 1 -> new Value.If(condition(rows, 1), number(rows, 0), number(rows, 0));
      case 2 -> new Value.OrElse(new Value.Of(one(rows), Column.S), new Value.Text(one(TEXTS)));
      default -> column(rows);
    };
  }

  private Value number(List<Row> rows, int depth) {
    if (depth == 0 || chance(40)) {
      return chance(25) ? new Value.Number(random.nextInt(9) - 2) : numberColumn(rows);
    }
    Value left = number(rows, depth - 1);
    Value right = number(rows, depth - 1);
    return switch (random.nextInt(3)) {
      case 0 -> new Value.Sum(left, right);
      case 1 -> new Value.Product(left, right);
      default -> new Value.OrElse(numberColumn(rows), right);
    };
  }

  private Condition condition(List<Row> rows, int depth) {
    if (depth > 0 && chance(45)) {
      return switch (random.nextInt(4)) {
        case 0 -> new Condition.And(condition(rows, depth - 1), condition(rows, depth - 1));
        case 1 -> new Condition.Or(condition(rows, depth - 1), condition(rows, depth - 1));
        case 2 -> new Condition.Not(condition(rows, depth - 1));
        default -> exists(rows, depth - 1);
      };
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Condition.IsNull(column(rows), chance(50));
      case 1 -> new Condition.StartsWith(new Value.Of(one(rows), Column.S), one(TEXTS));
      case 2 ->
          new Condition.Compare(
              one(OPERATORS), new Value.Of(one(rows), Column.S), new Value.Text(one(TEXTS)));
      case 3 -> new Condition.Compare(one(OPERATORS), numberColumn(rows), numberColumn(rows));
      default -> new Condition.Compare(one(OPERATORS), number(rows, 1), number(rows, 0));
    };
  }

  /// From a row that is never null: stepping from nothing means different things.
  private Condition exists(List<Row> rows, int depth) {
    Row source = rows.getFirst();
    Step step = step(source, false);
    List<Row> inner = new ArrayList<>(List.of(step.target(), source));
    return new Condition.Exists(step, chance(60) ? condition(inner, depth) : null);
  }
}
