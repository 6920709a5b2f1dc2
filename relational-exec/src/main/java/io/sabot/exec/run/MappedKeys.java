package io.sabot.exec.run;

import io.sabot.exec.batch.Cells;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.store.KeyIndex;
import io.sabot.store.Snapshot;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of tables by the values of their primary key.
final class MappedKeys {
  private MappedKeys() {}

  static MappedRows.@Nullable Row find(Snapshot snapshot, TableDef table, List<Value> key) {
    KeyIndex index = snapshot.table(table.id()).primaryKey().orElse(null);
    if (index == null) {
      return null;
    }
    ColumnData[] columns = new ColumnData[key.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(key.get(i), table.column(table.primaryKey().get(i)).type());
    }
    long[] addresses = new long[1];
    index.lookup(columns, 1, addresses);
    return addresses[0] < 0 ? null : new MappedRows.Row(table, addresses[0]);
  }

  private static ColumnData column(Value value, Type type) {
    ColumnKind kind = ColumnKind.of(type);
    return switch (kind) {
      case LONG -> ColumnData.longs(new long[] {word(value, type)}, 1);
      case DOUBLE ->
          new ColumnData(kind, 1, MemorySegment.ofArray(new double[] {real(value)}), null, null);
      case STRING -> {
        byte[] bytes = ((Value.Str) value).value().getBytes(StandardCharsets.UTF_8);
        MemorySegment offsets = MemorySegment.ofArray(new int[] {0, bytes.length});
        yield new ColumnData(kind, 1, MemorySegment.ofArray(bytes), offsets, null);
      }
      case BOOL, WIDE ->
          throw Errors.unsupported(null, "looking up a row by a key column of type " + type);
    };
  }

  private static long word(Value value, Type type) {
    return type instanceof Type.Decimal decimal
        ? Cells.unscaled(value, decimal).longValueExact()
        : Cells.asLong(value, type);
  }

  private static double real(Value value) {
    return io.sabot.plan.value.Numbers.toDouble(value);
  }
}
