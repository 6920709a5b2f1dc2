package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;

/// The selected rows of a vector in the form in which the store takes columns.
public final class ColumnExport {
  private ColumnExport() {}

  /// @param kind how the table stores the column; term columns are interned on the way
  public static ColumnData of(Vector vector, Batch batch, ColumnKind kind, QueryRun run) {
    ColumnBuilder builder = new ColumnBuilder(kind);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (vector.isNull(row)) {
        builder.appendNull();
        continue;
      }
      switch (vector.kind()) {
        case BOOL -> builder.appendBool(vector.getBool(row));
        case LONG -> builder.appendLong(vector.getLong(row));
        case DOUBLE -> builder.appendDouble(vector.getDouble(row));
        case TERM -> builder.appendLong(run.intern(vector.getLong(row)));
        case STRING ->
            builder.appendBytes(vector.bytes(), vector.stringOffset(row), vector.stringLength(row));
        case DECIMAL -> {
          if (kind == ColumnKind.WIDE) {
            long high =
                vector.isWide()
                    ? vector.high().get(Vector.LONG, 8L * row)
                    : vector.getLong(row) >> 63;
            builder.appendWide(vector.getLong(row), high);
          } else {
            builder.appendLong(vector.getLong(row));
          }
        }
      }
    }
    return builder.data();
  }

  /// A column of nulls.
  public static ColumnData nulls(ColumnKind kind, int rows) {
    ColumnBuilder builder = new ColumnBuilder(kind);
    builder.appendNulls(rows);
    return builder.data();
  }
}
