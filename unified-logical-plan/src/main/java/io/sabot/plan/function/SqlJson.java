package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQL's functions that look into JSON and change it. A value of JSON is its text.
final class SqlJson {
  private SqlJson() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    reading(all);
    all.addAll(SqlJsonParts.all());
    all.addAll(SqlJsonEdits.all());
    return all;
  }

  @FunctionalInterface
  interface ToText {
    @Nullable String of(Value[] args);
  }

  @FunctionalInterface
  private interface ToBool {
    boolean of(Value[] args);
  }

  static Function text(String name, int min, int max, ToText body) {
    return Functions.throwing(name, min, max, Type.STRING, (a, c) -> orNull(body.of(a)));
  }

  private static Function test(String name, int args, ToBool body) {
    return sure(Functions.throwing(name, args, Type.BOOL, (a, c) -> Value.of(body.of(a))));
  }

  /// What cannot fail, as its arguments are JSON already.
  private static Function sure(Function function) {
    return Functions.with(function, Nulls.STRICT, Faults.NONE, Volatility.IMMUTABLE);
  }

  static Value orNull(@Nullable String text) {
    return text == null ? Value.NULL : Value.of(text);
  }

  private static void reading(List<Function> all) {
    all.add(text("sql.json", 1, 1, a -> SqlJsonText.checked(SqlText.text(a[0]))));
    all.add(text("sql.jsonb", 1, 1, a -> SqlJsonTree.normal(SqlText.text(a[0]))));
    all.add(
        Functions.total(
            "sql.json_valid",
            1,
            Type.BOOL,
            (a, c) -> Value.of(SqlJsonText.isValid(SqlText.text(a[0])))));
    all.add(sure(text("sql.json_get", 2, 2, a -> child(json(a), a[1]))));
    all.add(sure(text("sql.json_get_text", 2, 2, a -> unquoted(child(json(a), a[1])))));
    all.add(sure(text("sql.json_extract_path", 2, 2, a -> at(json(a), a[1]))));
    all.add(sure(text("sql.json_extract_path_text", 2, 2, a -> unquoted(at(json(a), a[1])))));
    all.add(text("sql.json_extract", 2, 2, a -> SqlJsonPointers.find(json(a), a[1])));
    all.add(
        text("sql.json_extract_string", 2, 2, a -> unquoted(SqlJsonPointers.find(json(a), a[1]))));
    all.add(sure(text("sql.json_typeof", 1, 1, a -> SqlJsonText.kind(json(a)).text())));
    all.add(
        Functions.throwing(
            "sql.json_array_length", 1, Type.INT32, (a, c) -> Value.of(arrayLength(json(a)))));
    all.add(test("sql.jsonb_contains", 2, a -> SqlJsonTree.contains(tree(a[0]), tree(a[1]))));
    all.add(test("sql.jsonb_contained", 2, a -> SqlJsonTree.contains(tree(a[1]), tree(a[0]))));
    all.add(test("sql.jsonb_exists", 2, a -> exists(tree(a[0]), SqlText.text(a[1]))));
    all.add(
        test(
            "sql.jsonb_exists_any",
            2,
            a -> present(a[1]).stream().anyMatch(k -> exists(tree(a[0]), k))));
    all.add(
        test(
            "sql.jsonb_exists_all",
            2,
            a -> present(a[1]).stream().allMatch(k -> exists(tree(a[0]), k))));
    all.add(test("sql.jsonb_same", 2, a -> SqlJsonTree.isSame(tree(a[0]), tree(a[1]))));
  }

  static String json(Value[] args) {
    return SqlText.text(args[0]);
  }

  static JsonNode tree(Value value) {
    return SqlJsonTree.read(SqlText.text(value));
  }

  static @Nullable String unquoted(@Nullable String part) {
    return part == null ? null : SqlJsonText.unquoted(part);
  }

  /// A member by a text, an element by a number.
  private static @Nullable String child(String json, Value key) {
    return switch (key) {
      case Value.Int(long place) -> SqlJsonText.element(json, place);
      default -> SqlJsonText.member(json, SqlText.text(key));
    };
  }

  /// A number counts in arrays.
  private static @Nullable String at(String json, Value path) {
    if (path instanceof Value.ListValue(var items) && items.contains(Value.NULL)) {
      return null;
    }
    String part = json;
    for (String key : keys(path)) {
      part =
          switch (SqlJsonText.kind(part)) {
            case OBJECT -> SqlJsonText.member(part, key);
            case ARRAY ->
                key.matches("-?[0-9]{1,9}") ? SqlJsonText.element(part, Long.parseLong(key)) : null;
            default -> null;
          };
      if (part == null) {
        return null;
      }
    }
    return part;
  }

  /// The keys of an array of texts or of its literal.
  static List<String> keys(Value path) {
    List<Value> items =
        path instanceof Value.Str(String literal)
            ? SqlArrays.items(SqlArrayText.read(literal, Type.STRING))
            : SqlArrays.items(path);
    return items.stream()
        .map(item -> {
          if (item.isNull()) {
            throw Errors.invalidArgument("a path of keys cannot contain NULL");
          }
          return SqlText.text(item);
        })
        .toList();
  }

  /// The keys that are not null.
  static List<String> present(Value keys) {
    return SqlArrays.items(keys).stream().filter(k -> !k.isNull()).map(SqlText::text).toList();
  }

  private static long arrayLength(String json) {
    if (SqlJsonText.kind(json) != SqlJsonText.Kind.ARRAY) {
      throw Errors.invalidArgument(
          "found " + SqlJsonText.kind(json).text() + " of JSON, expected an array");
    }
    return SqlJsonText.members(json).size();
  }

  private static boolean exists(JsonNode json, String key) {
    if (json.isArray()) {
      for (JsonNode element : json) {
        if (element.isTextual() && element.textValue().equals(key)) {
          return true;
        }
      }
      return false;
    }
    return json.isObject() ? json.has(key) : json.isTextual() && json.textValue().equals(key);
  }
}
