package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing column in Arrow layout, on the heap.
///
/// Rows are only ever added, and growth replaces the arrays. So a {@link #data} or {@link #chunk}
/// taken earlier keeps showing the rows it had, while the owner goes on appending (one thread).
public final class ColumnBuilder {
  private static final int INITIAL_ROWS = 16;

  private final ColumnKind kind;
  private int rows;
  private int nulls;
  private long[] words;
  private byte[] bytes;
  private int byteCount;
  private int[] offsets;
  private byte @Nullable [] validity;

  public ColumnBuilder(ColumnKind kind) {
    this.kind = kind;
    this.words = kind == ColumnKind.STRING || kind == ColumnKind.BOOL ? new long[0] : new long[16];
    this.bytes = new byte[kind == ColumnKind.STRING ? 64 : kind == ColumnKind.BOOL ? 8 : 0];
    this.offsets = new int[kind == ColumnKind.STRING ? INITIAL_ROWS + 1 : 0];
  }

  public ColumnKind kind() {
    return kind;
  }

  public int rows() {
    return rows;
  }

  public int nulls() {
    return nulls;
  }

  public void appendLong(long value) {
    reserve(1);
    words[rows] = value;
    endRow(true);
  }

  public void appendDouble(double value) {
    reserve(1);
    words[rows] = Double.doubleToRawLongBits(value);
    endRow(true);
  }

  public void appendBool(boolean value) {
    reserve(1);
    if (value) {
      bytes[rows >>> 3] |= (byte) (1 << (rows & 7));
    }
    endRow(true);
  }

  public void appendWide(long low, long high) {
    reserve(1);
    words[2 * rows] = low;
    words[2 * rows + 1] = high;
    endRow(true);
  }

