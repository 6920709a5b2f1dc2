package io.sabot.bench.store;

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
  private static final long SMALL_ROWS = 450_000;
  private static final int READS = 2000;
  private static final double SECONDS_MAX = 1;

  private final Path directory;
  private final Report report;

  OpenBench(Path directory, Report report) {
    this.directory = directory;
    this.report = report;
  }

  /// @param seconds to open
  /// @param micros the median of a read of one row by key
  private record Measured(double gigabytes, double seconds, double micros) {}

  void run() {
    report.header("opening, beside a store of a hundredth of the size");
    Measured small = measure(SMALL_ROWS);
    Measured large = measure(LARGE_ROWS);
    report.line("size", "GB", large.gigabytes, small.gigabytes, Report.Better.HIGHER, 0);
    report.line("open", "s", large.seconds, SECONDS_MAX, Report.Better.LOWER, 1);
    report.line("point read, p50", "us", large.micros, small.micros, Report.Better.LOWER, 0);
  }

  private Measured measure(long rows) {
    Path home = directory.resolve("open.sabot");
    Report.deleteTree(home);
    try (Sabot database = Sabot.open(home)) {
      fill(database, rows);
    }
    double gigabytes = Report.diskBytes(home) / 1e9;
    long start = System.nanoTime();
    try (Sabot database = Sabot.open(home)) {
      double seconds = Report.seconds(start);
      double micros = medianRead(database, rows);
      Report.progress("%.2f GB: open %.3f s, read %.1f us", gigabytes, seconds, micros);
      return new Measured(gigabytes, seconds, micros);
    } finally {
      Report.deleteTree(home);
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

  private static double medianRead(Sabot database, long rows) {
    SplittableRandom random = new SplittableRandom(2);
    long[] nanos = new long[READS];
    int column = table(database).columns().get(1).id();
    try (Snapshot snapshot = database.store().snapshot()) {
      TableReader reader = snapshot.table(table(database).id());
      for (int i = 0; i < READS; i++) {
        long id = random.nextLong(rows);
        long start = System.nanoTime();
        long address = reader.primaryKey().orElseThrow().lookup(id);
        ColumnBuilder value = new ColumnBuilder(ColumnKind.DOUBLE);
        reader.gather(column, new long[] {address}, 1, value);
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[READS / 2] / 1e3;
  }
}
