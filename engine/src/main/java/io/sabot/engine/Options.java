package io.sabot.engine;

import java.time.Duration;

/// How a database runs.
///
/// @param memoryLimitBytes how much memory one query may use
/// @param timeout after which a query is stopped; zero for never
/// @param threads how many threads work on one query
/// @param optimizer whether plans are optimised; off is for tests and comparisons
/// @param durable whether a commit waits until it is on disk
/// @param access what queries may reach beyond the store
public record Options(
    long memoryLimitBytes,
    Duration timeout,
    int threads,
    boolean optimizer,
    boolean durable,
    Access access) {

  /// Half of the machine's memory a query, no timeout, every core.
  public static Options defaults() {
    return new Options(
        defaultMemoryLimit(),
        Duration.ZERO,
        Runtime.getRuntime().availableProcessors(),
        true,
        true,
        Access.NOTHING);
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
    return new Options(value, timeout, threads, optimizer, durable, access);
  }

  public Options withTimeout(Duration value) {
    return new Options(memoryLimitBytes, value, threads, optimizer, durable, access);
  }

  public Options withThreads(int value) {
    return new Options(memoryLimitBytes, timeout, value, optimizer, durable, access);
  }

  public Options withOptimizer(boolean value) {
    return new Options(memoryLimitBytes, timeout, threads, value, durable, access);
  }

  public Options withDurable(boolean value) {
    return new Options(memoryLimitBytes, timeout, threads, optimizer, value, access);
  }

  public Options withAccess(Access value) {
    return new Options(memoryLimitBytes, timeout, threads, optimizer, durable, value);
  }
}
