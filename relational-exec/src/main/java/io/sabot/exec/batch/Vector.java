package io.sabot.exec.batch;

import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A column of a batch, in Arrow memory.
///
/// | kind | data |
/// |---|---|
/// | BOOL | one byte a row, 0 or 1 |
/// | LONG, DECIMAL, TERM | one 64-bit word a row; a wide DECIMAL has a high word in `high` |
/// | DOUBLE | one IEEE double a row |
/// | STRING | a view a row: offset in `bytes` (high 32 bits, unsigned) and length (low 32 bits) |
///
/// Nulls: a TERM is null when it is 0; other kinds have a validity bitmap (Arrow order, 1 = valid)
/// that counts only while {@link #hasNulls}. A vector belongs to the operator that made it and is
/// overwritten by that operator's next batch. Confined to one thread while it is written.
public final class Vector {
  public static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  public static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  public static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  private final Physical kind;
  private final QueryMemory memory;
  private MemorySegment data = MemorySegment.NULL;
  private MemorySegment bytes = MemorySegment.NULL;
  private MemorySegment high = MemorySegment.NULL;
  private MemorySegment validity = MemorySegment.NULL;
  private QueryMemory.@Nullable Buffer dataBuffer;
  private QueryMemory.@Nullable Buffer bytesBuffer;
  private QueryMemory.@Nullable Buffer highBuffer;
  private QueryMemory.@Nullable Buffer validityBuffer;
  private long bytesUsed;
  private boolean hasNulls;
  private boolean wide;

  public Vector(Physical kind, QueryMemory memory) {
    this.kind = kind;
    this.memory = memory;
  }

  public Physical kind() {
    return kind;
  }

  public MemorySegment data() {
    return data;
  }

  public MemorySegment bytes() {
    return bytes;
  }

  public MemorySegment high() {
    return high;
  }

  public MemorySegment validity() {
    return validity;
  }

  /// Whether some row may be null; never true for TERM vectors, whose nulls are in the data.
  public boolean hasNulls() {
    return hasNulls;
  }

  /// Whether a DECIMAL vector has high words.
  public boolean isWide() {
    return wide;
  }

  /// Makes room for `rows` rows and forgets nulls, high words and string bytes. Contents are
  /// undefined.
  public void reset(int rows) {
    ensure(rows, 0);
    hasNulls = false;
    wide = false;
    if (bytesBuffer != null) {
      bytes = bytesBuffer.segment();
    }
    bytesUsed = 0;
  }

  /// Makes room for `rows` rows, keeping the first `used`.
  public void ensure(int rows, int used) {
    long width = kind == Physical.BOOL ? 1 : 8;
    long need = width * rows;
    if (dataBuffer == null || dataBuffer.segment().byteSize() < need) {
      dataBuffer = grow(dataBuffer, data, width * used, need);
      data = dataBuffer.segment();
    }
    if (hasNulls) {
      ensureValidity(rows, used);
    }
    if (wide && highBuffer != null && highBuffer.segment().byteSize() < need) {
      highBuffer = grow(highBuffer, high, width * used, need);
      high = highBuffer.segment();
    }
  }

  private QueryMemory.Buffer grow(
      QueryMemory.@Nullable Buffer old, MemorySegment from, long used, long need) {
    long size = old == null ? need : Math.max(need, 2 * old.segment().byteSize());
    QueryMemory.Buffer fresh = memory.allocate(size);
    if (used > 0) {
      MemorySegment.copy(from, 0, fresh.segment(), 0, Math.min(used, from.byteSize()));
    }
    if (old != null) {
      memory.release(old);
    }
    return fresh;
  }

  private void ensureValidity(int rows, int used) {
    long need = ((long) rows + 63) / 64 * 8;
    if (validityBuffer == null || validityBuffer.segment().byteSize() < need) {
      long keep = validityBuffer == null ? 0 : ((long) used + 63) / 64 * 8;
      long before = validityBuffer == null ? 0 : validityBuffer.segment().byteSize();
      validityBuffer = grow(validityBuffer, validity, keep, need);
      validity = validityBuffer.segment();
      long from = Math.min(before, keep);
      validity.asSlice(from).fill((byte) 0xFF);
    }
  }

