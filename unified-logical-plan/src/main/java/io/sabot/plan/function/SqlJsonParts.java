package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQL's functions that give the members of an object or the elements of an array of JSON, as
/// lists.
final class SqlJsonParts {
  private static final Type TEXTS = new Type.ListOf(Type.STRING);

  private SqlJsonParts() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(
        Functions.throwing(
            "sql.json_pairs",
            1,
            new Type.ListOf(TEXTS),
            (a, c) -> pairs(members(SqlJson.json(a), true), SqlJsonText.Member::text)));
    all.add(
        Functions.throwing(
            "sql.json_pairs_text",
            1,
            new Type.ListOf(TEXTS),
            (a, c) -> pairs(members(SqlJson.json(a), true), m -> SqlJsonText.unquoted(m.text()))));
    all.add(
        Functions.throwing(
            "sql.json_object_keys",
            1,
            TEXTS,
            (a, c) ->
                list(
                    members(SqlJson.json(a), true).stream()
                        .map(SqlJsonText.Member::key)
                        .toList())));
    all.add(
        Functions.throwing(
            "sql.json_values",
            1,
            TEXTS,
            (a, c) ->
                list(
                    members(SqlJson.json(a), true).stream()
                        .map(SqlJsonText.Member::text)
                        .toList())));
    all.add(
        Functions.throwing(
            "sql.json_values_text",
            1,
            TEXTS,
            (a, c) -> list(texts(members(SqlJson.json(a), true)))));
    all.add(
        Functions.throwing(
            "sql.json_array_elements",
            1,
            TEXTS,
            (a, c) ->
                list(
                    members(SqlJson.json(a), false).stream()
                        .map(SqlJsonText.Member::text)
                        .toList())));
    all.add(
        Functions.throwing(
            "sql.json_array_elements_text",
            1,
            TEXTS,
            (a, c) -> list(texts(members(SqlJson.json(a), false)))));
    return all;
  }

  private static List<SqlJsonText.Member> members(String json, boolean ofObject) {
    SqlJsonText.Kind wanted = ofObject ? SqlJsonText.Kind.OBJECT : SqlJsonText.Kind.ARRAY;
    if (SqlJsonText.kind(json) != wanted) {
      throw Errors.invalidArgument(
          "found " + SqlJsonText.kind(json).text() + " of JSON, expected " + wanted.text());
    }
    return SqlJsonText.members(json);
  }

  private static List<@Nullable String> texts(List<SqlJsonText.Member> members) {
    List<@Nullable String> texts = new ArrayList<>();
    members.forEach(m -> texts.add(SqlJsonText.unquoted(m.text())));
    return texts;
  }

  @FunctionalInterface
  private interface Part {
    @Nullable String of(SqlJsonText.Member member);
  }

  private static Value pairs(List<SqlJsonText.Member> members, Part part) {
    List<Value> pairs = new ArrayList<>();
    for (SqlJsonText.Member member : members) {
      pairs.add(Value.ListValue.of(SqlJson.orNull(member.key()), SqlJson.orNull(part.of(member))));
    }
    return new Value.ListValue(pairs);
  }

  private static Value list(List<? extends @Nullable String> texts) {
    List<Value> items = new ArrayList<>();
    texts.forEach(t -> items.add(SqlJson.orNull(t)));
    return new Value.ListValue(items);
  }
}
