package io.sabot.engine.io;

import io.sabot.plan.type.Type;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects the values of one column until there are enough for a batch of the store.
///
/// Values come as the engine's physical form: dates in days, timestamps in microseconds, decimals
/// as unscaled numbers.
public final class ColumnBuffer {
  private final ColumnKind kind;
  private final int capacity;
  private final long[] longs;
  private final byte[] bits;
  private final int[] offsets;
  private final byte[] validity;
  private byte[] text;
  private boolean anyNull;
  private int rows;

  public ColumnBuffer(Type type, int capacity) {
    this.kind = ColumnKind.of(type);
    this.capacity = capacity;
    this.longs = new long[kind == ColumnKind.WIDE ? 2 * capacity : isWords() ? capacity : 0];
    this.bits = new byte[kind == ColumnKind.BOOL ? (capacity + 7) / 8 : 0];
    this.offsets = new int[kind == ColumnKind.STRING ? capacity + 1 : 0];
    this.text = new byte[kind == ColumnKind.STRING ? 16 * capacity : 0];
    this.validity = new byte[(capacity + 7) / 8];
  }

  private boolean isWords() {
    return kind == ColumnKind.LONG || kind == ColumnKind.DOUBLE;
  }

  public int rows() {
    return rows;
  }

  public boolean isFull() {
    return rows == capacity;
  }

  /// Whether values are added as {@link #addLong} takes them.
  boolean holdsLongs() {
    return kind == ColumnKind.LONG;
  }

  public void addNull() {
    anyNull = true;
    switch (kind) {
      case LONG, DOUBLE -> longs[rows] = 0;
      case WIDE -> setWide(0, 0);
      case STRING -> offsets[rows + 1] = offsets[rows];
      case BOOL -> {}
    }
    rows++;
  }

  public void addLong(long value) {
    longs[rows] = value;
    present();
  }

  public void addDouble(double value) {
    addLong(Double.doubleToRawLongBits(value));
  }

  public void addBool(boolean value) {
    if (value) {
      bits[rows >> 3] |= (byte) (1 << (rows & 7));
    }
    present();
  }

  public void addDecimal(BigDecimal scaled) {
    if (kind == ColumnKind.LONG) {
      addLong(scaled.unscaledValue().longValueExact());
      return;
    }
    setWide(scaled.unscaledValue().longValue(), scaled.unscaledValue().shiftRight(64).longValue());
    present();
  }

  public void addString(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int start = offsets[rows];
    int end = Math.addExact(start, bytes.length);
    if (end > text.length) {
      text = Arrays.copyOf(text, Math.max(end, (int) Math.min(Integer.MAX_VALUE - 8, 2L * end)));
    }
    System.arraycopy(bytes, 0, text, start, bytes.length);
    offsets[rows + 1] = end;
    present();
  }

  private void setWide(long low, long high) {
    longs[2 * rows] = low;
    longs[2 * rows + 1] = high;
  }

  private void present() {
    validity[rows >> 3] |= (byte) (1 << (rows & 7));
    rows++;
  }

  /// Forgets the last row.
  void removeLast() {
    rows--;
    int mask = ~(1 << (rows & 7));
    validity[rows >> 3] &= (byte) mask;
    if (kind == ColumnKind.BOOL) {
      bits[rows >> 3] &= (byte) mask;
    }
  }

  /// The batch; valid until the buffer is changed.
  public ColumnData data() {
    MemorySegment values =
        switch (kind) {
          case LONG, DOUBLE, WIDE -> MemorySegment.ofArray(longs);
          case BOOL -> MemorySegment.ofArray(bits);
          case STRING -> MemorySegment.ofArray(text);
        };
    @Nullable MemorySegment starts =
        kind == ColumnKind.STRING ? MemorySegment.ofArray(offsets) : null;
    return new ColumnData(
        kind, rows, values, starts, anyNull ? MemorySegment.ofArray(validity) : null);
  }

  public void clear() {
    rows = 0;
    anyNull = false;
    Arrays.fill(validity, (byte) 0);
    Arrays.fill(bits, (byte) 0);
  }
}
