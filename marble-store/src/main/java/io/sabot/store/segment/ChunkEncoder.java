package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Chooses an encoding for a column and writes it as {@link ChunkFormat} says.
public final class ChunkEncoder {
  /// Below this a sketch costs more than scanning the values when they are asked for.
  private static final int SKETCH_ROWS_MIN = 4096;

  private final ColumnData source;
  private final int from;
  private final int rows;
  private final int nulls;
  private final @Nullable HyperLogLog sketch;

  private ChunkEncoder(ColumnData source, int from, int rows) {
    this.source = source;
    this.from = from;
    this.rows = rows;
    this.nulls = countNulls();
    this.sketch = rows >= SKETCH_ROWS_MIN ? new HyperLogLog() : null;
  }

  /// Encodes rows `[from, from + rows)`.
  public static EncodedColumn encode(ColumnData source, int from, int rows) {
    ChunkEncoder encoder = new ChunkEncoder(source, from, rows);
    if (encoder.nulls == rows) {
      return encoder.allNull();
    }
    return switch (source.kind()) {
      case LONG -> encoder.longs();
      case DOUBLE -> encoder.doubles();
      case BOOL -> encoder.bools();
      case STRING -> new StringEncoder(encoder, source, from, rows).encode();
      case WIDE -> encoder.wides();
    };
  }

  private int countNulls() {
    MemorySegment validity = source.validity();
    if (validity == null) {
      return 0;
    }
    int count = 0;
    for (int i = 0; i < rows; i++) {
      count += Bits.test(validity, from + i) ? 0 : 1;
    }
    return count;
  }

  boolean isNull(int row) {
    return nulls != 0 && source.isNull(from + row);
  }

  int nulls() {
    return nulls;
  }

  @Nullable HyperLogLog sketch() {
    return sketch;
  }

  private EncodedColumn allNull() {
    ChunkWriter writer = new ChunkWriter(source.kind(), Encoding.CONST, 0, 0);
    return new EncodedColumn(writer.finish(ZoneMap.allNull(rows)), ZoneMap.allNull(rows), sketch);
  }

  /// Starts a chunk with room for `payload` bytes after the validity bits, and writes those.
  ChunkWriter writer(Encoding encoding, long payload, ZoneMap zone) {
    int bounds =
        (zone.minBytes() == null ? 0 : zone.minBytes().length)
            + (zone.maxBytes() == null ? 0 : zone.maxBytes().length);
    long validityBytes = nulls == 0 ? 0 : Memory.pad8(Bits.bytes(rows));
    ChunkWriter writer =
        new ChunkWriter(source.kind(), encoding, bounds, Math.addExact(validityBytes, payload));
    MemorySegment validity = source.validity();
    if (nulls != 0 && validity != null) {
      writer.validity(validity, from, rows);
    }
    return writer;
  }

