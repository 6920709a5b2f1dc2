package io.sabot.shell;

import java.io.PrintStream;
import java.util.Locale;

/// A line on a terminal that says how far something is; without a terminal only the last.
final class Progress {
  private static final long EVERY_NANOS = 200_000_000L;

  private final PrintStream err;
  private final boolean live;
  private final long start = System.nanoTime();
  private long lastShown = start;

  Progress(PrintStream err, boolean live) {
    this.err = err;
    this.live = live;
  }

  void at(String what, long rows, long bytesRead, long bytesTotal) {
    long now = System.nanoTime();
    if (!live || now - lastShown < EVERY_NANOS) {
      return;
    }
    lastShown = now;
    double seconds = (now - start) / 1e9;
    String left = "";
    if (bytesTotal > 0 && bytesRead > 0) {
      double remaining = seconds * (bytesTotal - bytesRead) / bytesRead;
      left =
          String.format(
              Locale.ROOT, ", %d%%, %.0f s left", 100 * bytesRead / bytesTotal, remaining);
    }
    err.printf(Locale.ROOT, "\r\u001b[K%s: %s%s", what, rate(rows, seconds), left);
    err.flush();
  }

  void done(String what, long rows) {
    double seconds = (System.nanoTime() - start) / 1e9;
    err.printf(
        Locale.ROOT,
        "%s%s: %s in %.1f s%n",
        live ? "\r\u001b[K" : "",
        what,
        rate(rows, seconds),
        seconds);
  }

  private static String rate(long rows, double seconds) {
    return String.format(Locale.ROOT, "%,d rows (%,.0f a second)", rows, rows / seconds);
  }
}
