package io.sabot.plan.value;

import java.util.Locale;

/// ISO-8601 text of durations.
public final class Durations {
  private static final long DAY = 86_400;

  private Durations() {}

  /// `P1Y2M3DT4H5M6.789S`; `PT0S` for the empty duration.
  public static String text(Value.Duration duration) {
    StringBuilder out = new StringBuilder("P");
    unit(out, duration.months() / 12, 'Y');
    unit(out, duration.months() % 12, 'M');
    unit(out, duration.days(), 'D');
    StringBuilder time = new StringBuilder();
    boolean negative = duration.seconds() < 0 && duration.nanos() > 0;
    long seconds = negative ? duration.seconds() + 1 : duration.seconds();
    long nanos = negative ? 1_000_000_000L - duration.nanos() : duration.nanos();
    unit(time, seconds / 3600, 'H');
    unit(time, seconds / 60 % 60, 'M');
    long rest = seconds % 60;
    if (rest != 0 || nanos != 0) {
      String sign = negative && rest == 0 ? "-" : "";
      time.append(sign).append(rest);
      if (nanos != 0) {
        time.append('.').append(String.format(Locale.ROOT, "%09d", nanos).replaceAll("0+$", ""));
      }
      time.append('S');
    }
    if (!time.isEmpty()) {
      out.append('T').append(time);
    }
    return out.length() == 1 ? "PT0S" : out.toString();
  }

  /// SQL's order: a month has 30 days and a day 24 hours.
  static int compare(Value.Duration a, Value.Duration b) {
    int byDays = Long.compare(days(a), days(b));
    if (byDays != 0) {
      return byDays;
    }
    int bySeconds = Long.compare(Math.floorMod(a.seconds(), DAY), Math.floorMod(b.seconds(), DAY));
    return bySeconds != 0 ? bySeconds : Integer.compare(a.nanos(), b.nanos());
  }

  /// The one of all durations that {@link #compare} takes for equal that has no months, and less
  /// than a day of seconds.
  static Value.Duration canonical(Value.Duration a) {
    return new Value.Duration(0, days(a), Math.floorMod(a.seconds(), DAY), a.nanos());
  }

  private static long days(Value.Duration a) {
    return a.months() * 30 + a.days() + Math.floorDiv(a.seconds(), DAY);
  }

  private static void unit(StringBuilder out, long amount, char letter) {
    if (amount != 0) {
      out.append(amount).append(letter);
    }
  }
}
