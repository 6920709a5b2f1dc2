package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.UUID;

/// SQL's functions of arrays and maps, and those that make identifiers.
final class SqlLists {
  private SqlLists() {}

  static List<Function> all() {
    return List.of(
        Functions.total("sql.item", 2, Type.ANY, (a, c) -> item(a[0], a[1])),
        Functions.throwing("sql.cardinality", 1, Type.INT64, (a, c) -> Value.of(size(a[0]))),
        Functions.with(
            Functions.total("sql.gen_random_uuid", 0, Type.STRING, (a, c) -> uuid(c)),
            Nulls.STRICT,
            Faults.NONE,
            Volatility.VOLATILE));
  }

  /// Elements count from 1; what is not there is null, as in PostgreSQL.
  private static Value item(Value of, Value key) {
    return switch (of) {
      case Value.ListValue(var items)
          when key instanceof Value.Int(long place) && place >= 1 && place <= items.size() ->
          items.get((int) place - 1);
      case Value.MapValue(var entries) -> entries.getOrDefault(SqlText.text(key), Value.NULL);
      default -> Value.NULL;
    };
  }

  private static int size(Value of) {
    return switch (of) {
      case Value.ListValue(var items) ->
          items.stream().mapToInt(item -> item instanceof Value.ListValue ? size(item) : 1).sum();
      case Value.MapValue(var entries) -> entries.size();
      default -> throw Errors.typeMismatch(Kinds.name(of), "an array or a map", "CARDINALITY");
    };
  }

  /// Version 4 of RFC 9562, from the query's own source of randomness.
  private static Value uuid(EvalContext context) {
    long high = context.random().nextLong() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
    long low = context.random().nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new Value.Str(new UUID(high, low).toString());
  }
}
