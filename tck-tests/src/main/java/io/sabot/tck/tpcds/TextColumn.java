package io.sabot.tck.tpcds;

import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import io.trino.tpcds.column.ColumnType;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values of one column, which the generator gives as text, on their way into the store.
final class TextColumn {
  private final ColumnType type;
  private final ColumnKind kind;
  private long[] longs;
  private int[] offsets;
  private byte[] bytes = new byte[1024];
  private byte[] validity;
  private int rows;

  TextColumn(ColumnType type, int capacity) {
    this.type = type;
    this.kind =
        switch (type.getBase()) {
          case VARCHAR, CHAR -> ColumnKind.STRING;
          case INTEGER, IDENTIFIER, DATE, DECIMAL, TIME -> ColumnKind.LONG;
        };
    this.longs = new long[capacity];
    this.offsets = new int[capacity + 1];
    this.validity = new byte[(capacity + 7) / 8];
  }

  void add(@Nullable String text) {
    if (text != null) {
      validity[rows >> 3] |= (byte) (1 << (rows & 7));
    }
    if (kind == ColumnKind.STRING) {
      addText(text == null ? "" : text);
    } else {
      longs[rows++] = text == null ? 0 : number(text);
    }
  }

  private long number(String text) {
    return switch (type.getBase()) {
      case INTEGER, IDENTIFIER -> Long.parseLong(text);
      case DATE -> LocalDate.parse(text).toEpochDay();
      case DECIMAL ->
          new BigDecimal(text).setScale(type.getScale().orElse(0)).unscaledValue().longValueExact();
      case VARCHAR, CHAR, TIME ->
          throw new IllegalStateException("no number in a column of type " + type.getBase());
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

  /// The values so far; the column starts anew, in memory of its own.
  ColumnData take() {
    int taken = rows;
    rows = 0;
    MemorySegment known = MemorySegment.ofArray(validity);
    validity = new byte[validity.length];
    if (kind == ColumnKind.STRING) {
      MemorySegment text = MemorySegment.ofArray(bytes);
      MemorySegment ends = MemorySegment.ofArray(offsets);
      bytes = new byte[bytes.length];
      offsets = new int[offsets.length];
      return new ColumnData(kind, taken, text, ends, known);
    }
    MemorySegment values = MemorySegment.ofArray(longs);
    longs = new long[longs.length];
    return new ColumnData(kind, taken, values, null, known);
  }
}