  public void appendString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    appendBytes(utf8, 0, utf8.length);
  }

  public void appendBytes(byte[] source, int from, int length) {
    reserve(1);
    reserveBytes(length);
    System.arraycopy(source, from, bytes, byteCount, length);
    byteCount += length;
    offsets[rows + 1] = byteCount;
    endRow(true);
  }

  public void appendBytes(MemorySegment source, long from, int length) {
    reserve(1);
    reserveBytes(length);
    MemorySegment.copy(source, Layouts.BYTE, from, bytes, byteCount, length);
    byteCount += length;
    offsets[rows + 1] = byteCount;
    endRow(true);
  }

  public void appendNull() {
    reserve(1);
    if (kind == ColumnKind.STRING) {
      offsets[rows + 1] = byteCount;
    }
    endRow(false);
  }

  public void appendNulls(int count) {
    for (int i = 0; i < count; i++) {
      appendNull();
    }
  }

  /// Appends rows `[from, from + count)` of a column of the same kind.
  public void append(ColumnData source, int from, int count) {
    if (source.kind() != kind) {
      throw new IllegalArgumentException("found " + source.kind() + ", expected " + kind);
    }
    reserve(count);
    switch (kind) {
      case LONG, DOUBLE ->
          MemorySegment.copy(source.values(), Layouts.LONG, 8L * from, words, rows, count);
      case WIDE ->
          MemorySegment.copy(source.values(), Layouts.LONG, 16L * from, words, 2 * rows, 2 * count);
      case BOOL -> Bits.copy(source.values(), from, count, MemorySegment.ofArray(bytes), rows);
      case STRING -> appendStrings(source, from, count);
    }
    appendValidity(source, from, count);
    rows += count;
  }

  /// Appends one row of a chunk of the same kind.
  public void append(ColumnChunk source, int row) {
    if (source.isNull(row)) {
      appendNull();
      return;
    }
    switch (kind) {
      case LONG -> appendLong(source.longAt(row));
      case DOUBLE -> appendDouble(source.doubleAt(row));
      case BOOL -> appendBool(source.boolAt(row));
      case WIDE -> appendWide(source.wideLowAt(row), source.wideHighAt(row));
      case STRING -> {
        MemorySegment value = source.bytesAt(row);
        appendBytes(value, 0, (int) value.byteSize());
      }
    }
  }

  private void appendStrings(ColumnData source, int from, int count) {
    MemorySegment sourceOffsets = source.offsets();
    if (sourceOffsets == null) {
      throw new IllegalArgumentException("a STRING column without offsets");
    }
    int start = sourceOffsets.get(Layouts.INT, 4L * from);
    int end = sourceOffsets.get(Layouts.INT, 4L * (from + count));
    reserveBytes(end - start);
    MemorySegment.copy(source.values(), Layouts.BYTE, start, bytes, byteCount, end - start);
    MemorySegment.copy(sourceOffsets, Layouts.INT, 4L * from, offsets, rows, count + 1);
    int shift = byteCount - start;
    for (int i = 0; i <= count; i++) {
      offsets[rows + i] += shift;
    }
    byteCount += end - start;
  }

  private void appendValidity(ColumnData source, int from, int count) {
    MemorySegment sourceValidity = source.validity();
    if (sourceValidity == null) {
      if (validity != null) {
        Bits.fill(MemorySegment.ofArray(validity), rows, count, true);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      boolean valid = Bits.test(sourceValidity, from + i);
      if (!valid) {
        markNull(rows + i);
      } else if (validity != null) {
        validity[(rows + i) >>> 3] |= (byte) (1 << ((rows + i) & 7));
      }
    }
  }

  /// A null slot holds zero, so that kernels that ignore validity read something harmless.
  private void markNull(int row) {
    if (validity == null) {
      validity = new byte[Math.max(8, Bits.bytes(capacity()))];
      Bits.fill(MemorySegment.ofArray(validity), 0, row, true);
    }
    nulls++;
    switch (kind) {
      case LONG, DOUBLE -> words[row] = 0;
      case WIDE -> {
        words[2 * row] = 0;
        words[2 * row + 1] = 0;
      }
      case BOOL -> bytes[row >>> 3] &= (byte) ~(1 << (row & 7));
      case STRING -> {}
    }
  }

  private void endRow(boolean valid) {
    if (!valid) {
      markNull(rows);
    } else if (validity != null) {
      validity[rows >>> 3] |= (byte) (1 << (rows & 7));
    }
    rows++;
  }

  private int capacity() {
    return switch (kind) {
      case LONG, DOUBLE -> words.length;
      case WIDE -> words.length / 2;
      case BOOL -> bytes.length * 8;
      case STRING -> offsets.length - 1;
    };
  }

  private void reserve(int more) {
    int needed = rows + more;
    int capacity = capacity();
    if (needed > capacity) {
      int grown = Math.max(needed, capacity * 2);
      switch (kind) {
        case LONG, DOUBLE -> words = Arrays.copyOf(words, grown);
        case WIDE -> words = Arrays.copyOf(words, 2 * grown);
        case BOOL -> bytes = Arrays.copyOf(bytes, Bits.bytes(grown));
        case STRING -> offsets = Arrays.copyOf(offsets, grown + 1);
      }
    }
    if (validity != null && Bits.bytes(needed) > validity.length) {
      validity = Arrays.copyOf(validity, Math.max(Bits.bytes(needed), validity.length * 2));
    }
  }

  private void reserveBytes(int more) {
    int needed = Math.addExact(byteCount, more);
    if (needed > bytes.length) {
      long grown = Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length));
      bytes = Arrays.copyOf(bytes, (int) grown);
    }
  }

  /// Bytes that the rows so far take.
  public long sizeInBytes() {
    return 8L * words.length + bytes.length + 4L * offsets.length;
  }

  /// The rows so far, without copying.
  public ColumnData data() {
    return new ColumnData(
        kind,
        rows,
        kind == ColumnKind.STRING || kind == ColumnKind.BOOL
            ? MemorySegment.ofArray(bytes)
            : MemorySegment.ofArray(words),
        kind == ColumnKind.STRING ? MemorySegment.ofArray(offsets) : null,
        validity == null ? null : MemorySegment.ofArray(validity));
  }

  /// The rows so far as a chunk without bounds, without copying.
  public ColumnChunk chunk() {
    return new BufferedChunk(kind, rows, nulls, words, bytes, offsets, validity);
  }
}
