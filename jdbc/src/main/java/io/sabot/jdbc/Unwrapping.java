package io.sabot.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/// What every class of JDBC can be asked: what it is underneath.
interface Unwrapping extends Wrapper {
  @Override
  default <T> T unwrap(Class<T> type) throws SQLException {
    if (!type.isInstance(this)) {
      throw SqlErrors.argument("this is no " + type.getName());
    }
    return type.cast(this);
  }

  @Override
  default boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
