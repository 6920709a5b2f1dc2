package io.sabot.store;

import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import java.util.List;

/// Turns some columns of a row into the leading components of a tuple `(components..., row
/// address)` of a key or of a secondary index.
sealed interface RowCodec permits KeyCodec, IndexCodec {
  List<Integer> columnIds();

  ColumnKind kind(int position);

  /// Components before the row address.
  int length();

  default int arity() {
    return length() + 1;
  }

  /// Whether equal components mean equal columns. Where not, the columns have to be compared.
  boolean isExact();

  /// Writes the leading components for a row; false when the row has no entry.
  boolean components(ColumnChunk[] columns, int row, long[] out);

  /// Whether two rows agree in all columns and none of them is null.
  boolean sameKey(ColumnChunk[] left, int leftRow, ColumnChunk[] right, int rightRow);
}
