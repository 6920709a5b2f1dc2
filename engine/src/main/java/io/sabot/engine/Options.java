package io.sabot.engine;

import io.sabot.exec.batch.Batch;
import io.sabot.store.Isolation;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;

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
    return with(draft -> draft.memoryLimitBytes = value);
  }

  public Options withTimeout(Duration value) {
    return with(draft -> draft.timeout = value);
  }

  public Options withThreads(int value) {
    return with(draft -> draft.threads = value);
  }

  public Options withOptimizer(boolean value) {
    return with(draft -> draft.optimizer = value);
  }

  public Options withDurable(boolean value) {
    return with(draft -> draft.durable = value);
  }

  public Options withZone(ZoneId value) {
    return with(draft -> draft.zone = value);
  }

  public Options withBatchRows(int value) {
    return with(draft -> draft.batchRows = value);
  }

  public Options withIsolation(Isolation value) {
    return with(draft -> draft.isolation = value);
  }

  public Options withAccess(Access value) {
    return with(draft -> draft.access = value);
  }

  public Options withEntailment(String value) {
    return with(draft -> draft.entailment = value);
  }

  public Options withSpilling(Spilling value) {
    return with(draft -> draft.spilling = value);
  }

  private Options with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  /// The components while they change, so that each is listed once.
  private static final class Draft {
    long memoryLimitBytes;
    Duration timeout;
    int threads;
    boolean optimizer;
    boolean durable;
    ZoneId zone;
    int batchRows;
    Isolation isolation;
    Access access;
    String entailment;
    Spilling spilling;

    Draft(Options from) {
      memoryLimitBytes = from.memoryLimitBytes;
      timeout = from.timeout;
      threads = from.threads;
      optimizer = from.optimizer;
      durable = from.durable;
      zone = from.zone;
      batchRows = from.batchRows;
      isolation = from.isolation;
      access = from.access;
      entailment = from.entailment;
      spilling = from.spilling;
    }

    Options build() {
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
          spilling);
    }
  }
}
