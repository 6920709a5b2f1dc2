package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// SQL's functions of arrays, as PostgreSQL has them. Elements count from 1.
final class SqlArrays {
  /// More elements than any array should be filled with.
  private static final long FILLED_MAX = 10_000_000;

  private SqlArrays() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(array("sql.array_append", 2, Nulls.CUSTOM, a -> joined(a[0], List.of(a[1]))));
    all.add(array("sql.array_prepend", 2, Nulls.CUSTOM, a -> joined(list(a[0]), items(a[1]))));
    all.add(
        array(
            "sql.array_cat",
            2,
            Nulls.CUSTOM,
            a -> a[0].isNull() ? a[1] : a[1].isNull() ? a[0] : joined(a[0], items(a[1]))));
    all.add(array("sql.array_remove", 2, Nulls.CUSTOM, SqlArrays::removed));
    all.add(array("sql.array_replace", 3, Nulls.CUSTOM, SqlArrays::replaced));
    all.add(array("sql.trim_array", 2, Nulls.STRICT, SqlArrays::trimmed));
    all.add(array("sql.array_fill", 2, Nulls.CUSTOM, SqlArrays::filled));
    all.add(array("sql.list_sort", 1, Nulls.STRICT, a -> sorted(items(a[0]))));
    all.add(array("sql.list_distinct", 1, Nulls.STRICT, a -> distinct(items(a[0]))));
    all.add(array("sql.array_slice", 3, Nulls.CUSTOM, SqlArrays::slice));
    all.add(
        Functions.throwing(
            "sql.places", 1, Function.ANY_COUNT, new Type.ListOf(Type.INT64), (a, c) -> places(a)));
    all.addAll(SqlArrayPlaces.all());
    all.addAll(SqlArrayStrings.all());
    return all;
  }

  @FunctionalInterface
  private interface Body {
    Value of(Value[] args);
  }

  private static Function array(String name, int args, Nulls nulls, Body body) {
    return Functions.with(
        Functions.throwing(name, args, Type.ANY, (a, c) -> body.of(a)),
        nulls,
        Faults.THROW,
        Volatility.IMMUTABLE);
  }

  /// The elements; none for null.
  static List<Value> items(Value array) {
    return switch (array) {
      case Value.ListValue(var items) -> items;
      case Value.Null _ -> List.of();
      default -> throw Errors.typeMismatch(Kinds.name(array), "an array", "a function of arrays");
    };
  }

  private static Value list(Value item) {
    return Value.ListValue.of(item);
  }

  private static Value joined(Value first, List<Value> second) {
    List<Value> all = new ArrayList<>(items(first));
    all.addAll(second);
    return new Value.ListValue(all);
  }

  static boolean isSame(Value left, Value right) {
    return left.isNull() || right.isNull()
        ? left.isNull() && right.isNull()
        : Ordering.sql(left, right) == 0;
  }

  /// Null is in no array.
  static boolean has(List<Value> items, Value wanted) {
    return !wanted.isNull() && items.stream().anyMatch(item -> isSame(item, wanted));
  }

  static List<Value> flat(Value array) {
    List<Value> out = new ArrayList<>();
    for (Value item : items(array)) {
      if (item instanceof Value.ListValue) {
        out.addAll(flat(item));
      } else {
        out.add(item);
      }
    }
    return out;
  }

  private static Value removed(Value[] args) {
    return args[0].isNull()
        ? Value.NULL
        : new Value.ListValue(
            items(args[0]).stream().filter(item -> !isSame(item, args[1])).toList());
  }

  private static Value replaced(Value[] args) {
    return args[0].isNull()
        ? Value.NULL
        : new Value.ListValue(
            items(args[0]).stream().map(i -> isSame(i, args[1]) ? args[2] : i).toList());
  }

  static long whole(Value number) {
    return io.sabot.plan.value.Numbers.toDecimal(number).longValue();
  }

  private static Value trimmed(Value[] args) {
    List<Value> items = items(args[0]);
    long count = whole(args[1]);
    if (count < 0 || count > items.size()) {
      throw Errors.invalidArgument(
          "the number of elements to trim must be between 0 and " + items.size());
    }
    return new Value.ListValue(items.subList(0, items.size() - (int) count));
  }

  /// A value and the lengths of the dimensions.
  private static Value filled(Value[] args) {
    if (args[1].isNull()) {
      throw Errors.invalidArgument("the dimensions of an array cannot be NULL");
    }
    Value filling = args[0];
    long count = 1;
    for (Value length : items(args[1]).reversed()) {
      if (length.isNull() || whole(length) < 0) {
        throw Errors.invalidArgument("a dimension of an array cannot be negative or NULL");
      }
      count *= Math.max(1, whole(length));
      if (whole(length) > FILLED_MAX || count > FILLED_MAX) {
        throw Errors.invalidArgument("an array of more than " + FILLED_MAX + " elements");
      }
      filling = new Value.ListValue(java.util.Collections.nCopies((int) whole(length), filling));
    }
    return filling;
  }

  private static Value sorted(List<Value> items) {
    return new Value.ListValue(items.stream().sorted(Ordering::sql).toList());
  }

  private static Value distinct(List<Value> items) {
    List<Value> kept = new ArrayList<>();
    java.util.TreeSet<Value> seen = new java.util.TreeSet<>(Ordering::sql);
    for (Value item : items) {
      if (!item.isNull() && seen.add(item)) {
        kept.add(item);
      }
    }
    return new Value.ListValue(kept);
  }

  /// A null bound is that of the array where the slice names none.
  private static Value slice(Value[] args) {
    if (args[0].isNull()) {
      return Value.NULL;
    }
    List<Value> items = items(args[0]);
    long from = args[1].isNull() ? 1 : Math.max(1, whole(args[1]));
    long to = args[2].isNull() ? items.size() : Math.min(items.size(), whole(args[2]));
    return new Value.ListValue(from > to ? List.of() : items.subList((int) from - 1, (int) to));
  }

  /// The places up to the length of the longest array.
  private static Value places(Value[] arrays) {
    int longest = 0;
    for (Value array : arrays) {
      longest = Math.max(longest, items(array).size());
    }
    return new Value.ListValue(
        IntStream.rangeClosed(1, longest).mapToObj(i -> Value.of((long) i)).toList());
  }
}
