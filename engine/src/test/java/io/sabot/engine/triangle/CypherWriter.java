package io.sabot.engine.triangle;

import io.sabot.engine.triangle.Question.Aggregate;
import io.sabot.engine.triangle.Question.Condition;
import io.sabot.engine.triangle.Question.Row;
import io.sabot.engine.triangle.Question.Step;
import io.sabot.engine.triangle.Question.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Questions in openCypher. Each step is a MATCH of its own, so that no two are kept from using the
/// same relationship.
final class CypherWriter {
  private static final InfixText TEXT =
      new InfixText((text, prefix) -> text + " STARTS WITH '" + prefix + "'", CypherWriter::exists);

  private CypherWriter() {}

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
    StringBuilder text = new StringBuilder(match(q.start(), q.steps(), q.condition()));
    text.append(" RETURN ").append(q.distinct() ? "DISTINCT " : "");
    text.append(String.join(", ", results));
    if (q.limit() != null) {
      List<String> ids = new ArrayList<>(List.of(q.start().name() + ".id"));
      q.steps().forEach(step -> ids.add(step.target().name() + ".id"));
      text.append(" ORDER BY ").append(String.join(", ", ids)).append(" LIMIT " + q.limit());
    }
    return text.toString();
  }

  private static String groups(Question.Groups q) {
    List<String> names = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (Value key : q.keys()) {
      names.add("c" + results.size());
      results.add(TEXT.value(key) + " AS c" + results.size());
    }
    for (Aggregate aggregate : q.aggregates()) {
      names.add("c" + results.size());
      results.add(TEXT.aggregate(aggregate) + " AS c" + results.size());
    }
    String match = match(q.start(), q.steps(), q.condition());
    if (q.atLeast() == null) {
      return match + " RETURN " + String.join(", ", results);
    }
    return match
        + " WITH "
        + String.join(", ", results)
        + ", count(*) AS size WHERE size >= "
        + q.atLeast()
        + " RETURN "
        + String.join(", ", names);
  }

  private static String match(Row start, List<Step> steps, @Nullable Condition condition) {
    StringBuilder text = new StringBuilder("MATCH ").append(node(start));
    for (Step step : steps) {
      text.append(step.optional() ? " OPTIONAL MATCH " : " MATCH ").append(path(step));
      if (step.condition() != null) {
        text.append(" WHERE ").append(TEXT.condition(step.condition()));
      }
    }
    if (condition != null) {
      // After an OPTIONAL MATCH a WHERE would belong to it.
      text.append(steps.isEmpty() || !steps.getLast().optional() ? "" : " WITH *");
      text.append(" WHERE ").append(TEXT.condition(condition));
    }
    return text.toString();
  }

  private static String node(Row row) {
    return "(" + row.name() + ":" + row.table().sqlName() + ")";
  }

  private static String path(Step step) {
    String edge = "[:" + step.link().name().toLowerCase(Locale.ROOT) + "]";
    return "("
        + step.source().name()
        + (step.forward() ? ")-" + edge + "->" : ")<-" + edge + "-")
        + node(step.target());
  }

  private static String exists(Step step, @Nullable Condition inner) {
    return "EXISTS { MATCH "
        + path(step)
        + (inner == null ? "" : " WHERE " + TEXT.condition(inner))
        + " }";
  }
}
