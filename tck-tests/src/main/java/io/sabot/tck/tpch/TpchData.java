package io.sabot.tck.tpch;

import io.sabot.engine.Language;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.io.ColumnBuffer;
import io.sabot.plan.catalog.TableDef;
import io.sabot.store.Transaction;
import io.sabot.tck.load.TableWriter;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The TPC-H tables at a scale, loaded into Sabot or into DuckDB.
public final class TpchData {
  private TpchData() {}

  /// The text of a file beside the queries.
  public static String resource(String name) {
    try (InputStream in = TpchData.class.getResourceAsStream("/tpch/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource /tpch/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The text of query 1 to 22.
  public static String query(int number) {
    return resource(String.format(Locale.ROOT, "q%02d.sql", number));
  }

  /// Creates and fills the tables in one transaction for each table. Returns the number of rows.
  public static long load(Sabot database, double scale) {
    try (Session session = database.session()) {
      session.run(Language.SQL, resource("schema.sql")).close();
    }
    long rows = 0;
    for (TpchTable<?> table : loadOrder()) {
      try (Transaction transaction = database.store().begin()) {
        rows += load(transaction, table, scale);
        transaction.commit();
      }
    }
    return rows;
  }

  /// The generator's order puts referencing tables first.
  private static List<TpchTable<?>> loadOrder() {
    return List.of(
        TpchTable.REGION, //
        TpchTable.NATION,
        TpchTable.PART,
        TpchTable.SUPPLIER,
        TpchTable.PART_SUPPLIER,
        TpchTable.CUSTOMER,
        TpchTable.ORDERS,
        TpchTable.LINE_ITEM);
  }

  private static <E extends TpchEntity> long load(
      Transaction transaction, TpchTable<E> table, double scale) {
    TableDef definition =
        transaction.view().catalog().table("main", table.getTableName()).orElseThrow();
    List<TpchColumn<E>> columns = table.getColumns();
    TableWriter writer = new TableWriter(transaction, definition);
    for (E entity : table.createGenerator(scale, 1, 1)) {
      for (int c = 0; c < columns.size(); c++) {
        add(writer.column(c), columns.get(c), entity);
      }
      writer.endRow();
    }
    return writer.finish();
  }

  private static <E extends TpchEntity> void add(
      ColumnBuffer buffer, TpchColumn<E> column, E entity) {
    switch (column.getType().getBase()) {
      case IDENTIFIER -> buffer.addLong(column.getIdentifier(entity));
      case INTEGER -> buffer.addLong(column.getInteger(entity));
      case DOUBLE -> buffer.addLong(cents(column.getDouble(entity)));
      case DATE -> buffer.addLong(column.getDate(entity));
      case VARCHAR -> buffer.addString(column.getString(entity));
    }
  }

  // ---- DuckDB

  /// The same tables in a DuckDB database, without keys.
  public static void load(DuckDBConnection duckdb, double scale) throws SQLException {
    for (TpchTable<?> table : loadOrder()) {
      load(duckdb, table, scale);
    }
  }

  private static <E extends TpchEntity> void load(
      DuckDBConnection duckdb, TpchTable<E> table, double scale) throws SQLException {
    List<TpchColumn<E>> columns = table.getColumns();
    List<String> definitions = new ArrayList<>();
    for (TpchColumn<E> column : columns) {
      definitions.add(column.getColumnName() + " " + duckType(column));
    }
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(
          "CREATE TABLE " + table.getTableName() + " (" + String.join(", ", definitions) + ")");
    }
    try (DuckDBAppender appender = duckdb.createAppender("main", table.getTableName())) {
      for (E entity : table.createGenerator(scale, 1, 1)) {
        appender.beginRow();
        for (TpchColumn<E> column : columns) {
          append(appender, column, entity);
        }
        appender.endRow();
      }
    }
  }

  private static String duckType(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> "BIGINT";
      case INTEGER -> "INTEGER";
      case DOUBLE -> "DECIMAL(15,2)";
      case DATE -> "DATE";
      case VARCHAR -> "VARCHAR";
    };
  }

  private static <E extends TpchEntity> void append(
      DuckDBAppender appender, TpchColumn<E> column, E entity) throws SQLException {
    switch (column.getType().getBase()) {
      case IDENTIFIER -> appender.append(column.getIdentifier(entity));
      case INTEGER -> appender.append(column.getInteger(entity));
      case DOUBLE -> appender.append(BigDecimal.valueOf(cents(column.getDouble(entity)), 2));
      case DATE -> appender.append(LocalDate.ofEpochDay(column.getDate(entity)));
      case VARCHAR -> appender.append(column.getString(entity));
    }
  }

  /// All of TPC-H's fractions are hundredths.
  static long cents(double value) {
    return Math.round(value * 100);
  }
}
