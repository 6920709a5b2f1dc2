package io.sabot.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/// A point of a transaction to which it can return.
///
/// @param name null for one that has only a number
record SabotSavepoint(int id, @Nullable String name) implements Savepoint {
  /// What the session calls it.
  String key() {
    return name == null ? "jdbc_savepoint_" + id : name;
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (name != null) {
      throw SqlErrors.argument("the savepoint has a name");
    }
    return id;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (name == null) {
      throw SqlErrors.argument("the savepoint has no name");
    }
    return name;
  }
}
