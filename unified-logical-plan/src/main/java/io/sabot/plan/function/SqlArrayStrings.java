package io.sabot.plan.function;

import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// SQL's functions that put the elements of an array together as a text, and that cut a text.
final class SqlArrayStrings {
  private SqlArrayStrings() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
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
    return all;
  }

  private static Value text(Value[] args) {
    if (args[0].isNull() || args[1].isNull()) {
      return Value.NULL;
    }
    String forNull = args.length > 2 && !args[2].isNull() ? SqlText.text(args[2]) : null;
    List<String> texts =
        SqlArrays.flat(args[0]).stream()
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
