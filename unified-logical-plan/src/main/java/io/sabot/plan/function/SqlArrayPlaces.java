package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// SQL's functions that say how large arrays are, where an element is in one, and what they share.
final class SqlArrayPlaces {
  private SqlArrayPlaces() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    numbers(all);
    tests(all);
    return all;
  }

  @FunctionalInterface
  private interface Body {
    Value of(Value[] args);
  }

  private static void numbers(List<Function> all) {
    all.add(Functions.throwing("sql.array_dims", 1, Type.STRING, (a, c) -> dims(a[0])));
    all.add(number("sql.array_length", 2, a -> bound(a, size -> size)));
    all.add(number("sql.array_upper", 2, a -> bound(a, size -> size)));
    all.add(number("sql.array_lower", 2, a -> bound(a, _ -> 1)));
    all.add(
        number(
            "sql.array_ndims",
            1,
            a -> SqlArrays.items(a[0]).isEmpty() ? Value.NULL : Value.of(depth(a[0]))));
    all.add(
        Functions.with(
            Functions.throwing("sql.array_position", 2, 3, Type.INT32, (a, c) -> position(a)),
            Nulls.CUSTOM,
            Faults.THROW,
            Volatility.IMMUTABLE));
    all.add(
        Functions.with(
            Functions.throwing(
                "sql.array_positions",
                2,
                new Type.ListOf(Type.INT32),
                (a, c) -> a[0].isNull() ? Value.NULL : positions(SqlArrays.items(a[0]), a[1])),
            Nulls.CUSTOM,
            Faults.THROW,
            Volatility.IMMUTABLE));
  }

  private static Function number(String name, int args, Body body) {
    return Functions.throwing(name, args, Type.INT32, (a, c) -> body.of(a));
  }

  private static void tests(List<Function> all) {
    all.add(
        Functions.throwing(
            "sql.array_contains",
            2,
            Type.BOOL,
            (a, c) ->
                Value.of(
                    SqlArrays.flat(a[1]).stream()
                        .allMatch(item -> SqlArrays.has(SqlArrays.flat(a[0]), item)))));
    all.add(
        Functions.throwing(
            "sql.array_overlaps",
            2,
            Type.BOOL,
            (a, c) ->
                Value.of(
                    SqlArrays.flat(a[1]).stream()
                        .anyMatch(item -> SqlArrays.has(SqlArrays.flat(a[0]), item)))));
    all.add(
        Functions.throwing(
            "sql.list_contains",
            2,
            Type.BOOL,
            (a, c) -> Value.of(SqlArrays.has(SqlArrays.items(a[0]), a[1]))));
  }

  @FunctionalInterface
  private interface OfSize {
    long of(long size);
  }

  /// A bound of a dimension; null where there is none.
  private static Value bound(Value[] args, OfSize bound) {
    Value array = args[0];
    for (long dimension = SqlArrays.whole(args[1]); dimension > 1; dimension--) {
      List<Value> items = SqlArrays.items(array);
      if (items.isEmpty() || !(items.getFirst() instanceof Value.ListValue)) {
        return Value.NULL;
      }
      array = items.getFirst();
    }
    boolean isOne = SqlArrays.whole(args[1]) >= 1 && !SqlArrays.items(array).isEmpty();
    return isOne ? Value.of(bound.of(SqlArrays.items(array).size())) : Value.NULL;
  }

  /// `[1:2][1:3]`; null for an empty array.
  private static Value dims(Value array) {
    StringBuilder out = new StringBuilder();
    Value inner = array;
    while (inner instanceof Value.ListValue(var items) && !items.isEmpty()) {
      out.append("[1:").append(items.size()).append(']');
      inner = items.getFirst();
    }
    return out.isEmpty() ? Value.NULL : Value.of(out.toString());
  }

  private static long depth(Value array) {
    return array instanceof Value.ListValue(var items)
        ? 1 + (items.isEmpty() ? 0 : depth(items.getFirst()))
        : 0;
  }

  private static Value position(Value[] args) {
    if (args[0].isNull()) {
      return Value.NULL;
    }
    if (args.length > 2 && args[2].isNull()) {
      throw Errors.invalidArgument("the place to search from cannot be NULL");
    }
    List<Value> items = SqlArrays.items(args[0]);
    long from = args.length > 2 ? Math.max(1, SqlArrays.whole(args[2])) : 1;
    for (long i = from; i <= items.size(); i++) {
      if (SqlArrays.isSame(items.get((int) i - 1), args[1])) {
        return Value.of(i);
      }
    }
    return Value.NULL;
  }

  private static Value positions(List<Value> items, Value wanted) {
    List<Value> found = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (SqlArrays.isSame(items.get(i), wanted)) {
        found.add(Value.of(i + 1L));
      }
    }
    return new Value.ListValue(found);
  }
}
