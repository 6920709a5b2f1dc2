package io.sabot.store;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import java.util.SortedMap;

/// The parts of the catalog that its first versions did not have, each a count and its items:
/// sequences (id, schema, name, start, increment, least, largest, u8 cycle, owner), values of
/// columns (table, column, u8 kind, then a text, or a sequence and u8 always), the next column ids
/// of tables (table, id) and comments (name, text).
final class CatalogExtras {
  private static final int DEFAULT = 0;
  private static final int GENERATED = 1;
  private static final int IDENTITY = 2;

  private CatalogExtras() {}

  static void write(ByteWriter out, CatalogData catalog) {
    out.unsigned(catalog.sequences().size());
    for (SequenceDef s : catalog.sequences().values()) {
      out.unsigned(s.id()).text(s.schema()).text(s.name());
      out.signed(s.start()).signed(s.increment()).signed(s.min()).signed(s.max());
      out.u8(s.cycle() ? 1 : 0).unsigned(s.ownerTable());
    }
    values(out, catalog);
    out.unsigned(catalog.tables().size());
    catalog.tables().values().forEach(t -> out.unsigned(t.id()).unsigned(t.nextColumn()));
    out.unsigned(catalog.comments().size());
    catalog.comments().forEach((name, text) -> out.text(name).text(text));
  }

  private static void values(ByteWriter out, CatalogData catalog) {
    long count = 0;
    for (TableDef table : catalog.tables().values()) {
      count += table.columns().stream().filter(c -> c.value() != null).count();
    }
    out.unsigned(count);
    for (TableDef table : catalog.tables().values()) {
      for (ColumnDef column : table.columns()) {
        ColumnValue value = column.value();
        if (value != null) {
          value(out.unsigned(table.id()).signed(column.id()), value);
        }
      }
    }
  }

  private static void value(ByteWriter out, ColumnValue value) {
    switch (value) {
      case ColumnValue.Default(String expression) -> out.u8(DEFAULT).text(expression);
      case ColumnValue.Generated(String expression) -> out.u8(GENERATED).text(expression);
      case ColumnValue.Identity(int sequence, boolean always) ->
          out.u8(IDENTITY).unsigned(sequence).u8(always ? 1 : 0);
    }
  }

  static void read(
      ByteReader in,
      SortedMap<Integer, TableDef> tables,
      SortedMap<Integer, SequenceDef> sequences,
      SortedMap<String, String> comments) {
    int count = in.intValue();
    for (int i = 0; i < count; i++) {
      SequenceDef sequence =
          new SequenceDef(
              in.intValue(),
              in.text(),
              in.text(),
              in.signed(),
              in.signed(),
              in.signed(),
              in.signed(),
              in.u8() == 1,
              in.intValue());
      sequences.put(sequence.id(), sequence);
    }
    count = in.intValue();
    for (int i = 0; i < count; i++) {
      int tableId = in.intValue();
      int columnId = (int) in.signed();
      ColumnValue value = value(in);
      tables.computeIfPresent(
          tableId, (id, table) -> table.withColumn(table.column(columnId).withValue(value)));
    }
    count = in.intValue();
    for (int i = 0; i < count; i++) {
      int tableId = in.intValue();
      int next = in.intValue();
      tables.computeIfPresent(tableId, (id, table) -> table.withColumns(table.columns(), next));
    }
    count = in.intValue();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      comments.put(name, in.text());
    }
  }

  private static ColumnValue value(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case DEFAULT -> new ColumnValue.Default(in.text());
      case GENERATED -> new ColumnValue.Generated(in.text());
      case IDENTITY -> new ColumnValue.Identity(in.intValue(), in.u8() == 1);
      default -> throw new IllegalStateException("value of a column of unknown kind " + kind);
    };
  }
}
