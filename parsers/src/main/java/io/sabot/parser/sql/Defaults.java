package io.sabot.parser.sql;

import io.sabot.parser.sql.ChangeReader.NewValue;
import io.sabot.parser.sql.ChangeReader.Target;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/// What a column gets that a statement gives no value.
final class Defaults {
  private Defaults() {}

  /// The value as written, or the default.
  static SqlNode node(NewValue value, Target target) {
    SqlNode written = value.value();
    return written == null ? SqlLiteral.createNull(target.position()) : written;
  }
}
