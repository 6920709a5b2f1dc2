package io.sabot.engine.triangle;

import io.sabot.engine.triangle.Question.Aggregate;
import io.sabot.engine.triangle.Question.Condition;
import io.sabot.engine.triangle.Question.Link;
import io.sabot.engine.triangle.Question.Row;
import io.sabot.engine.triangle.Question.Step;
import io.sabot.engine.triangle.Question.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Questions in SQL.
final class SqlWriter {
  private static final InfixText TEXT =
      new InfixText((text, prefix) -> text + " LIKE '" + prefix + "%'", SqlWriter::exists);

  private SqlWriter() {}

  static String write(Question question) {
    return switch (question) {
      case Question.Rows q -> rows(q);
      case Question.Groups q -> groups(q);
      case Question.Union(var left, var right, var all) ->
          rows(left) + (all ? " UNION ALL " : " UNION ") + rows(right);
    };
  }

  private static String rows(Question.Rows q) {
    List<String> results = new ArrayList<>();
    for (Value value : q.results()) {
      results.add(TEXT.value(value) + " AS c" + results.size());
    }
    StringBuilder text = new StringBuilder("SELECT ");
    text.append(q.distinct() ? "DISTINCT " : "").append(String.join(", ", results));
    text.append(from(q.start(), q.steps())).append(where(q.condition()));
    if (q.limit() != null) {
      List<String> ids = new ArrayList<>(List.of(q.start().name() + ".id"));
      q.steps().forEach(step -> ids.add(step.target().name() + ".id"));
      text.append(" ORDER BY ").append(String.join(", ", ids)).append(" LIMIT " + q.limit());
    }
    return text.toString();
  }

  private static String groups(Question.Groups q) {
    List<String> results = new ArrayList<>();
    for (Value key : q.keys()) {
      results.add(TEXT.value(key) + " AS c" + results.size());
    }
    for (Aggregate aggregate : q.aggregates()) {
      results.add(TEXT.aggregate(aggregate) + " AS c" + results.size());
    }
    String keys = q.keys().stream().map(TEXT::value).collect(Collectors.joining(", "));
    return "SELECT "
        + String.join(", ", results)
        + from(q.start(), q.steps())
        + where(q.condition())
        + (keys.isEmpty() ? "" : " GROUP BY " + keys)
        + (q.atLeast() == null ? "" : " HAVING COUNT(*) >= " + q.atLeast());
  }

  private static String from(Row start, List<Step> steps) {
    StringBuilder text = new StringBuilder(" FROM ").append(table(start));
    for (Step step : steps) {
      String kind = step.optional() ? " LEFT JOIN " : " JOIN ";
      String extra = step.condition() == null ? "" : " AND " + TEXT.condition(step.condition());
      if (step.link() == Link.VISITED && step.optional()) {
        // The way there and the row at its end are one optional thing.
        text.append(kind).append("(SELECT r.*, w.").append(near(step)).append(" AS near_id FROM ");
        text.append("visited w JOIN ").append(step.target().table().sqlName());
        text.append(" r ON w.").append(far(step)).append(" = r.id) ").append(step.target().name());
        text.append(" ON ").append(step.target().name()).append(".near_id = ");
        text.append(step.source().name()).append(".id").append(extra);
      } else if (step.link() == Link.VISITED) {
        String way = step.target().name() + "w";
        text.append(" JOIN visited ").append(way).append(" ON ").append(way).append('.');
        text.append(near(step)).append(" = ").append(step.source().name()).append(".id");
        text.append(" JOIN ").append(table(step.target())).append(" ON ").append(way).append('.');
        text.append(far(step)).append(" = ").append(step.target().name()).append(".id");
      } else {
        text.append(kind).append(table(step.target())).append(" ON ").append(key(step));
        text.append(extra);
      }
    }
    return text.toString();
  }

  private static String near(Step step) {
    return step.forward() ? "person_id" : "city_id";
  }

  private static String far(Step step) {
    return step.forward() ? "city_id" : "person_id";
  }

  private static String key(Step step) {
    String column = step.link() == Link.BOSS ? "boss_id" : "home_id";
    Row holder = step.forward() ? step.source() : step.target();
    Row other = step.forward() ? step.target() : step.source();
    return holder.name() + "." + column + " = " + other.name() + ".id";
  }

  private static String table(Row row) {
    return row.table().sqlName() + " " + row.name();
  }

  private static String where(@Nullable Condition condition) {
    return condition == null ? "" : " WHERE " + TEXT.condition(condition);
  }

  private static String exists(Step step, @Nullable Condition inner) {
    String more = inner == null ? "" : " AND " + TEXT.condition(inner);
    if (step.link() == Link.VISITED) {
      String way = step.target().name() + "w";
      return "EXISTS (SELECT 1 FROM visited "
          + way
          + " JOIN "
          + table(step.target())
          + " ON %s.%s = %s.id".formatted(way, far(step), step.target().name())
          + " WHERE %s.%s = %s.id".formatted(way, near(step), step.source().name())
          + more
          + ")";
    }
    return "EXISTS (SELECT 1 FROM " + table(step.target()) + " WHERE " + key(step) + more + ")";
  }
}
