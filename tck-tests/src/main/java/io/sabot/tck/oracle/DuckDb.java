package io.sabot.tck.oracle;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/// DuckDB in memory, set to what SQL leaves to the implementation and Sabot has from PostgreSQL:
/// nulls are greater than every value. It loads no extensions, so that it needs no network.
public final class DuckDb {
  private DuckDb() {}

  public static DuckDBConnection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    DuckDBConnection connection =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_null_order = 'nulls_last_on_asc_first_on_desc'");
    }
    return connection;
  }

  /// The rows of a query.
  public static List<List<Object>> rows(DuckDBConnection connection, String text)
      throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(text)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<Object> row = new ArrayList<>(width);
        for (int c = 1; c <= width; c++) {
          row.add(result.getObject(c));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
