package io.sabot.bench.store;

import io.sabot.bench.peer.Directories;
import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.FileImport;
import io.sabot.store.Snapshot;
import io.sabot.store.TableReader;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Memory;
import io.sabot.store.segment.Segment;
import io.trino.tpch.LineItem;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lineitem as CSV into both, then scans of four of its columns.
final class LineitemBench {
  private static final int RUNS = 5;
  private static final int BATCH = 2048;
  private static final int PROGRESS_ROWS = 1 << 20;

  /// Without the key to orders, which are not there.
  private static final String TABLE =
      """
      CREATE TABLE lineitem (
        l_orderkey BIGINT NOT NULL, l_partkey BIGINT NOT NULL, l_suppkey BIGINT NOT NULL,
        l_linenumber INTEGER NOT NULL, l_quantity DECIMAL(15,2) NOT NULL,
        l_extendedprice DECIMAL(15,2) NOT NULL, l_discount DECIMAL(15,2) NOT NULL,
        l_tax DECIMAL(15,2) NOT NULL, l_returnflag VARCHAR(1) NOT NULL,
        l_linestatus VARCHAR(1) NOT NULL, l_shipdate DATE NOT NULL, l_commitdate DATE NOT NULL,
        l_receiptdate DATE NOT NULL, l_shipinstruct VARCHAR(25) NOT NULL,
        l_shipmode VARCHAR(10) NOT NULL, l_comment VARCHAR(44) NOT NULL)\
      """;

  private static final String SUMS =
      "SELECT sum(l_orderkey), sum(l_quantity), sum(l_extendedprice), sum(l_discount)"
          + " FROM lineitem";

  private static final List<String> COLUMNS =
      List.of("l_orderkey", "l_quantity", "l_extendedprice", "l_discount");

  private final Path directory;
  private final double scale;
  private final int threads;
  private final Report report;

  LineitemBench(Path directory, double scale, int threads, Report report) {
    this.directory = directory;
    this.scale = scale;
    this.threads = threads;
    this.report = report;
  }

  void run() throws IOException, SQLException {
    Path csv = csv();
    Path ours = directory.resolve("lineitem.sabot");
    Path peer = directory.resolve("lineitem.duckdb");
    Directories.delete(ours);
    Directories.delete(peer);
    Options options = Options.defaults().withThreads(threads);
    try (Sabot database = Sabot.open(ours, options);
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:" + peer);
        Statement statement = duckdb.createStatement()) {
      report.header("lineitem, scale " + scale + ", beside DuckDB");
      load(database, statement, csv);
      statement.execute("SET threads = 1");
      database.close();
      try (Sabot single = Sabot.open(ours, options.withThreads(1))) {
        scan(single, statement);
      }
    }
    Directories.delete(ours);
    Directories.delete(peer);
  }

