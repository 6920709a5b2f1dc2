package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.BytesHash;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.HyperLogLog;
import io.sabot.store.segment.Layouts;
import java.lang.foreign.MemorySegment;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns the key columns of a row into the leading components of a tuple `(key..., row address)`.
///
/// Up to three columns of kind LONG, DOUBLE or BOOL are kept in their own order; any other key is
/// hashed to one component, and whoever finds a tuple has to compare the columns themselves.
final class KeyCodec implements RowCodec, EntryCodec {
  private static final int ORDERED_COLUMNS_MAX = 3;
  private static final int HASHED_WORDS_MAX = 3;

  private final List<Integer> columnIds;
  private final ColumnKind[] kinds;
  private final Type[] types;
  private final boolean ordered;

  KeyCodec(TableDef table, List<Integer> columnIds) {
    this.columnIds = columnIds;
    this.kinds = new ColumnKind[columnIds.size()];
    this.types = new Type[columnIds.size()];
    boolean words = columnIds.size() <= ORDERED_COLUMNS_MAX;
    for (int i = 0; i < kinds.length; i++) {
      types[i] = table.column(columnIds.get(i)).type();
      kinds[i] = ColumnKind.of(types[i]);
      words &= kinds[i] != ColumnKind.STRING && kinds[i] != ColumnKind.WIDE;
    }
    this.ordered = words;
  }

  /// The same components from other columns of the same kinds: the child side of a foreign key.
  private KeyCodec(List<Integer> columnIds, ColumnKind[] kinds, Type[] types, boolean ordered) {
    this.columnIds = columnIds;
    this.kinds = kinds;
    this.types = types;
    this.ordered = ordered;
  }

  KeyCodec over(List<Integer> otherColumns) {
    return new KeyCodec(otherColumns, kinds, types, ordered);
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

  @Override
  public List<Integer> columnIds() {
    return columnIds;
  }

  @Override
  public ColumnKind kind(int position) {
    return kinds[position];
  }

  boolean isOrdered() {
    return ordered;
  }

  @Override
  public boolean isExact() {
    return ordered;
  }

  @Override
  public int length() {
    return ordered ? kinds.length : 1;
  }

  @Override
  public int arity() {
    return length() + 1;
  }

  @Override
  public int width() {
    return kinds.length;
  }

  @Override
  public int words(int position) {
    return ordered ? 1 : 0;
  }

  @Override
  public int orderedWords(int position) {
    return words(position);
  }

  @Override
  public boolean bound(int position, Value value, RoundingMode mode, long[] out, int at) {
    return ordered && ColumnWords.bound(types[position], value, mode, out, at);
  }

  @Override
  public boolean point(List<Value> key, long[] out) {
    if (ordered) {
      return false;
    }
    long[] low = new long[HASHED_WORDS_MAX];
    long[] high = new long[HASHED_WORDS_MAX];
    long hash = 0;
    for (int i = 0; i < kinds.length; i++) {
      boolean isKnown =
          ColumnWords.bound(types[i], key.get(i), RoundingMode.FLOOR, low, 0)
              && ColumnWords.bound(types[i], key.get(i), RoundingMode.CEILING, high, 0);
      if (!isKnown || !Arrays.equals(low, high)) {
        return false;
      }
      hash = HyperLogLog.mix(hash * 31 + hashed(kinds[i], low));
    }
    out[0] = hash;
    return true;
  }

  /// The word of a value that is hashed, from its words in order.
  private static long hashed(ColumnKind kind, long[] words) {
    return switch (kind) {
      case LONG, BOOL, DOUBLE -> words[0];
      case WIDE -> HyperLogLog.mix(words[1] ^ Long.MIN_VALUE) ^ words[0];
      case STRING -> words[2];
    };
  }

  /// False when a key column is null.
  @Override
  public boolean components(ColumnChunk[] columns, int row, long[] out) {
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
      case DOUBLE -> ColumnWords.sortable(column.doubleAt(row));
      case WIDE -> HyperLogLog.mix(column.wideLowAt(row)) ^ column.wideHighAt(row);
      case STRING -> {
        byte[] bytes = column.bytesAt(row).toArray(Layouts.BYTE);
        yield BytesHash.of(bytes, 0, bytes.length);
      }
    };
  }

  @Override
  public boolean sameKey(ColumnChunk[] left, int leftRow, ColumnChunk[] right, int rightRow) {
    return sameKey(kinds, left, leftRow, right, rightRow);
  }

  static boolean sameKey(
      ColumnKind[] kinds, ColumnChunk[] left, int leftRow, ColumnChunk[] right, int rightRow) {
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
