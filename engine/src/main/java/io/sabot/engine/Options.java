package io.sabot.engine;

import io.sabot.store.Isolation;
import java.time.Duration;

/// How a database runs.
///
/// @param memoryLimitBytes how much memory one query may use
/// @param timeout after which a query is stopped; zero for never
/// @param threads how many threads work on one query
/// @param optimizer whether plans are optimised; off is for tests and comparisons
/// @param durable whether a commit waits until it is on disk
/// @param isolation of transactions that do not say
public record Options(
    long memoryLimitBytes,
    Duration timeout,
    int threads,
    boolean optimizer,
    boolean durable,
    Isolation isolation) {

  /// Half of the machine's memory a query, no timeout, every core.
  public static Options defaults() {
    return new Options(
        defaultMemoryLimit(),
        Duration.ZERO,
        Runtime.getRuntime().availableProcessors(),
        true,
        true,
        Isolation.SNAPSHOT);
  }

  private static long defaultMemoryLimit() {
    long total = Runtime.getRuntime().maxMemory();
    if (java.lang.management.ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      total = system.getTotalMemorySize();
    }
    return total / 2;
  }

  public Options withMemoryLimitBytes(long value) {
    return new Options(value, timeout, threads, optimizer, durable, isolation);
  }

  public Options withTimeout(Duration value) {
    return new Options(memoryLimitBytes, value, threads, optimizer, durable, isolation);
  }

  public Options withThreads(int value) {
    return new Options(memoryLimitBytes, timeout, value, optimizer, durable, isolation);
  }

  public Options withOptimizer(boolean value) {
    return new Options(memoryLimitBytes, timeout, threads, value, durable, isolation);
  }

  public Options withDurable(boolean value) {
    return new Options(memoryLimitBytes, timeout, threads, optimizer, value, isolation);
  }

  public Options withIsolation(Isolation value) {
    return new Options(memoryLimitBytes, timeout, threads, optimizer, durable, value);
  }
}