  private EncodedColumn longs() {
    long[] values = new long[rows];
    MemorySegment.copy(source.values(), Layouts.LONG, 8L * from, values, 0, rows);
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < rows; i++) {
      if (nulls == 0 || !isNull(i)) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      } else {
        values[i] = 0;
      }
    }
    sketch(values);
    ZoneMap zone = new ZoneMap(rows, nulls, true, min, max, null, null);
    if (min == max) {
      ChunkWriter writer = writer(Encoding.CONST, 0, zone);
      writer.base(min, 0);
      return new EncodedColumn(writer.finish(zone), zone, sketch);
    }
    return frameOfReference(values, zone);
  }

  private EncodedColumn frameOfReference(long[] values, ZoneMap zone) {
    long base = nulls == 0 ? zone.min() : zone.min() - 1;
    long range = zone.max() - base;
    boolean overflow = base > zone.min() || range < 0;
    int width = overflow ? 8 : range < 1 << 8 ? 1 : range < 1 << 16 ? 2 : range < 1L << 32 ? 4 : 8;
    if (width == 8) {
      return rawWords(values, zone);
    }
    ChunkWriter writer = writer(Encoding.FOR, (long) width * rows, zone);
    writer.base(base, width);
    for (int i = 0; i < rows; i++) {
      writer.code(width, isNull(i) ? 0 : values[i] - base);
    }
    return new EncodedColumn(writer.finish(zone), zone, sketch);
  }

  private EncodedColumn rawWords(long[] values, ZoneMap zone) {
    ChunkWriter writer = writer(Encoding.RAW, 8L * values.length, zone);
    writer.words(values);
    return new EncodedColumn(writer.finish(zone), zone, sketch);
  }

  private void sketch(long[] values) {
    if (sketch != null) {
      for (int i = 0; i < rows; i++) {
        if (nulls == 0 || !isNull(i)) {
          sketch.add(values[i]);
        }
      }
    }
  }

  private EncodedColumn doubles() {
    long[] bits = new long[rows];
    MemorySegment.copy(source.values(), Layouts.LONG, 8L * from, bits, 0, rows);
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    boolean bounded = true;
    boolean same = true;
    long first = 0;
    boolean any = false;
    for (int i = 0; i < rows; i++) {
      if (isNull(i)) {
        bits[i] = 0;
        continue;
      }
      same &= !any || bits[i] == first;
      first = any ? first : bits[i];
      any = true;
      double value = Double.longBitsToDouble(bits[i]);
      bounded &= !Double.isNaN(value);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    sketch(bits);
    ZoneMap zone =
        bounded
            ? new ZoneMap(
                rows,
                nulls,
                true,
                Double.doubleToRawLongBits(min),
                Double.doubleToRawLongBits(max),
                null,
                null)
            : ZoneMap.unknown(rows, nulls);
    if (same) {
      ChunkWriter writer = writer(Encoding.CONST, 0, zone);
      writer.base(first, 0);
      return new EncodedColumn(writer.finish(zone), zone, sketch);
    }
    return rawWords(bits, zone);
  }

  private EncodedColumn bools() {
    byte[] bits = new byte[Bits.bytes(rows)];
    int trues = 0;
    for (int i = 0; i < rows; i++) {
      if (!isNull(i) && Bits.test(source.values(), from + i)) {
        bits[i >>> 3] |= (byte) (1 << (i & 7));
        trues++;
      }
    }
    int falses = rows - nulls - trues;
    long min = falses > 0 ? 0 : 1;
    long max = trues > 0 ? 1 : 0;
    if (sketch != null) {
      sketch.add(min);
      sketch.add(max);
    }
    ZoneMap zone = new ZoneMap(rows, nulls, true, min, max, null, null);
    if (min == max) {
      ChunkWriter writer = writer(Encoding.CONST, 0, zone);
      writer.base(min, 0);
      return new EncodedColumn(writer.finish(zone), zone, sketch);
    }
    ChunkWriter writer = writer(Encoding.RAW, bits.length, zone);
    writer.bytes(bits, 0, bits.length);
    return new EncodedColumn(writer.finish(zone), zone, sketch);
  }

  private EncodedColumn wides() {
    long[] pairs = new long[2 * rows];
    MemorySegment.copy(source.values(), Layouts.LONG, 16L * from, pairs, 0, 2 * rows);
    int first = -1;
    boolean same = true;
    for (int i = 0; i < rows; i++) {
      if (isNull(i)) {
        Arrays.fill(pairs, 2 * i, 2 * i + 2, 0);
        continue;
      }
      first = first < 0 ? i : first;
      same &= pairs[2 * i] == pairs[2 * first] && pairs[2 * i + 1] == pairs[2 * first + 1];
      if (sketch != null) {
        sketch.add(HyperLogLog.mix(pairs[2 * i]) ^ pairs[2 * i + 1]);
      }
    }
    ZoneMap zone = ZoneMap.unknown(rows, nulls);
    if (same) {
      ChunkWriter writer = writer(Encoding.CONST, 8, zone);
      writer.base(pairs[2 * first], 0);
      writer.words(new long[] {pairs[2 * first + 1]});
      return new EncodedColumn(writer.finish(zone), zone, sketch);
    }
    return rawWords(pairs, zone);
  }
}
