package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// SQL's maps. Keys are kept as texts, in the order they were written.
final class SqlMaps {
  private SqlMaps() {}

  static List<Function> all() {
    return List.of(
        Functions.with(
            Functions.throwing("sql.map", 0, Function.ANY_COUNT, Type.MAP, (a, c) -> map(a)),
            Nulls.CUSTOM,
            Faults.THROW,
            Volatility.IMMUTABLE),
        Functions.throwing(
            "sql.map_keys",
            1,
            new Type.ListOf(Type.STRING),
            (a, c) ->
                new Value.ListValue(
                    entries(a[0]).keySet().stream().map(key -> (Value) Value.of(key)).toList())),
        Functions.throwing(
            "sql.map_values",
            1,
            new Type.ListOf(Type.ANY),
            (a, c) -> new Value.ListValue(List.copyOf(entries(a[0]).values()))),
        Functions.throwing(
            "sql.map_contains_key",
            2,
            Type.BOOL,
            (a, c) -> Value.of(entries(a[0]).containsKey(SqlText.text(a[1])))));
  }

  private static Value map(Value[] pairs) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      if (pairs[i].isNull()) {
        throw Errors.invalidArgument("found NULL, expected a key of a map");
      }
      String key = SqlText.text(pairs[i]);
      if (entries.put(key, pairs[i + 1]) != null) {
        throw Errors.invalidArgument(
            "found the key '" + key + "' twice, expected it once in a map");
      }
    }
    return new Value.MapValue(entries);
  }

  private static Map<String, Value> entries(Value value) {
    if (value instanceof Value.MapValue(var entries)) {
      return entries;
    }
    throw Errors.typeMismatch(Kinds.name(value), "a map", "a function of maps");
  }
}
