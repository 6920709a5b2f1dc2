package io.sabot.store;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.type.Type;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Layouts;
import io.sabot.store.segment.Segment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A small table `(id BIGINT PRIMARY KEY, name STRING UNIQUE, parent BIGINT REFERENCES itself)` for
/// tests.
final class TestTables {
  private TestTables() {}

  static int create(Store store) {
    try (Transaction transaction = store.begin()) {
      int id = transaction.catalog().nextId();
      transaction.catalog().createTable(definition(id));
      transaction.commit();
      return id;
    }
  }

  static TableDef definition(int id) {
    return new TableDef(
        id,
        "main",
        "item" + id,
        List.of(
            new ColumnDef(0, "id", Type.INT64, false),
            new ColumnDef(1, "name", Type.STRING, true),
            new ColumnDef(2, "parent", Type.INT64, true)),
        List.of(0),
        List.of(List.of(1)),
        List.of(new ForeignKeyDef("parent_of", List.of(2), id, List.of(0))));
  }

  /// @param row id, name or null, parent or null
  static ColumnData[] rows(@Nullable Object[]... row) {
    ColumnBuilder ids = new ColumnBuilder(ColumnKind.LONG);
    ColumnBuilder names = new ColumnBuilder(ColumnKind.STRING);
    ColumnBuilder parents = new ColumnBuilder(ColumnKind.LONG);
    for (@Nullable Object[] values : row) {
      ids.appendLong(((Number) Objects.requireNonNull(values[0])).longValue());
      if (values[1] instanceof String name) {
        names.appendString(name);
      } else {
        names.appendNull();
      }
      if (values[2] instanceof Number parent) {
        parents.appendLong(parent.longValue());
      } else {
        parents.appendNull();
      }
    }
    return new ColumnData[] {ids.data(), names.data(), parents.data()};
  }

  static @Nullable Object[] row(long id, @Nullable String name, @Nullable Object parent) {
    return new @Nullable Object[] {id, name, parent};
  }

  static void insert(Transaction transaction, int table, @Nullable Object[]... rows) {
    transaction.table(table).append(rows(rows), rows.length);
  }

  static int delete(Transaction transaction, int table, long... ids) {
    int deleted = 0;
    for (long id : ids) {
      long address = address(transaction.view(), table, id);
      deleted += transaction.table(table).delete(new long[] {address}, 1);
    }
    return deleted;
  }

  static void rename(Transaction transaction, int table, long id, String name) {
    long address = address(transaction.view(), table, id);
    ColumnBuilder names = new ColumnBuilder(ColumnKind.STRING);
    names.appendString(name);
    transaction
        .table(table)
        .update(new long[] {address}, 1, new int[] {1}, new ColumnData[] {names.data()});
  }

  static long address(Snapshot snapshot, int table, long id) {
    return snapshot.table(table).primaryKey().orElseThrow().lookup(id);
  }

  /// id -> name, by scanning.
  static SortedMap<Long, String> names(Snapshot snapshot, int table) {
    SortedMap<Long, String> names = new TreeMap<>();
    for (Segment segment : snapshot.table(table).segments()) {
      ColumnChunk ids = segment.column(0);
      ColumnChunk texts = segment.column(1);
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row)) {
          String name =
              texts.isNull(row)
                  ? ""
                  : new String(texts.bytesAt(row).toArray(Layouts.BYTE), StandardCharsets.UTF_8);
          if (names.put(ids.longAt(row), name) != null) {
            throw new AssertionError("id " + ids.longAt(row) + " twice");
          }
        }
      }
    }
    return names;
  }

  static SortedMap<Long, String> names(Store store, int table) {
    try (Snapshot snapshot = store.snapshot()) {
      return names(snapshot, table);
    }
  }
}
