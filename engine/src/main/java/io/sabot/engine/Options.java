package io.sabot.engine;

import io.sabot.exec.batch.Batch;
import io.sabot.store.Isolation;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// How a database runs.
///
/// @param memoryLimitBytes how much memory one query may use before it writes to disk
/// @param timeout after which a query is stopped; zero for never
/// @param threads how many threads work on one query
/// @param optimizer whether plans are optimised; off is for tests and comparisons
/// @param durable whether a commit waits until it is on disk
/// @param zone of times that are given without one
/// @param batchRows how many rows an operator hands on at once, at most; small is for tests
/// @param isolation of transactions that do not say
/// @param access what queries may reach beyond the store
/// @param entailment IRI of a graph that the default graph of SPARQL is merged with, to see what
///   was inferred; empty for none
/// @param spilling to disk, of what is above the memory limit
public record Options(
    long memoryLimitBytes,
    Duration timeout,
    int threads,
    boolean optimizer,
    boolean durable,
    ZoneId zone,
    int batchRows,
    Isolation isolation,
    Access access,
    String entailment,
    Spilling spilling) {

  public Options {
    if (batchRows < 1 || batchRows > Batch.ROWS_MAX) {
      throw new IllegalArgumentException("batches of " + batchRows + " rows");
    }
  }

  /// Half of the machine's memory a query, no timeout, every core, and UTC, so that a query gives
  /// the same answer on every machine.
  public static Options defaults() {
    return new Options(
        defaultMemoryLimit(),
        Duration.ZERO,
        Runtime.getRuntime().availableProcessors(),
        true,
        true,
        ZoneOffset.UTC,
        Batch.ROWS_MAX,
        Isolation.SNAPSHOT,
        Access.NOTHING,
        "",
        Spilling.DEFAULT);
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
    return new Options(
        value,
        timeout,
        threads,
        optimizer,
        durable,
        zone,
        batchRows,
        isolation,
        access,
        entailment,
        spilling);
  }

  public Options withTimeout(Duration value) {
    return new Options(
        memoryLimitBytes,
        value,
        threads,
        optimizer,
        durable,
        zone,
        batchRows,
        isolation,
        access,
        entailment,
        spilling);
  }

  public Options withThreads(int value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        value,
        optimizer,
        durable,
        zone,
        batchRows,
        isolation,
        access,
        entailment,
        spilling);
  }

  public Options withOptimizer(boolean value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        threads,
        value,
        durable,
        zone,
        batchRows,
        isolation,
        access,
        entailment,
        spilling);
  }

  public Options withDurable(boolean value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        threads,
        optimizer,
        value,
        zone,
        batchRows,
        isolation,
        access,
        entailment,
        spilling);
  }

  public Options withZone(ZoneId value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        threads,
        optimizer,
        durable,
        value,
        batchRows,
        isolation,
        access,
        entailment,
        spilling);
  }

  public Options withBatchRows(int value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        threads,
        optimizer,
        durable,
        zone,
        value,
        isolation,
        access,
        entailment,
        spilling);
  }

  public Options withIsolation(Isolation value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        threads,
        optimizer,
        durable,
        zone,
        batchRows,
        value,
        access,
        entailment,
        spilling);
  }

  public Options withAccess(Access value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        threads,
        optimizer,
        durable,
        zone,
        batchRows,
        isolation,
        value,
        entailment,
        spilling);
  }

  public Options withEntailment(String value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        threads,
        optimizer,
        durable,
        zone,
        batchRows,
        isolation,
        access,
        value,
        spilling);
  }

  public Options withSpilling(Spilling value) {
    return new Options(
        memoryLimitBytes,
        timeout,
        threads,
        optimizer,
        durable,
        zone,
        batchRows,
        isolation,
        access,
        entailment,
        value);
  }
}
