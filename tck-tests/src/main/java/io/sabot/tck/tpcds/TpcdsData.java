package io.sabot.tck.tpcds;

import io.sabot.engine.Sabot;
import io.sabot.engine.io.ColumnBuffer;
import io.sabot.plan.catalog.TableDef;
import io.sabot.store.Transaction;
import io.sabot.tck.load.TableWriter;
import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import io.trino.tpcds.column.ColumnType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// The 24 tables of TPC-DS at a scale, loaded into Sabot and into DuckDB: every row is generated
/// once and goes to both.
public final class TpcdsData {
  private TpcdsData() {}

  /// Creates and fills the tables. Returns the number of rows.
  public static long load(Sabot database, DuckDBConnection duckdb, double scale)
      throws SQLException {
    long rows = 0;
    for (Table table : Table.getBaseTables()) {
      if (table != Table.DBGEN_VERSION) {
        rows += load(database, duckdb, table, scale);
      }
    }
    return rows;
  }

  private static long load(Sabot database, DuckDBConnection duckdb, Table table, double scale)
      throws SQLException {
    String name = table.getName().toLowerCase(Locale.ROOT);
    String columns =
        Arrays.stream(table.getColumns())
            .map(column -> column.getName() + " " + sqlType(column.getType()))
            .collect(Collectors.joining(", "));
    database
        .sql("CREATE TABLE " + name + " (" + columns + ", PRIMARY KEY (" + key(table) + "))")
        .close();
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("CREATE TABLE " + name + " (" + columns + ")");
    }
    try (Transaction transaction = database.store().begin();
        DuckDBAppender appender = duckdb.createAppender("main", name)) {
      long rows = fill(transaction, appender, table, name, scale);
      transaction.commit();
      return rows;
    }
  }

  private static long fill(
      Transaction transaction, DuckDBAppender appender, Table table, String name, double scale)
      throws SQLException {
    TableDef definition = transaction.view().catalog().table("main", name).orElseThrow();
    Column[] columns = table.getColumns();
    TableWriter writer = new TableWriter(transaction, definition);
    Session session = Session.getDefaultSession().withScale(scale).withTable(table);
    for (List<List<String>> generated : Results.constructResults(table, session)) {
      List<String> row = generated.getFirst();
      appender.beginRow();
      for (int c = 0; c < columns.length; c++) {
        add(writer.column(c), columns[c].getType(), row.get(c));
        append(appender, columns[c].getType(), row.get(c));
      }
      appender.endRow();
      writer.endRow();
    }
    return writer.finish();
  }

  private static void add(ColumnBuffer buffer, ColumnType type, @Nullable String text) {
    if (text == null) {
      buffer.addNull();
      return;
    }
    switch (type.getBase()) {
      case INTEGER, IDENTIFIER -> buffer.addLong(Long.parseLong(text));
      case DATE -> buffer.addLong(LocalDate.parse(text).toEpochDay());
      case DECIMAL -> buffer.addDecimal(decimal(type, text));
      case VARCHAR, CHAR, TIME -> buffer.addString(text);
    }
  }

  private static BigDecimal decimal(ColumnType type, String text) {
    return new BigDecimal(text).setScale(type.getScale().orElse(0));
  }

  private static void append(DuckDBAppender appender, ColumnType type, @Nullable String text)
      throws SQLException {
    if (text == null) {
      appender.appendNull();
      return;
    }
    switch (type.getBase()) {
      case IDENTIFIER -> appender.append(Long.parseLong(text));
      case INTEGER -> appender.append(Integer.parseInt(text));
      case DECIMAL -> appender.append(decimal(type, text));
      case DATE -> appender.append(LocalDate.parse(text));
      case VARCHAR, CHAR, TIME -> appender.append(text);
    }
  }

  /// CHAR is text without padding here, as in DuckDB: the queries never look at trailing blanks.
  private static String sqlType(ColumnType type) {
    return switch (type.getBase()) {
      case IDENTIFIER -> "BIGINT";
      case INTEGER -> "INTEGER";
      case DATE -> "DATE";
      case DECIMAL ->
          "DECIMAL(" + type.getPrecision().orElseThrow() + ", " + type.getScale().orElse(0) + ")";
      case VARCHAR, CHAR, TIME -> "VARCHAR";
    };
  }

  /// The primary key as in clause 2 of the specification: a dimension's first column is its
  /// surrogate key, a fact has an item in an order.
  private static String key(Table table) {
    return switch (table) {
      case STORE_SALES -> "ss_item_sk, ss_ticket_number";
      case STORE_RETURNS -> "sr_item_sk, sr_ticket_number";
      case CATALOG_SALES -> "cs_item_sk, cs_order_number";
      case CATALOG_RETURNS -> "cr_item_sk, cr_order_number";
      case WEB_SALES -> "ws_item_sk, ws_order_number";
      case WEB_RETURNS -> "wr_item_sk, wr_order_number";
      case INVENTORY -> "inv_date_sk, inv_item_sk, inv_warehouse_sk";
      default -> table.getColumns()[0].getName();
    };
  }
}
