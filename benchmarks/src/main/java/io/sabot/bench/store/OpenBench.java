package io.sabot.bench.store;

import io.sabot.bench.peer.Directories;
import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
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
import java.util.Map;
import java.util.SplittableRandom;

/// How long a large store takes to open, and a point read in it, beside a small one.
final class OpenBench {
  private static final int BATCH = 1 << 17;
  private static final int COLUMNS = 15;
  private static final long LARGE_ROWS = 45_000_000;
  private static final long SMALL_ROWS = 4_500_000;
  private static final int READS = 50_000;
  private static final int SQL_READS = 10_000;
  private static final int RUNS = 5;
  private static final double SECONDS_MAX = 1;

  /// A read that takes twice as long in ten times the data is not one that grows with it.
  private static final double TIMES_MAX = 2;

  private static final double SQL_TIMES_MAX = 1.5;

  private final Path directory;
  private final Report report;

  OpenBench(Path directory, Report report) {
    this.directory = directory;
    this.report = report;
  }

  /// @param seconds to open, the best of several times
  /// @param near reads of as many rows as the small store has: what differs is the store, not how
  ///   much of it the caches of the processor hold
  /// @param all reads of rows all over the store
  /// @param sql reads all over the store as queries with a parameter
  private record Measured(
      double gigabytes, double seconds, Latency near, Latency all, Latency sql) {}

  /// How long reads of one row by key take, in microseconds: the run with the least median.
  private record Latency(double p50, double p99) {
    static Latency of(long[] nanos) {
      Arrays.sort(nanos);
      return new Latency(
          nanos[nanos.length / 2] / 1e3, nanos[(int) (0.99 * (nanos.length - 1))] / 1e3);
    }

    Latency better(Latency other) {
      return other.p50 < p50 ? other : this;
    }
  }

  void run() {
    report.header("a large store, beside one of a tenth of the size");
    Measured small = measure(SMALL_ROWS);
    Measured large = measure(LARGE_ROWS);
    report.line("size", "GB", large.gigabytes, small.gigabytes, Report.Better.HIGHER, 0);
    report.line("open (at most a second)", "s", large.seconds, SECONDS_MAX, Report.Better.LOWER, 1);
    report.line("open", "s", large.seconds, small.seconds, Report.Better.LOWER, Report.NO_TARGET);
    read("point read by key", large.near, small.near, TIMES_MAX);
    read("the same all over the store", large.all, small.all, Report.NO_TARGET);
    read("the same through SQL", large.sql, small.sql, SQL_TIMES_MAX);
  }

  private void read(String which, Latency large, Latency small, double target) {
    report.line(which + ", p50", "us", large.p50, small.p50, Report.Better.LOWER, target);
    report.line(which + ", p99", "us", large.p99, small.p99, Report.Better.LOWER, Report.NO_TARGET);
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
      Measured measured = reads(database, rows, gigabytes, seconds);
      Report.progress(
          "%.2f GB: open and close %.3f s, read p50 %.1f us, p99 %.1f us",
          gigabytes, seconds, measured.all.p50, measured.all.p99);
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

  /// The first run of each kind warms up.
  private static Measured reads(Sabot database, long rows, double gigabytes, double seconds) {
    Latency near = new Latency(Double.MAX_VALUE, Double.MAX_VALUE);
    Latency all = near;
    Latency sql = near;
    for (int i = 0; i <= RUNS; i++) {
      Latency nearNow = reads(database, (rows - SMALL_ROWS) / 2, SMALL_ROWS);
      Latency allNow = reads(database, 0, rows);
      Latency sqlNow = sqlReads(database, rows);
      if (i > 0) {
        near = near.better(nearNow);
        all = all.better(allNow);
        sql = sql.better(sqlNow);
      }
    }
    return new Measured(gigabytes, seconds, near, all, sql);
  }

  private static Latency reads(Sabot database, long first, long rows) {
    SplittableRandom random = new SplittableRandom(2);
    long[] nanos = new long[READS];
    int column = table(database).columns().get(1).id();
    try (Snapshot snapshot = database.store().snapshot()) {
      TableReader reader = snapshot.table(table(database).id());
      for (int i = 0; i < READS; i++) {
        long id = first + random.nextLong(rows);
        long start = System.nanoTime();
        long address = reader.primaryKey().orElseThrow().lookup(id);
        ColumnBuilder value = new ColumnBuilder(ColumnKind.DOUBLE);
        reader.gather(column, new long[] {address}, 1, value);
        nanos[i] = System.nanoTime() - start;
      }
    }
    return Latency.of(nanos);
  }

  private static Latency sqlReads(Sabot database, long rows) {
    SplittableRandom random = new SplittableRandom(3);
    long[] nanos = new long[SQL_READS];
    try (Session session = database.session()) {
      for (int i = 0; i < SQL_READS; i++) {
        Map<String, Object> id = Map.of("id", random.nextLong(rows));
        long start = System.nanoTime();
        try (Result result = session.run(Language.SQL, "SELECT c1 FROM wide WHERE id = $id", id)) {
          result.next();
        }
        nanos[i] = System.nanoTime() - start;
      }
    }
    return Latency.of(nanos);
  }
}
