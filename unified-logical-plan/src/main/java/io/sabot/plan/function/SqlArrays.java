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
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
    numbers(all);
    tests(all);
    texts(all);
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

  private static void numbers(List<Function> all) {
    all.add(Functions.throwing("sql.array_dims", 1, Type.STRING, (a, c) -> dims(a[0])));
    all.add(number("sql.array_length", 2, a -> bound(a, size -> size)));
    all.add(number("sql.array_upper", 2, a -> bound(a, size -> size)));
    all.add(number("sql.array_lower", 2, a -> bound(a, _ -> 1)));
    all.add(
        number(
            "sql.array_ndims", 1, a -> items(a[0]).isEmpty() ? Value.NULL : Value.of(depth(a[0]))));
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
                (a, c) -> a[0].isNull() ? Value.NULL : positions(items(a[0]), a[1])),
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
            (a, c) -> Value.of(flat(a[1]).stream().allMatch(item -> has(flat(a[0]), item)))));
    all.add(
        Functions.throwing(
            "sql.array_overlaps",
            2,
            Type.BOOL,
            (a, c) -> Value.of(flat(a[1]).stream().anyMatch(item -> has(flat(a[0]), item)))));
    all.add(
        Functions.throwing(
            "sql.list_contains", 2, Type.BOOL, (a, c) -> Value.of(has(items(a[0]), a[1]))));
  }

  private static void texts(List<Function> all) {
    all.add(
        Functions.with(
            Functions.throwing("sql.array_to_string", 2, 3, Type.STRING, (a, c) -> text(a)),
            Nulls.CUSTOM,
            Faults.THROW,
            Volatility.IMMUTABLE));
    all.add(
        Functions.with(
            Functions.throwing(
                "sql.string_to_array", 2, 3, new Type.ListOf(Type.STRING), (a, c) -> split(a)),
            Nulls.CUSTOM,
            Faults.THROW,
            Volatility.IMMUTABLE));
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

  private static boolean isSame(Value left, Value right) {
    return left.isNull() || right.isNull()
        ? left.isNull() && right.isNull()
        : Ordering.sql(left, right) == 0;
  }

  /// Null is in no array.
  private static boolean has(List<Value> items, Value wanted) {
    return !wanted.isNull() && items.stream().anyMatch(item -> isSame(item, wanted));
  }

  private static List<Value> flat(Value array) {
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

  private static long whole(Value number) {
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

  // ---- numbers

  @FunctionalInterface
  private interface OfSize {
    long of(long size);
  }

  /// A bound of a dimension; null where there is none.
  private static Value bound(Value[] args, OfSize bound) {
    Value array = args[0];
    for (long dimension = whole(args[1]); dimension > 1; dimension--) {
      List<Value> items = items(array);
      if (items.isEmpty() || !(items.getFirst() instanceof Value.ListValue)) {
        return Value.NULL;
      }
      array = items.getFirst();
    }
    boolean isOne = whole(args[1]) >= 1 && !items(array).isEmpty();
    return isOne ? Value.of(bound.of(items(array).size())) : Value.NULL;
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
    List<Value> items = items(args[0]);
    long from = args.length > 2 ? Math.max(1, whole(args[2])) : 1;
    for (long i = from; i <= items.size(); i++) {
      if (isSame(items.get((int) i - 1), args[1])) {
        return Value.of(i);
      }
    }
    return Value.NULL;
  }

  private static Value positions(List<Value> items, Value wanted) {
    List<Value> found = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (isSame(items.get(i), wanted)) {
        found.add(Value.of(i + 1L));
      }
    }
    return new Value.ListValue(found);
  }

  // ---- texts

  private static Value text(Value[] args) {
    if (args[0].isNull() || args[1].isNull()) {
      return Value.NULL;
    }
    String forNull = args.length > 2 && !args[2].isNull() ? SqlText.text(args[2]) : null;
    List<String> texts =
        flat(args[0]).stream()
            .map(item -> textOf(item, forNull))
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    return Value.of(String.join(SqlText.text(args[1]), texts));
  }

  private static @Nullable String textOf(Value item, @Nullable String forNull) {
    return switch (item) {
      case Value.Null _ -> forNull;
      case Value.Bool(boolean truth) -> truth ? "t" : "f";
      default -> SqlText.text(item);
    };
  }

  /// No separator cuts between characters; an empty one does not cut.
  private static Value split(Value[] args) {
    if (args[0].isNull()) {
      return Value.NULL;
    }
    String text = SqlText.text(args[0]);
    String forNull = args.length > 2 && !args[2].isNull() ? SqlText.text(args[2]) : null;
    List<Value> parts = new ArrayList<>();
    if (!text.isEmpty() && args[1].isNull()) {
      text.codePoints().forEach(c -> parts.add(part(Character.toString(c), forNull)));
    } else if (!text.isEmpty()) {
      String separator = SqlText.text(args[1]);
      int from = 0;
      int to = separator.isEmpty() ? -1 : text.indexOf(separator);
      while (to >= 0) {
        parts.add(part(text.substring(from, to), forNull));
        from = to + separator.length();
        to = text.indexOf(separator, from);
      }
      parts.add(part(text.substring(from), forNull));
    }
    return new Value.ListValue(parts);
  }

  private static Value part(String text, @Nullable String forNull) {
    return text.equals(forNull) ? Value.NULL : Value.of(text);
  }
}
