package io.sabot.bench.store;

import io.sabot.bench.peer.Directories;
import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.catalog.TableDef;
import io.sabot.store.KeyIndex;
import io.sabot.store.Snapshot;
import io.sabot.store.TableReader;
import io.sabot.store.Transaction;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Small durable commits and point reads.
final class CommitBench {
  private static final int SECONDS = 4;
  private static final int ROWS = 1_000_000;
  private static final int READS = 20_000;
  private static final int WARM_UP = 5_000;

  private final Path directory;
  private final Report report;

  CommitBench(Path directory, Report report) {
    this.directory = directory;
    this.report = report;
  }

  void run() throws Exception {
    Path ours = directory.resolve("commits.sabot");
    Path peer = directory.resolve("commits.duckdb");
    Directories.delete(ours);
    Directories.delete(peer);
    report.header("single rows, beside DuckDB");
    try (Sabot database = Sabot.open(ours);
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:" + peer)) {
      String table = "CREATE TABLE t (id BIGINT PRIMARY KEY, value BIGINT)";
      LineitemBench.sql(database, table);
      try (Statement statement = duckdb.createStatement()) {
        statement.execute(table);
      }
      for (int writers : new int[] {1, 16}) {
        Report.progress("committing with %d writers", writers);
        report.line(
            "durable single-row commits, " + writers + (writers == 1 ? " writer" : " writers"),
            "commits/s",
            commits(database, writers),
            duckCommits(duckdb, writers),
            Report.Better.HIGHER,
            Report.NO_TARGET);
      }
      reads(database, duckdb);
    }
    Directories.delete(ours);
    Directories.delete(peer);
  }

  /// One commit of one row.
  private interface Insert {
    void row(long id) throws Exception;
  }

  /// Makes what one writer commits with.
  private interface Writer {
    Insert open() throws Exception;
  }

  private final AtomicLong next = new AtomicLong(10L * ROWS);

  private double perSecond(int writers, Writer writer) throws InterruptedException {
    AtomicLong commits = new AtomicLong();
    List<Throwable> failures = new ArrayList<>();
    long start = System.nanoTime();
    long end = start + SECONDS * 1_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  Insert insert = writer.open();
                  while (System.nanoTime() < end) {
                    insert.row(next.getAndIncrement());
                    commits.incrementAndGet();
                  }
                } catch (Exception e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a writer failed", failures.getFirst());
    }
    return commits.get() / Report.seconds(start);
  }

  private static TableDef table(Sabot database) {
    return database.catalog().table("main", "t").orElseThrow();
  }

  private double commits(Sabot database, int writers) throws InterruptedException {
    int table = table(database).id();
    return perSecond(
        writers,
        () ->
            id -> {
              try (Transaction transaction = database.store().begin()) {
                transaction.table(table).append(row(new long[] {id}), 1);
                transaction.commit();
              }
            });
  }

  private static ColumnData[] row(long[] ids) {
    return new ColumnData[] {ColumnData.longs(ids, ids.length), ColumnData.longs(ids, ids.length)};
  }

  private double duckCommits(Connection duckdb, int writers) throws Exception {
    return perSecond(
        writers,
        () -> {
          Connection mine = ((org.duckdb.DuckDBConnection) duckdb).duplicate();
          PreparedStatement insert = mine.prepareStatement("INSERT INTO t VALUES (?, ?)");
          return id -> {
            insert.setLong(1, id);
            insert.setLong(2, id);
            insert.execute();
          };
        });
  }

  // ---- Reading

  /// A read of one row by key.
  private interface Read {
    long value(long id) throws Exception;
  }

  private void reads(Sabot database, Connection duckdb) throws Exception {
    fill(database, duckdb);
    try (Snapshot snapshot = database.store().snapshot();
        Session session = database.session();
        PreparedStatement select = duckdb.prepareStatement("SELECT value FROM t WHERE id = ?")) {
      TableReader reader = snapshot.table(table(database).id());
      KeyIndex key = reader.primaryKey().orElseThrow();
      int column = table(database).columns().get(1).id();
      double[] store =
          percentiles(id -> {
            ColumnBuilder value = new ColumnBuilder(ColumnKind.LONG);
            reader.gather(column, new long[] {key.lookup(id)}, 1, value);
            return value.chunk().longAt(0);
          });
      double[] sql =
          percentiles(id -> {
            try (Result result =
                session.run(Language.SQL, "SELECT value FROM t WHERE id = $id", Map.of("id", id))) {
              return (Long) result.next().objects().get(0);
            }
          });
      double[] peer =
          percentiles(id -> {
            select.setLong(1, id);
            try (ResultSet result = select.executeQuery()) {
              result.next();
              return result.getLong(1);
            }
          });
      print("point read by key, p50", store[0], peer[0]);
      print("point read by key, p99", store[1], peer[1]);
      print("the same through SQL, p50", sql[0], peer[0]);
      print("the same through SQL, p99", sql[1], peer[1]);
    }
  }

  private void print(String what, double ours, double peer) {
    report.line(what, "us", ours, peer, Report.Better.LOWER, Report.NO_TARGET);
  }

  private static void fill(Sabot database, Connection duckdb) throws SQLException {
    long[] ids = new long[ROWS];
    Arrays.setAll(ids, i -> i);
    try (Transaction transaction = database.store().begin()) {
      transaction.table(table(database).id()).append(row(ids), ROWS);
      transaction.commit();
    }
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("INSERT INTO t SELECT range, range FROM range(" + ROWS + ")");
    }
  }

  /// Microseconds of the median and the 99th of 100 reads; every value is checked.
  private static double[] percentiles(Read read) throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    long[] nanos = new long[READS];
    for (int i = -WARM_UP; i < READS; i++) {
      long id = random.nextLong(ROWS);
      long start = System.nanoTime();
      long value = read.value(id);
      long took = System.nanoTime() - start;
      if (value != id) {
        throw new IllegalStateException("row " + id + " has value " + value);
      }
      if (i >= 0) {
        nanos[i] = took;
      }
    }
    Arrays.sort(nanos);
    return new double[] {nanos[READS / 2] / 1e3, nanos[READS * 99 / 100] / 1e3};
  }
}
