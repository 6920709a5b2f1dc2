package io.sabot.plan.value;

import java.util.Locale;

/// ISO-8601 text of durations.
public final class Durations {
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

  private static void unit(StringBuilder out, long amount, char letter) {
    if (amount != 0) {
      out.append(amount).append(letter);
    }
  }
}
