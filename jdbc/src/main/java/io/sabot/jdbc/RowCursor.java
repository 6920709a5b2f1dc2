package io.sabot.jdbc;

import io.sabot.plan.type.Type;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows to be read one after the other; their cells are as in `io.sabot.engine.Row`.
interface RowCursor extends AutoCloseable {
  List<String> names();

  List<Type> types();

  /// The next row, null behind the last.
  @Nullable List<@Nullable Object> next() throws SQLException;

  /// Stops the query whose rows these are. May be called by any thread.
  void cancel();

  @Override
  void close();
}
