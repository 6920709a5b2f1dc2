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

/// Series of times, and whether two spans of time share a moment.
final class SqlTimeSpans {
  /// A series is a list in memory.
  private static final int LONGEST_SERIES = 10_000_000;

  private static final Value NOTHING = Value.Duration.of(0, 0, 0, 0);

  private SqlTimeSpans() {}

  static List<Function> all() {
    return List.of(
        Functions.with(
            Functions.typed(
                Functions.throwing("sql.time_series", 3, Type.ANY, (a, c) -> series(a, c)),
                types -> new Type.ListOf(types.getFirst())),
            Nulls.STRICT,
            Faults.THROW,
            Volatility.STABLE),
        Functions.custom("sql.overlaps", 4, 4, Type.BOOL, (a, c) -> overlaps(a)));
  }

  /// From the first to the second at most, each a step behind the one before it.
  private static Value series(Value[] args, EvalContext context) {
    Value last = args[1];
    int direction = Ordering.sql(args[2], NOTHING);
    if (direction == 0) {
      throw Errors.invalidArgument("generate_series() takes a step other than zero");
    }
    List<Value> times = new ArrayList<>();
    Value time = args[0];
    while (direction > 0 ? Ordering.sql(time, last) <= 0 : Ordering.sql(time, last) >= 0) {
      if (times.size() == LONGEST_SERIES) {
        throw Errors.outOfRange("generate_series()", LONGEST_SERIES + " times");
      }
      times.add(time);
      time = next(time, args[2], context);
    }
    return new Value.ListValue(times);
  }

  private static Value next(Value time, Value step, EvalContext context) {
    return time instanceof Value.ZonedDateTime
        ? SqlSessionZone.PLUS.scalar().apply(new Value[] {time, step}, context)
        : SqlTimes.plus(time, (Value.Duration) step, 1);
  }

  // ---- OVERLAPS

  /// Spans are without their ends, unless they are points. An end that is not known leaves open
  /// only what depends on it.
  private static Value overlaps(Value[] args) {
    Value[] first = ordered(args[0], args[1]);
    Value[] second = ordered(args[2], args[3]);
    if (first[0].isNull() || second[0].isNull()) {
      return Value.NULL;
    }
    int order = Ordering.sql(first[0], second[0]);
    if (order > 0) {
      return overlaps(first, second);
    }
    if (order < 0) {
      return overlaps(second, first);
    }
    return first[1].isNull() || second[1].isNull() ? Value.NULL : Value.TRUE;
  }

  private static Value overlaps(Value[] later, Value[] earlier) {
    if (earlier[1].isNull()) {
      return Value.NULL;
    }
    if (Ordering.sql(later[0], earlier[1]) < 0) {
      return Value.TRUE;
    }
    return later[1].isNull() ? Value.NULL : Value.FALSE;
  }

  /// The end that is known, or the earlier one, first.
  private static Value[] ordered(Value start, Value end) {
    boolean isTurned = start.isNull() || !end.isNull() && Ordering.sql(start, end) > 0;
    return isTurned ? new Value[] {end, start} : new Value[] {start, end};
  }
}
