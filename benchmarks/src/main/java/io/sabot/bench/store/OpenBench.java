package io.sabot.bench.store;

import io.sabot.bench.peer.Directories;
import io.sabot.engine.Sabot;
import io.sabot.plan.catalog.TableDef;
import io.sabot.store.Snapshot;
import io.sabot.store.TableReader;
import io.sabot.store.Transaction;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/// How long a large store takes to open, and a point read in it, beside a small one.
final class OpenBench {
  private static final int BATCH = 1 << 17;
  private static final int COLUMNS = 15;
  private static final long LARGE_ROWS = 45_000_000;
  private static final long SMALL_ROWS = 4_500_000;
  private static final int READS = 50_000;
  private static final int WARM_UP_READS = 50_000;
  private static final int RUNS = 5;
  private static final double SECONDS_MAX = 1;

  /// A read that takes twice as long in ten times the data is not one that grows with it.
  private static final double TIMES_MAX = 2;

  private final Path directory;
  private final Report report;

  OpenBench(Path directory, Report report) {
    this.directory = directory;
    this.report = report;
  }

  /// @param seconds to open, the best of several times
  /// @param reads how long reads of one row by key take, ascending, in nanoseconds
  private record Measured(double gigabytes, double seconds, long[] reads) {
    double micros(double share) {
      return reads[(int) (share * (reads.length - 1))] / 1e3;
    }
  }

  void run() {
    report.header("a large store, beside one of a tenth of the size");
    Measured small = measure(SMALL_ROWS);
    Measured large = measure(LARGE_ROWS);
    report.line("size", "GB", large.gigabytes, small.gigabytes, Report.Better.HIGHER, 0);
    report.line("open (at most a second)", "s", large.seconds, SECONDS_MAX, Report.Better.LOWER, 1);
    report.line("open", "s", large.seconds, small.seconds, Report.Better.LOWER, Report.NO_TARGET);
    read("p50", large.micros(0.5), small.micros(0.5), TIMES_MAX);
    read("p99", large.micros(0.99), small.micros(0.99), Report.NO_TARGET);
  }

  private void read(String which, double large, double small, double target) {
    report.line("point read by key, " + which, "us", large, small, Report.Better.LOWER, target);
  }

  private Measured measure(long rows) {
    Path home = directory.resolve("open.sabot");
    Directories.delete(home);
    try (Sabot database = Sabot.open(home)) {
      fill(database, rows);
    }
    double gigabytes = Report.diskBytes(home) / 1e9;
    double seconds = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      Sabot.open(home).close();
      seconds = Math.min(seconds, Report.seconds(start));
    }
    try (Sabot database = Sabot.open(home)) {
      Measured measured = new Measured(gigabytes, seconds, reads(database, rows));
      Report.progress(
          "%.2f GB: open and close %.3f s, read p50 %.1f us, p99 %.1f us",
          gigabytes, seconds, measured.micros(0.5), measured.micros(0.99));
      return measured;
    } finally {
      Directories.delete(home);
    }
  }

  private static TableDef table(Sabot database) {
    return database.catalog().table("main", "wide").orElseThrow();
  }

  private static void fill(Sabot database, long rows) {
    StringBuilder columns = new StringBuilder("id BIGINT PRIMARY KEY");
    for (int c = 1; c < COLUMNS; c++) {
      columns.append(", c").append(c).append(" DOUBLE PRECISION");
    }
    LineitemBench.sql(database, "CREATE TABLE wide (" + columns + ")");
    int table = table(database).id();
    long[] noise = new SplittableRandom(1).longs(2L * BATCH).toArray();
    for (long from = 0; from < rows; from += BATCH * 8L) {
      try (Transaction transaction = database.store().begin()) {
        for (long at = from; at < Math.min(rows, from + BATCH * 8L); at += BATCH) {
          int count = (int) Math.min(BATCH, rows - at);
          transaction.table(table).append(batch(at, count, noise), count);
        }
        transaction.commit();
      }
      if (from % (BATCH * 64L) == 0) {
        Report.progress("filled %,d rows", from);
      }
    }
  }

  private static ColumnData[] batch(long from, int count, long[] noise) {
    long[] ids = new long[count];
    Arrays.setAll(ids, i -> from + i);
    ColumnData[] columns = new ColumnData[COLUMNS];
    columns[0] = ColumnData.longs(ids, count);
    for (int c = 1; c < COLUMNS; c++) {
      MemorySegment values = MemorySegment.ofArray(noise).asSlice(8L * 4096 * c, 8L * count);
      columns[c] = new ColumnData(ColumnKind.DOUBLE, count, values, null, null);
    }
    return columns;
  }

  /// Rows all over the table; what it has read before the clock counts is the same for both sizes.
  private static long[] reads(Sabot database, long rows) {
    SplittableRandom random = new SplittableRandom(2);
    long[] nanos = new long[READS];
    int column = table(database).columns().get(1).id();
    try (Snapshot snapshot = database.store().snapshot()) {
      TableReader reader = snapshot.table(table(database).id());
      for (int i = -WARM_UP_READS; i < READS; i++) {
        long id = random.nextLong(rows);
        long start = System.nanoTime();
        long address = reader.primaryKey().orElseThrow().lookup(id);
        ColumnBuilder value = new ColumnBuilder(ColumnKind.DOUBLE);
        reader.gather(column, new long[] {address}, 1, value);
        nanos[Math.max(0, i)] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos;
  }
}
