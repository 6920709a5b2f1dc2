package io.sabot.tck.tpch;

import io.sabot.plan.type.Type;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Values of one column on their way into the store. Holds no nulls: TPC-H has none.
final class ColumnBuffer {
  private final Type type;
  private final ColumnKind kind;
  private long[] longs;
  private int[] offsets;
  private byte[] bytes = new byte[1024];
  private int rows;

  ColumnBuffer(Type type, int capacity) {
    this.type = type;
    this.kind = ColumnKind.of(type);
    this.longs = new long[capacity];
    this.offsets = new int[capacity + 1];
  }

  <E extends TpchEntity> void add(TpchColumn<E> column, E entity) {
    if (kind == ColumnKind.STRING) {
      addText(column.getString(entity));
      return;
    }
    longs[rows++] =
        switch (column.getType().getBase()) {
          case IDENTIFIER -> column.getIdentifier(entity);
          case INTEGER -> column.getInteger(entity);
          case DOUBLE -> TpchData.cents(column.getDouble(entity));
          case DATE -> column.getDate(entity);
          case VARCHAR -> throw new IllegalStateException("text in a column of type " + type);
        };
  }

  private void addText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    int from = offsets[rows];
    if (from + encoded.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (from + encoded.length));
    }
    System.arraycopy(encoded, 0, bytes, from, encoded.length);
    offsets[++rows] = from + encoded.length;
  }

  /// The values so far; the buffer starts anew, in memory of its own.
  ColumnData take() {
    int taken = rows;
    rows = 0;
    if (kind == ColumnKind.STRING) {
      MemorySegment text = MemorySegment.ofArray(bytes);
      MemorySegment ends = MemorySegment.ofArray(offsets);
      bytes = new byte[bytes.length];
      offsets = new int[offsets.length];
      return new ColumnData(kind, taken, text, ends, null);
    }
    MemorySegment values = MemorySegment.ofArray(longs);
    longs = new long[longs.length];
    return new ColumnData(kind, taken, values, null, null);
  }
}
