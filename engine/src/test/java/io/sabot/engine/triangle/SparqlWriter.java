package io.sabot.engine.triangle;

import io.sabot.engine.triangle.Question.Aggregate;
import io.sabot.engine.triangle.Question.Column;
import io.sabot.engine.triangle.Question.Condition;
import io.sabot.engine.triangle.Question.Link;
import io.sabot.engine.triangle.Question.Row;
import io.sabot.engine.triangle.Question.Step;
import io.sabot.engine.triangle.Question.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Questions in SPARQL over the Direct Mapping of the tables. Columns that may be null are optional
/// triples, and what a condition makes of an error is what SQL makes of unknown.
final class SparqlWriter {
  private static final String BASE = "http://sabot.local/main/";

  private final Set<Value.Of> used;

  private SparqlWriter(Set<Value.Of> used) {
    this.used = used;
  }

  static String write(Question question) {
    return new SparqlWriter(UsedColumns.of(question)).question(question);
  }

  private String question(Question question) {
    return switch (question) {
      case Question.Rows q -> rows(q);
      case Question.Groups q -> groups(q);
      case Question.Union(var left, var right, var all) ->
          "SELECT "
              + (all ? "*" : "DISTINCT *")
              + " { { "
              + rows(left)
              + " } UNION { "
              + rows(right)
              + " } }";
    };
  }

  private String rows(Question.Rows q) {
    List<String> results = new ArrayList<>();
    for (Value value : q.results()) {
      results.add("(" + value(value) + " AS ?c" + results.size() + ")");
    }
    StringBuilder text = new StringBuilder("SELECT ").append(q.distinct() ? "DISTINCT " : "");
    text.append(String.join(" ", results)).append(group(q.start(), q.steps(), q.condition()));
    if (q.limit() != null) {
      List<String> ids = new ArrayList<>(List.of("?" + q.start().name() + "_id"));
      q.steps().forEach(step -> ids.add("?" + step.target().name() + "_id"));
      text.append(" ORDER BY ").append(String.join(" ", ids)).append(" LIMIT " + q.limit());
    }
    return text.toString();
  }

  private String groups(Question.Groups q) {
    List<String> results = new ArrayList<>();
    for (Value key : q.keys()) {
      results.add("(" + value(key) + " AS ?c" + results.size() + ")");
    }
    for (Aggregate aggregate : q.aggregates()) {
      results.add("(" + aggregate(aggregate) + " AS ?c" + results.size() + ")");
    }
    String keys = q.keys().stream().map(this::value).collect(Collectors.joining(" "));
    return "SELECT "
        + String.join(" ", results)
        + group(q.start(), q.steps(), q.condition())
        + (keys.isEmpty() ? "" : " GROUP BY " + keys)
        + (q.atLeast() == null ? "" : " HAVING (COUNT(*) >= " + q.atLeast() + ")");
  }

  private String group(Row start, List<Step> steps, @Nullable Condition condition) {
    StringBuilder text = new StringBuilder(" { ");
    text.append("?").append(start.name()).append(" a <").append(BASE);
    text.append(start.table().sqlName()).append("> . ");
    steps.stream().filter(step -> !step.optional()).forEach(step -> text.append(way(step)));
    text.append(columns(start));
    steps.stream()
        .filter(step -> !step.optional())
        .forEach(step -> text.append(columns(step.target())));
    for (Step step : steps) {
      if (step.optional()) {
        text.append("OPTIONAL { ").append(way(step)).append(columns(step.target()));
        text.append(filter(step.condition())).append("} ");
      }
    }
    return text.append(filter(condition)).append("}").toString();
  }

  private String filter(@Nullable Condition condition) {
    return condition == null ? "" : "FILTER (" + condition(condition) + ") ";
  }

  /// The triples from a row to the next.
  private String way(Step step) {
    Row person = step.forward() ? step.source() : step.target();
    Row other = step.forward() ? step.target() : step.source();
    if (step.link() == Link.VISITED) {
      String way = "?" + step.target().name() + "w";
      return "%s <%svisited#ref-person> ?%s ; <%svisited#ref-city> ?%s . "
          .formatted(way, BASE, person.name(), BASE, other.name());
    }
    return "?%s <%sperson#ref-%s> ?%s . "
        .formatted(person.name(), BASE, step.link().name().toLowerCase(Locale.ROOT), other.name());
  }

  private String columns(Row row) {
    StringBuilder text = new StringBuilder();
    for (Column column : Column.values()) {
      if (!used.contains(new Value.Of(row, column))) {
        continue;
      }
      String triple =
          "?%s <%s%s#%s> ?%s_%s"
              .formatted(
                  row.name(),
                  BASE,
                  row.table().sqlName(),
                  column.text(),
                  row.name(),
                  column.text());
      text.append(column.isNullable() ? "OPTIONAL { " + triple + " } " : triple + " . ");
    }
    return text.toString();
  }

  private String condition(Condition condition) {
    return switch (condition) {
      case Condition.Compare(var operator, var left, var right) ->
          "("
              + value(left)
              + " "
              + (operator.equals("<>") ? "!=" : operator)
              + " "
              + value(right)
              + ")";
      case Condition.StartsWith(var text, var prefix) ->
          "STRSTARTS(" + value(text) + ", \"" + prefix + "\")";
      case Condition.IsNull(var value, var negated) ->
          (negated ? "BOUND(" : "!BOUND(") + value(value) + ")";
      case Condition.And(var left, var right) ->
          "(" + condition(left) + " && " + condition(right) + ")";
      case Condition.Or(var left, var right) ->
          "(" + condition(left) + " || " + condition(right) + ")";
      case Condition.Not(var inner) -> "(!" + condition(inner) + ")";
      case Condition.Exists(var step, var inner) ->
          "EXISTS { " + way(step) + columns(step.target()) + filter(inner) + "}";
    };
  }

  private String aggregate(Aggregate aggregate) {
    return switch (aggregate) {
      case Aggregate.CountRows _ -> "COUNT(*)";
      case Aggregate.Count(var value, var distinct) ->
          "COUNT(" + (distinct ? "DISTINCT " : "") + value(value) + ")";
      case Aggregate.Extreme(var value, var greatest) ->
          (greatest ? "MAX(" : "MIN(") + value(value) + ")";
      case Aggregate.Total(var value) -> "SUM(COALESCE(" + value(value) + ", 0))";
    };
  }

  private String value(Value value) {
    return switch (value) {
      case Value.Of(var row, var column) -> "?" + row.name() + "_" + column.text();
      case Value.Number(var number) -> "(" + number + ")";
      case Value.Text(var text) -> "\"" + text + "\"";
      case Value.Sum(var left, var right) -> "(" + value(left) + " + " + value(right) + ")";
      case Value.Product(var left, var right) -> "(" + value(left) + " * " + value(right) + ")";
      case Value.OrElse(var first, var otherwise) ->
          "COALESCE(" + value(first) + ", " + value(otherwise) + ")";
      case Value.If(var condition, var then, var otherwise) ->
          "IF(COALESCE("
              + condition(condition)
              + ", false), "
              + value(then)
              + ", "
              + value(otherwise)
              + ")";
    };
  }
}
