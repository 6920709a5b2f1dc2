package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Windows of time that start at equal distances from 1970, as the table functions TUMBLE and HOP
/// cut a table into them. A distance is a number of months, or of days and shorter units.
final class SqlTimeWindows {
  /// As many windows one row may be in.
  private static final int WINDOWS_MAX = 100_000;

  private static final long SECONDS_A_DAY = 86_400;
  private static final long NANOS = 1_000_000_000;
  private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private SqlTimeWindows() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing(
            "sql.tumble",
            3,
            Type.TIMESTAMP,
            (a, c) -> new Value.DateTime(start(time(a[0]), span(a[1]), (Value.Duration) a[2]))),
        Functions.throwing(
            "sql.hop",
            4,
            new Type.ListOf(Type.TIMESTAMP),
            (a, c) -> starts(time(a[0]), span(a[1]), span(a[2]), (Value.Duration) a[3])));
  }

  private static LocalDateTime time(Value value) {
    return ((Value.DateTime) value).value();
  }

  private static Value.Duration span(Value value) {
    Value.Duration span = (Value.Duration) value;
    boolean isMonths = span.months() > 0 && span.days() == 0 && isNothing(span);
    boolean isShorter =
        span.months() == 0 && (seconds(span) > 0 || seconds(span) == 0 && span.nanos() > 0);
    if (!isMonths && !isShorter) {
      throw Errors.invalidArgument(
          "found an interval of "
              + span.months()
              + " months, "
              + span.days()
              + " days and "
              + span.seconds()
              + " seconds, expected the length of a window: a positive number of months, or of days"
              + " and shorter units");
    }
    return span;
  }

  private static boolean isNothing(Value.Duration span) {
    return span.seconds() == 0 && span.nanos() == 0;
  }

  private static long seconds(Value.Duration span) {
    return Math.addExact(Math.multiplyExact(span.days(), SECONDS_A_DAY), span.seconds());
  }

  /// The last start of a window that is not after a time.
  private static LocalDateTime start(
      LocalDateTime time, Value.Duration size, Value.Duration offset) {
    LocalDateTime moved = plus(time, offset, -1);
    LocalDateTime start;
    if (size.months() > 0) {
      long months = moved.getYear() * 12L + moved.getMonthValue() - 1 - 1970 * 12L;
      start = EPOCH.plusMonths(months - Math.floorMod(months, size.months()));
    } else if (size.nanos() == 0) {
      long second = moved.toEpochSecond(ZoneOffset.UTC);
      start = ofSecond(second - Math.floorMod(second, seconds(size)), 0);
    } else {
      long length = nanos(seconds(size), size.nanos());
      long nano = nanos(moved.toEpochSecond(ZoneOffset.UTC), moved.getNano());
      long first = nano - Math.floorMod(nano, length);
      start = ofSecond(Math.floorDiv(first, NANOS), (int) Math.floorMod(first, NANOS));
    }
    return plus(start, offset, 1);
  }

  private static long nanos(long seconds, int nanos) {
    return Math.addExact(Math.multiplyExact(seconds, NANOS), nanos);
  }

  private static LocalDateTime ofSecond(long second, int nano) {
    return LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC);
  }

  private static LocalDateTime plus(LocalDateTime time, Value.Duration span, int sign) {
    return time.plusMonths(sign * span.months())
        .plusSeconds(sign * seconds(span))
        .plusNanos((long) sign * span.nanos());
  }

  /// The starts of all windows that a time is in.
  private static Value starts(
      LocalDateTime time, Value.Duration slide, Value.Duration size, Value.Duration offset) {
    List<Value> starts = new ArrayList<>();
    LocalDateTime start = start(time, slide, offset);
    while (plus(start, size, 1).isAfter(time)) {
      if (starts.size() == WINDOWS_MAX) {
        throw Errors.invalidArgument(
            "found a slide that puts a row into more than "
                + WINDOWS_MAX
                + " windows, expected a longer one");
      }
      starts.add(new Value.DateTime(start));
      start = start(start.minusNanos(1), slide, offset);
    }
    Collections.reverse(starts);
    return new Value.ListValue(starts);
  }
}
