package io.sabot.bench.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// Prints one line a measurement, ours and the peer's side by side, and remembers what failed.
final class Report {
  /// A line whose peer is only context.
  static final double NO_TARGET = 0;

  private boolean allEqual = true;
  private int missed;

  /// What a larger number means.
  enum Better {
    HIGHER,
    LOWER
  }

  void header(String text) {
    System.out.printf(
        Locale.ROOT,
        "%n%s%n  %-46s %14s %14s %8s  %s%n",
        text,
        "",
        "Sabot",
        "peer",
        "ratio",
        "target");
  }

  /// @param target the ratio of ours to the peer's that we want: at least it where higher is
  ///   better, otherwise at most it
  void line(String what, String unit, double ours, double peer, Better better, double target) {
    double ratio = ours / peer;
    boolean isMet = better == Better.HIGHER ? ratio >= target : ratio <= target;
    String wanted = "";
    if (target != NO_TARGET) {
      missed += isMet ? 0 : 1;
      String sign = better == Better.HIGHER ? ">=" : "<=";
      wanted =
          String.format(Locale.ROOT, "%s %s %s", sign, target, isMet ? "" : "MISSED")
              .stripTrailing();
    }
    System.out.printf(
        Locale.ROOT,
        "  %-46s %14s %14s %8.3g  %s%n",
        what + ", " + unit,
        number(ours),
        number(peer),
        ratio,
        wanted);
  }

  /// A line without a peer.
  void line(String what, String unit, double ours) {
    System.out.printf(Locale.ROOT, "  %-46s %14s%n", what + ", " + unit, number(ours));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : "%.3g", value);
  }

  /// Compares results before their times count.
  void equal(String what, Object ours, Object peer) {
    boolean isEqual = ours.equals(peer);
    allEqual &= isEqual;
    System.out.printf(
        Locale.ROOT,
        "  %s: %s%n",
        what,
        isEqual ? "same (" + ours + ")" : "DIFFERENT: Sabot " + ours + ", peer " + peer);
  }

  static void progress(String format, Object... arguments) {
    System.err.printf(Locale.ROOT, format + "%n", arguments);
  }

  boolean allEqual() {
    return allEqual;
  }

  int missed() {
    return missed;
  }

  static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /// CPU that this process has used, for comparisons on a machine that others use too.
  static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }

  /// Bytes that a directory takes on disk, without holes where the system can tell.
  static long diskBytes(Path directory) {
    try {
      Process du = new ProcessBuilder("du", "-sk", directory.toString()).start();
      String text =
          new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
              .strip();
      return 1024 * Long.parseLong(text.split("\\s")[0]);
    } catch (IOException | NumberFormatException noSuchCommand) {
      return apparentBytes(directory);
    }
  }

  private static long apparentBytes(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(Report::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
