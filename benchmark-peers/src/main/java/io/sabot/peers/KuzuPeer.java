package io.sabot.peers;

import com.kuzudb.Connection;
import com.kuzudb.Database;
import com.kuzudb.FlatTuple;
import com.kuzudb.QueryResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Kuzu, in this process.
public final class KuzuPeer implements GraphPeer {
  private @Nullable Database database;
  private @Nullable Connection connection;

  @Override
  public String name() {
    return "kuzu";
  }

  @Override
  public void open(Path directory, int threads) {
    Database opened = new Database(directory.resolve("kuzu.db").toString());
    database = opened;
    connection = new Connection(opened);
    connection.setMaxNumThreadForExec(threads);
  }

  @Override
  public void load(Path files) {
    Scripts.statements("kuzu.cypher", files).forEach(this::rows);
  }

  @Override
  public List<List<@Nullable Object>> rows(String cypher) {
    if (connection == null) {
      throw new IllegalStateException("Kuzu is not open");
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (QueryResult result = connection.query(cypher)) {
      if (!result.isSuccess()) {
        throw new IllegalStateException("Kuzu: " + result.getErrorMessage());
      }
      long columns = result.getNumColumns();
      while (result.hasNext()) {
        FlatTuple tuple = result.getNext();
        List<@Nullable Object> row = new ArrayList<>();
        for (long c = 0; c < columns; c++) {
          Object value = tuple.getValue(c).getValue();
          row.add(value instanceof Number n && isWhole(n) ? (Object) n.longValue() : value);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static boolean isWhole(Number number) {
    return !(number instanceof Double || number instanceof Float);
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
    }
    if (database != null) {
      database.close();
    }
  }
}
