package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.store.segment.BytesHash;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.HyperLogLog;
import io.sabot.store.segment.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Turns the key columns of a row into the leading components of a tuple `(key..., row address)`.
///
/// Up to three columns of kind LONG, DOUBLE or BOOL are kept in their own order; any other key is
/// hashed to one component, and whoever finds a tuple has to compare the columns themselves.
final class KeyCodec {
  private static final int ORDERED_COLUMNS_MAX = 3;

  private final List<Integer> columnIds;
  private final ColumnKind[] kinds;
  private final boolean ordered;

  KeyCodec(TableDef table, List<Integer> columnIds) {
    this.columnIds = columnIds;
    this.kinds = new ColumnKind[columnIds.size()];
    boolean words = columnIds.size() <= ORDERED_COLUMNS_MAX;
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = ColumnKind.of(table.column(columnIds.get(i)).type());
      words &= kinds[i] != ColumnKind.STRING && kinds[i] != ColumnKind.WIDE;
    }
    this.ordered = words;
  }

  /// The same components from other columns of the same kinds: the child side of a foreign key.
  private KeyCodec(List<Integer> columnIds, ColumnKind[] kinds, boolean ordered) {
    this.columnIds = columnIds;
    this.kinds = kinds;
    this.ordered = ordered;
  }

  KeyCodec over(List<Integer> otherColumns) {
    return new KeyCodec(otherColumns, kinds, ordered);
  }

  /// The keys of a table by number: first the primary key if there is one, then the unique keys.
  static List<List<Integer>> keys(TableDef table) {
    List<List<Integer>> keys = new ArrayList<>();
    if (table.hasPrimaryKey()) {
      keys.add(table.primaryKey());
    }
    keys.addAll(table.uniqueKeys());
    return keys;
  }

  List<Integer> columnIds() {
    return columnIds;
  }

  ColumnKind kind(int position) {
    return kinds[position];
  }

  boolean isOrdered() {
    return ordered;
  }

  /// Components before the row address.
  int length() {
    return ordered ? kinds.length : 1;
  }

  int arity() {
    return length() + 1;
  }

  /// Writes the leading components for a row; false when a key column is null.
  boolean components(ColumnChunk[] columns, int row, long[] out) {
    long hash = 0;
    for (int i = 0; i < kinds.length; i++) {
      ColumnChunk column = columns[i];
      if (column.isNull(row)) {
        return false;
      }
      long word = word(column, kinds[i], row);
      if (ordered) {
        out[i] = word;
      } else {
        hash = HyperLogLog.mix(hash * 31 + word);
      }
    }
    if (!ordered) {
      out[0] = hash;
    }
    return true;
  }

  private static long word(ColumnChunk column, ColumnKind kind, int row) {
    return switch (kind) {
      case LONG -> column.longAt(row);
      case BOOL -> column.boolAt(row) ? 1 : 0;
      case DOUBLE -> sortable(column.doubleAt(row));
      case WIDE -> HyperLogLog.mix(column.wideLowAt(row)) ^ column.wideHighAt(row);
      case STRING -> {
        byte[] bytes = column.bytesAt(row).toArray(Layouts.BYTE);
        yield BytesHash.of(bytes, 0, bytes.length);
      }
    };
  }

  /// A double as a number with the same order; both zeros are one key.
  private static long sortable(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  /// Whether two rows have the same key; needed only for hashed keys.
  boolean sameKey(ColumnChunk[] left, int leftRow, ColumnChunk[] right, int rightRow) {
    for (int i = 0; i < kinds.length; i++) {
      if (left[i].isNull(leftRow) || right[i].isNull(rightRow)) {
        return false;
      }
      boolean same =
          switch (kinds[i]) {
            case STRING -> sameBytes(left[i].bytesAt(leftRow), right[i].bytesAt(rightRow));
            case WIDE ->
                left[i].wideLowAt(leftRow) == right[i].wideLowAt(rightRow)
                    && left[i].wideHighAt(leftRow) == right[i].wideHighAt(rightRow);
            default -> word(left[i], kinds[i], leftRow) == word(right[i], kinds[i], rightRow);
          };
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameBytes(MemorySegment left, MemorySegment right) {
    return left.byteSize() == right.byteSize() && left.mismatch(right) < 0;
  }
}
