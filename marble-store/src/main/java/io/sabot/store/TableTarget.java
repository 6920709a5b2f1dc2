package io.sabot.store;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.segment.Bits;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Segment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes rows of a table of the catalog and keeps its keys.
final class TableTarget implements TableWriter {
  private final StoreTransaction transaction;
  private final TableDef definition;
  private final TableChanges changes;
  private final int[] columnIds;
  private final List<RowSet> sets;

  TableTarget(
      StoreTransaction transaction, TableDef definition, TableChanges changes, List<RowSet> sets) {
    this.transaction = transaction;
    this.definition = definition;
    this.changes = changes;
    this.columnIds = definition.columns().stream().mapToInt(ColumnDef::id).toArray();
    this.sets = List.copyOf(sets);
  }

  TableDef definition() {
    return definition;
  }

  /// What is kept for the rows: keys and indexes.
  List<RowSet> sets() {
    return sets;
  }

  @Override
  public void append(ColumnData[] columns, int rows) {
    transaction.checkActive();
    check(columns, rows);
    for (int from = 0; from < rows; ) {
      int count = Math.min(rows - from, changes.room());
      long address = changes.append(columnIds, columns, from, count);
      indexRows(columns, from, count, address);
      from += count;
    }
  }

  private void check(ColumnData[] columns, int rows) {
    if (columns.length != columnIds.length) {
      throw new IllegalArgumentException(
          "found " + columns.length + " columns, expected " + columnIds.length);
    }
    for (int i = 0; i < columns.length; i++) {
      ColumnDef column = definition.columns().get(i);
      ColumnKind kind = ColumnKind.of(column.type());
      if (columns[i].kind() != kind || columns[i].rows() < rows) {
        throw new IllegalArgumentException(
            "column '"
                + column.name()
                + "': found "
                + columns[i].rows()
                + " rows of "
                + columns[i].kind()
                + ", expected "
                + rows
                + " of "
                + kind);
      }
      boolean required = !column.nullable() || definition.primaryKey().contains(column.id());
      if (required && hasNull(columns[i], rows)) {
        throw notNull(column);
      }
    }
  }

  private static boolean hasNull(ColumnData column, int rows) {
    var validity = column.validity();
    return validity != null && Bits.countZeros(validity, rows) > 0;
  }

  QueryException notNull(ColumnDef column) {
    return new QueryException(
        ErrorCode.NOT_NULL_VIOLATION,
        null,
        "column '" + column.name() + "' of table '" + definition.name() + "' must not be null",
        "give it a value");
  }

  private void indexRows(ColumnData[] columns, int from, int rows, long firstAddress) {
    for (RowSet set : sets) {
      RowCodec codec = set.codec();
      ColumnChunk[] chunks = new ColumnChunk[codec.columnIds().size()];
      for (int i = 0; i < chunks.length; i++) {
        int position = position(codec.columnIds().get(i));
        ColumnBuilder builder = new ColumnBuilder(codec.kind(i));
        builder.append(columns[position], from, rows);
        chunks[i] = builder.chunk();
      }
      SpaceChanges space = transaction.space(set.space(), codec.arity());
      long[] tuple = new long[codec.arity()];
      for (int row = 0; row < rows; row++) {
        if (codec.components(chunks, row, tuple)) {
          tuple[codec.length()] = firstAddress + row;
          space.log().add(false, tuple);
        }
      }
    }
  }

  private int position(int columnId) {
    for (int i = 0; i < columnIds.length; i++) {
      if (columnIds[i] == columnId) {
        return i;
      }
    }
    throw new IllegalArgumentException("no column " + columnId);
  }

  @Override
  public int delete(long[] addresses, int count) {
    transaction.checkActive();
    StateTableReader reader = transaction.reader(changes);
    int done = 0;
    for (int i = 0; i < count; i++) {
      if (changes.delete(addresses[i])) {
        done++;
        unindex(reader, addresses[i]);
      }
    }
    return done;
  }

  private void unindex(StateTableReader reader, long address) {
    for (RowSet set : sets) {
      RowCodec codec = set.codec();
      ColumnChunk[] chunks = chunks(reader, codec, address);
      long[] tuple = new long[codec.arity()];
      if (codec.components(chunks, Segment.row(address), tuple)) {
        tuple[codec.length()] = address;
        transaction.space(set.space(), codec.arity()).log().add(true, tuple);
      }
    }
  }

  static ColumnChunk[] chunks(StateTableReader reader, RowCodec codec, long address) {
    ColumnChunk[] chunks = new ColumnChunk[codec.columnIds().size()];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = reader.chunk(Segment.segmentId(address), codec.columnIds().get(i));
    }
    return chunks;
  }

  @Override
  public void update(long[] addresses, int count, int[] changedIds, ColumnData[] columns) {
    transaction.checkActive();
    StateTableReader reader = transaction.reader(changes);
    ColumnData[] rows = new ColumnData[columnIds.length];
    for (int c = 0; c < columnIds.length; c++) {
      int changed = indexOf(changedIds, columnIds[c]);
      if (changed >= 0) {
        rows[c] = columns[changed];
      } else {
        ColumnBuilder builder =
            new ColumnBuilder(ColumnKind.of(definition.columns().get(c).type()));
        reader.gather(columnIds[c], addresses, count, builder);
        rows[c] = builder.data();
      }
    }
    check(rows, count);
    if (delete(addresses, count) != count) {
      throw new IllegalArgumentException("an update of rows that are not visible, or twice");
    }
    append(rows, count);
  }

  private static int indexOf(int[] ids, int id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void truncate() {
    transaction.checkActive();
    StateTableReader reader = transaction.reader(changes);
    for (Segment segment : reader.segments()) {
      long[] addresses = new long[segment.liveCount()];
      int count = 0;
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row)) {
          addresses[count++] = segment.address(row);
        }
      }
      delete(addresses, count);
    }
  }

  /// Checks columns that an ALTER TABLE made NOT NULL; enters all rows into `fresh` sets.
  void reindex(List<RowSet> fresh) {
    StateTableReader reader = transaction.reader(changes);
    Set<Integer> required = new HashSet<>(definition.primaryKey());
    definition.columns().stream().filter(c -> !c.nullable()).forEach(c -> required.add(c.id()));
    for (Segment segment : reader.segments()) {
      for (int columnId : required) {
        checkNotNull(segment, definition.column(columnId));
      }
      for (RowSet set : fresh) {
        index(segment, set);
      }
    }
  }

  private void checkNotNull(Segment segment, ColumnDef column) {
    ColumnChunk chunk = segment.column(column.id());
    for (int row = 0; chunk.nullCount() > 0 && row < segment.rowCount(); row++) {
      if (segment.isLive(row) && chunk.isNull(row)) {
        throw notNull(column);
      }
    }
  }

  private void index(Segment segment, RowSet set) {
    RowCodec codec = set.codec();
    ColumnChunk[] chunks = new ColumnChunk[codec.columnIds().size()];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = segment.column(codec.columnIds().get(i));
    }
    SpaceChanges space = transaction.space(set.space(), codec.arity());
    long[] tuple = new long[codec.arity()];
    for (int row = 0; row < segment.rowCount(); row++) {
      if (segment.isLive(row) && codec.components(chunks, row, tuple)) {
        tuple[codec.length()] = segment.address(row);
        space.log().add(false, tuple);
      }
    }
  }
}