  private Path csv() throws IOException {
    Path csv = directory.resolve("lineitem-" + scale + ".csv");
    if (Files.exists(csv)) {
      return csv;
    }
    Path part = directory.resolve("lineitem.part");
    long start = System.nanoTime();
    long rows = 0;
    try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
      for (var column : TpchTable.LINE_ITEM.getColumns()) {
        out.write(rows++ == 0 ? "" : ",");
        out.write(column.getColumnName());
      }
      out.newLine();
      rows = 0;
      for (LineItem item : TpchTable.LINE_ITEM.createGenerator(scale, 1, 1)) {
        out.write(item.toLine().replace(",", " ").replace('|', ','), 0, item.toLine().length() - 1);
        out.newLine();
        if (++rows % PROGRESS_ROWS == 0) {
          Report.progress("wrote %,d rows of lineitem, %.0f s", rows, Report.seconds(start));
        }
      }
    }
    Files.move(part, csv, StandardCopyOption.ATOMIC_MOVE);
    return csv;
  }

  private void load(Sabot database, Statement duckdb, Path csv) throws SQLException {
    sql(database, TABLE);
    duckdb.execute("SET threads = " + threads);
    duckdb.execute(TABLE);
    long start = System.nanoTime();
    duckdb.execute("COPY lineitem FROM '" + csv + "' (HEADER)");
    duckdb.execute("CHECKPOINT");
    double peerSeconds = Report.seconds(start);
    Report.progress("DuckDB has read lineitem in %.1f s", peerSeconds);
    start = System.nanoTime();
    long began = start;
    long rows;
    try (BulkLoad bulk = BulkLoad.begin(database)) {
      FileImport reader =
          new FileImport(
              "lineitem",
              null,
              0,
              bad -> {},
              (file, done, read, total) -> {
                if (done % PROGRESS_ROWS == 0) {
                  Report.progress("read %,d rows, %.0f s", done, Report.seconds(began));
                }
              });
      rows = bulk.read(reader, csv);
      bulk.commit();
    }
    double seconds = Report.seconds(start);
    report.equal(
        "rows", rows, Long.parseLong(rows(duckdb, "SELECT count(*) FROM lineitem").get(0)));
    report.line(
        "CSV import, durable, " + threads + " threads",
        "rows/s",
        rows / seconds,
        rows / peerSeconds,
        Report.Better.HIGHER,
        0.5);
  }

  private void scan(Sabot database, Statement duckdb) throws SQLException {
    List<String> expected = rows(duckdb, SUMS);
    report.equal("four sums", rows(database, SUMS), expected);
    long count = Long.parseLong(rows(duckdb, "SELECT count(*) FROM lineitem").get(0));
    double store = Double.MAX_VALUE;
    double engine = Double.MAX_VALUE;
    double peer = Double.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      List<String> sums = scanStore(database);
      store = Math.min(store, Report.seconds(start));
      if (i == 0) {
        report.equal("four sums of the store", sums, expected);
      }
      start = System.nanoTime();
      rows(database, SUMS);
      engine = Math.min(engine, Report.seconds(start));
      start = System.nanoTime();
      rows(duckdb, SUMS);
      peer = Math.min(peer, Report.seconds(start));
    }
    report.line(
        "scan of 4 columns, 1 thread, decoded and summed",
        "rows/s",
        count / store,
        count / peer,
        Report.Better.HIGHER,
        0.5);
    report.line(
        "the same through SQL", "rows/s", count / engine, count / peer, Report.Better.HIGHER, 0.5);
  }

  /// What the store gives alone: every value decoded to 8 bytes and added.
  private static List<String> scanStore(Sabot database) {
    try (Snapshot snapshot = database.store().snapshot()) {
      var definition = snapshot.catalog().table("main", "lineitem").orElseThrow();
      TableReader table = snapshot.table(definition.id());
      MemorySegment batch = Memory.allocate(8L * BATCH);
      long[] sums = new long[COLUMNS.size()];
      int[] ids = COLUMNS.stream().mapToInt(n -> definition.column(n).orElseThrow().id()).toArray();
      for (Segment segment : table.segments()) {
        for (int c = 0; c < ids.length; c++) {
          sums[c] += sum(segment.column(ids[c]), batch);
        }
      }
      List<String> texts = new ArrayList<>();
      for (int c = 0; c < sums.length; c++) {
        texts.add(BigDecimal.valueOf(sums[c], c == 0 ? 0 : 2).toPlainString());
      }
      return texts;
    }
  }

  private static long sum(ColumnChunk chunk, MemorySegment batch) {
    long sum = 0;
    long address = batch.address();
    for (int from = 0; from < chunk.rowCount(); from += BATCH) {
      int count = Math.min(BATCH, chunk.rowCount() - from);
      chunk.decodeLongs(from, count, batch, 0);
      for (int i = 0; i < count; i++) {
        sum += Memory.longAt(address + 8L * i);
      }
    }
    return sum;
  }

  static void sql(Sabot database, String text) {
    try (Session session = database.session()) {
      session.run(Language.SQL, text).close();
    }
  }

  /// The values of the first row.
  private static List<String> rows(Sabot database, String text) {
    try (Session session = database.session();
        Result result = session.run(Language.SQL, text)) {
      return result.next().objects().stream().map(v -> plain(v)).toList();
    }
  }

  private static List<String> rows(Statement statement, String text) throws SQLException {
    try (ResultSet result = statement.executeQuery(text)) {
      result.next();
      List<String> values = new ArrayList<>();
      for (int c = 1; c <= result.getMetaData().getColumnCount(); c++) {
        values.add(plain(result.getObject(c)));
      }
      return values;
    }
  }

  private static String plain(@Nullable Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
  }
}