  /// Starts to track nulls: all `rows` rows are valid until {@link #setNull}.
  public void trackNulls(int rows) {
    if (kind != Physical.TERM && !hasNulls) {
      ensureValidity(rows, 0);
      validity.asSlice(0, ((long) rows + 63) / 64 * 8).fill((byte) 0xFF);
      hasNulls = true;
    }
  }

  /// Declares that the validity bitmap, filled by the caller for `rows` rows, counts.
  public MemorySegment validityForWrite(int rows) {
    ensureValidity(rows, 0);
    hasNulls = true;
    return validity;
  }

  public void noNulls() {
    hasNulls = false;
  }

  /// Makes one row null. `rows` is the capacity in use.
  public void setNull(int row, int rows) {
    if (kind == Physical.TERM) {
      data.set(LONG, 8L * row, 0L);
      return;
    }
    if (!hasNulls) {
      trackNulls(rows);
    }
    long at = (row >>> 6) * 8L;
    validity.set(LONG, at, validity.get(LONG, at) & ~(1L << (row & 63)));
    if (kind == Physical.STRING) {
      data.set(LONG, 8L * row, 0L);
    }
  }

  public void setValid(int row) {
    if (hasNulls) {
      long at = (row >>> 6) * 8L;
      validity.set(LONG, at, validity.get(LONG, at) | (1L << (row & 63)));
    }
  }

  public boolean isNull(int row) {
    if (kind == Physical.TERM) {
      return data.get(LONG, 8L * row) == 0;
    }
    return hasNulls && (validity.get(LONG, (row >>> 6) * 8L) >>> (row & 63) & 1) == 0;
  }

  public long getLong(int row) {
    return data.get(LONG, 8L * row);
  }

  public void setLong(int row, long value) {
    data.set(LONG, 8L * row, value);
  }

  public double getDouble(int row) {
    return data.get(DOUBLE, 8L * row);
  }

  public void setDouble(int row, double value) {
    data.set(DOUBLE, 8L * row, value);
  }

  public boolean getBool(int row) {
    return data.get(BYTE, row) != 0;
  }

  public void setBool(int row, boolean value) {
    data.set(BYTE, row, value ? (byte) 1 : (byte) 0);
  }

  // ---- strings

  public long stringOffset(int row) {
    return data.get(LONG, 8L * row) >>> 32;
  }

  public int stringLength(int row) {
    return (int) data.get(LONG, 8L * row);
  }

  public void setView(int row, long offset, int length) {
    data.set(LONG, 8L * row, (offset << 32) | length);
  }

  /// Lets the views point into bytes that somebody else owns and keeps for as long as this batch
  /// lives (a column chunk, another vector).
  public void borrowBytes(MemorySegment segment) {
    bytes = segment;
    bytesUsed = segment.byteSize();
  }

  /// Appends bytes and returns their offset. Only on vectors that own their bytes.
  public long appendBytes(MemorySegment from, long offset, int length) {
    long at = reserveBytes(length);
    MemorySegment.copy(from, offset, bytes, at, length);
    return at;
  }

  /// Makes room for `length` more bytes of strings and returns where they start.
  public long reserveBytes(long length) {
    long need = bytesUsed + length;
    if (bytesBuffer == null || bytesBuffer.segment().byteSize() < need) {
      bytesBuffer = grow(bytesBuffer, bytes, bytesUsed, need);
      bytes = bytesBuffer.segment();
    }
    long at = bytesUsed;
    bytesUsed = need;
    return at;
  }

  public long bytesUsed() {
    return bytesUsed;
  }

  /// How many bytes the strings of some rows have together.
  public long stringBytes(int from, int count) {
    long total = 0;
    for (int row = from; row < from + count; row++) {
      total += isNull(row) ? 0 : stringLength(row);
    }
    return total;
  }

