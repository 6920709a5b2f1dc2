package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import java.math.RoundingMode;
import java.util.List;

/// The entries of a secondary index of a table: the words of each column in turn (see {@link
/// ColumnWords}), then the row address. A row whose first column is null has none.
///
/// The set is stored as every {@link io.sabot.store.tuple.TupleSet}: blocks of 4096 sorted tuples
/// in DATA, runs of later changes in MANIFEST, each with a version and a checksum.
final class IndexCodec implements RowCodec, EntryCodec {
  private final List<Integer> columnIds;
  private final ColumnKind[] kinds;
  private final Type[] types;
  private final int length;

  IndexCodec(TableDef table, List<Integer> columnIds) {
    this.columnIds = columnIds;
    this.kinds = new ColumnKind[columnIds.size()];
    this.types = new Type[columnIds.size()];
    int words = 0;
    for (int i = 0; i < kinds.length; i++) {
      types[i] = table.column(columnIds.get(i)).type();
      kinds[i] = ColumnKind.of(types[i]);
      words += ColumnWords.count(kinds[i]);
    }
    this.length = words;
  }

  @Override
  public List<Integer> columnIds() {
    return columnIds;
  }

  @Override
  public ColumnKind kind(int position) {
    return kinds[position];
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int arity() {
    return length + 1;
  }

  @Override
  public int width() {
    return kinds.length;
  }

  @Override
  public int words(int position) {
    return ColumnWords.count(kinds[position]);
  }

  @Override
  public int orderedWords(int position) {
    return ColumnWords.ordered(kinds[position]);
  }

  /// Nulls and long strings share words.
  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public boolean bound(int position, Value value, RoundingMode mode, long[] out, int at) {
    return ColumnWords.bound(types[position], value, mode, out, at);
  }

  @Override
  public boolean point(List<Value> key, long[] out) {
    return false;
  }

  @Override
  public boolean components(ColumnChunk[] columns, int row, long[] out) {
    if (columns[0].isNull(row)) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < kinds.length; i++) {
      ColumnWords.write(columns[i], kinds[i], row, out, at);
      at += ColumnWords.count(kinds[i]);
    }
    return true;
  }

  @Override
  public boolean sameKey(ColumnChunk[] left, int leftRow, ColumnChunk[] right, int rightRow) {
    return KeyCodec.sameKey(kinds, left, leftRow, right, rightRow);
  }
}