  /// How many bytes the strings of the selected rows have together.
  public long stringBytes(int @Nullable [] selection, int count) {
    if (selection == null) {
      return stringBytes(0, count);
    }
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += isNull(selection[i]) ? 0 : stringLength(selection[i]);
    }
    return total;
  }

  // ---- sizes

  /// How much memory the vector holds.
  public long capacityBytes() {
    return size(dataBuffer) + size(bytesBuffer) + size(highBuffer) + size(validityBuffer);
  }

  /// How much memory would be allocated, before anything is given back, to hold `rows` rows and
  /// `moreBytes` more bytes of strings; 0 when there is room.
  public long growthBytes(int rows, long moreBytes) {
    long width = kind == Physical.BOOL ? 1 : 8;
    long growth = growth(dataBuffer, width * rows);
    growth += hasNulls ? growth(validityBuffer, ((long) rows + 63) / 64 * 8) : 0;
    growth += wide ? growth(highBuffer, 8L * rows) : 0;
    return growth + (moreBytes == 0 ? 0 : growth(bytesBuffer, bytesUsed + moreBytes));
  }

  private static long size(QueryMemory.@Nullable Buffer buffer) {
    return buffer == null ? 0 : buffer.segment().byteSize();
  }

  private static long growth(QueryMemory.@Nullable Buffer buffer, long need) {
    long size = size(buffer);
    return need <= size ? 0 : Math.max(need, 2 * size);
  }

  public void setString(int row, byte[] utf8) {
    long at = appendBytes(MemorySegment.ofArray(utf8), 0, utf8.length);
    setView(row, at, utf8.length);
  }

  public String getString(int row) {
    byte[] utf8 = bytes.asSlice(stringOffset(row), stringLength(row)).toArray(BYTE);
    return new String(utf8, java.nio.charset.StandardCharsets.UTF_8);
  }

  // ---- wide decimals

  /// Gives a DECIMAL vector high words, sign-extending the `rows` it has.
  public void widen(int rows, int used) {
    if (wide) {
      return;
    }
    long need = 8L * rows;
    if (highBuffer == null || highBuffer.segment().byteSize() < need) {
      highBuffer = grow(highBuffer, high, 0, need);
    }
    high = highBuffer.segment();
    wide = true;
    for (int row = 0; row < used; row++) {
      high.set(LONG, 8L * row, data.get(LONG, 8L * row) >> 63);
    }
  }

  /// The upper 64 bits of a DECIMAL.
  public long highWord(int row) {
    return wide ? high.get(LONG, 8L * row) : data.get(LONG, 8L * row) >> 63;
  }

  public BigInteger getUnscaled(int row) {
    long low = getLong(row);
    if (!wide) {
      return BigInteger.valueOf(low);
    }
    return BigInteger.valueOf(high.get(LONG, 8L * row))
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(low)));
  }

  /// Writes an unscaled decimal; `rows` is the capacity in use, `used` the rows written so far.
  public void setUnscaled(int row, BigInteger value, int rows, int used) {
    if (value.bitLength() > 63 && !wide) {
      widen(rows, used);
    }
    setLong(row, value.longValue());
    if (wide) {
      high.set(LONG, 8L * row, value.shiftRight(64).longValue());
    }
  }

  // ---- copying

  /// Copies rows of `from` (same kind) to rows `at ...` of this vector. `rows` is the capacity in
  /// use afterwards; string bytes are copied too.
  ///
  /// @param selection which rows of `from`; null for rows 0 to `count - 1`. -1 makes a null row
  public void copyFrom(Vector from, int @Nullable [] selection, int count, int at) {
    ensure(at + count, at);
    if (from.hasNulls && !hasNulls) {
      ensureValidity(at + count, 0);
      validity.fill((byte) 0xFF);
      hasNulls = true;
    }
    switch (kind) {
      case BOOL -> copyBools(from, selection, count, at);
      case LONG, DOUBLE, TERM -> copyWords(from, selection, count, at);
      case DECIMAL -> {
        if (from.wide && !wide) {
          widen(at + count, at);
        }
        copyWords(from, selection, count, at);
        if (wide) {
          copyHighWords(from, selection, count, at);
        }
      }
      case STRING -> copyStrings(from, selection, count, at);
    }
    copyNulls(from, selection, count, at);
  }

  /// Copies one row to row `at`, which must be the next one.
  public void copyRow(Vector from, int row, int at) {
    ensure(at + 1, at);
    if (from.isNull(row)) {
      setLongOrFalse(at);
      if (kind != Physical.TERM && !hasNulls) {
        ensureValidity(at + 1, 0);
        validity.fill((byte) 0xFF);
        hasNulls = true;
      }
      setNull(at, at + 1);
      return;
    }
    setValid(at);
    switch (kind) {
      case BOOL -> setBool(at, from.getBool(row));
      case LONG, DOUBLE, TERM -> setLong(at, from.getLong(row));
      case DECIMAL -> {
        if (from.wide && !wide) {
          widen(at + 1, at);
        }
        setLong(at, from.getLong(row));
        if (wide) {
          high.set(LONG, 8L * at, from.highWord(row));
        }
      }
      case STRING -> {
        int length = from.stringLength(row);
        setView(at, appendBytes(from.bytes, from.stringOffset(row), length), length);
      }
    }
  }

  private void setLongOrFalse(int at) {
    if (kind == Physical.BOOL) {
      setBool(at, false);
    } else {
      setLong(at, 0);
    }
  }

  private void copyNulls(Vector from, int @Nullable [] selection, int count, int at) {
    boolean outer = selection != null && kind != Physical.TERM && hasMissing(selection, count);
    if (!hasNulls && !outer) {
      return;
    }
    if (!hasNulls) {
      ensureValidity(at + count, 0);
      validity.fill((byte) 0xFF);
      hasNulls = true;
    }
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      if (row < 0 || from.isNull(row)) {
        setNull(at + i, at + count);
      } else {
        setValid(at + i);
      }
    }
  }

  private static boolean hasMissing(int[] selection, int count) {
    for (int i = 0; i < count; i++) {
      if (selection[i] < 0) {
        return true;
      }
    }
    return false;
  }

  private void copyBools(Vector from, int @Nullable [] selection, int count, int at) {
    if (selection == null) {
      MemorySegment.copy(from.data, 0, data, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      data.set(BYTE, (long) at + i, row < 0 ? 0 : from.data.get(BYTE, row));
    }
  }

  private void copyWords(Vector from, int @Nullable [] selection, int count, int at) {
    MemorySegment source = from.data;
    MemorySegment target = data;
    if (selection == null) {
      MemorySegment.copy(source, 0, target, 8L * at, 8L * count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      target.set(LONG, 8L * (at + i), row < 0 ? 0 : source.get(LONG, 8L * row));
    }
  }

  private void copyHighWords(Vector from, int @Nullable [] selection, int count, int at) {
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      high.set(LONG, 8L * (at + i), row < 0 ? 0 : from.highWord(row));
    }
  }

  private void copyStrings(Vector from, int @Nullable [] selection, int count, int at) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      total += row < 0 || from.isNull(row) ? 0 : from.stringLength(row);
    }
    long offset = reserveBytes(total);
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      if (row < 0 || from.isNull(row)) {
        setView(at + i, offset, 0);
        continue;
      }
      int length = from.stringLength(row);
      MemorySegment.copy(from.bytes, from.stringOffset(row), bytes, offset, length);
      setView(at + i, offset, length);
      offset += length;
    }
  }

  /// Like {@link #copyFrom} into an empty vector, but strings share the bytes of `from`.
  public void gather(Vector from, int[] selection, int count) {
    reset(count);
    if (kind != Physical.STRING) {
      copyFrom(from, selection, count, 0);
      return;
    }
    borrowBytes(from.bytes);
    copyWords(from, selection, count, 0);
    if (from.hasNulls) {
      trackNulls(count);
    }
    copyNulls(from, selection, count, 0);
  }

  /// Gives the buffers back before the query ends.
  public void release() {
    for (QueryMemory.Buffer buffer :
        new QueryMemory.@Nullable Buffer[] {dataBuffer, bytesBuffer, highBuffer, validityBuffer}) {
      if (buffer != null) {
        memory.release(buffer);
      }
    }
    dataBuffer = null;
    bytesBuffer = null;
    highBuffer = null;
    validityBuffer = null;
    data = MemorySegment.NULL;
    bytes = MemorySegment.NULL;
    high = MemorySegment.NULL;
    validity = MemorySegment.NULL;
    bytesUsed = 0;
    hasNulls = false;
    wide = false;
  }
}
