package io.sabot.store.segment;

import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is known of a stored segment without reading its chunks. Column ids are ascending.
///
/// Stored as: u8 version (1), u8 packed, unsigned rows, unsigned columns, then per column: signed
/// id, u8 kind, unsigned bytes of the chunk, zone map (unsigned nulls, u8 flags: 1 bounds, 2 lower,
/// 4 upper string bound; i64 min, i64 max; blocks), u8 1 and 512 registers if there is a sketch;
/// CRC32C at the end.
public record SegmentDescriptor(
    long id,
    int rows,
    boolean packed,
    int[] columnIds,
    ColumnKind[] kinds,
    int[] bytes,
    ZoneMap[] zones,
    @Nullable HyperLogLog[] sketches) {
  private static final int VERSION = 1;

  /// @param packed whether all chunks are in one value
  public static SegmentDescriptor of(
      long id, int rows, boolean packed, int[] columnIds, EncodedColumn[] columns) {
    int count = columnIds.length;
    ColumnKind[] kinds = new ColumnKind[count];
    int[] bytes = new int[count];
    ZoneMap[] zones = new ZoneMap[count];
    @Nullable HyperLogLog[] sketches = new HyperLogLog[count];
    for (int i = 0; i < count; i++) {
      kinds[i] = ColumnKind.values()[columns[i].bytes()[1]];
      bytes[i] = columns[i].bytes().length;
      zones[i] = columns[i].zone();
      sketches[i] = columns[i].sketch();
    }
    return new SegmentDescriptor(id, rows, packed, columnIds, kinds, bytes, zones, sketches);
  }

  /// Position of a column, or a negative number.
  public int ordinal(int columnId) {
    return Arrays.binarySearch(columnIds, columnId);
  }

  public int totalBytes() {
    int sum = 0;
    for (int size : bytes) {
      sum += size;
    }
    return sum;
  }

  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    out.u8(VERSION).u8(packed ? 1 : 0).unsigned(rows).unsigned(columnIds.length);
    for (int i = 0; i < columnIds.length; i++) {
      out.signed(columnIds[i]).u8(kinds[i].ordinal()).unsigned(bytes[i]);
      ZoneMap zone = zones[i];
      byte[] min = zone.minBytes();
      byte[] max = zone.maxBytes();
      int flags = (zone.hasBounds() ? 1 : 0) | (min != null ? 2 : 0) | (max != null ? 4 : 0);
      out.unsigned(zone.nulls()).u8(flags).i64(zone.min()).i64(zone.max());
      if (min != null) {
        out.block(min);
      }
      if (max != null) {
        out.block(max);
      }
      HyperLogLog sketch = sketches[i];
      out.u8(sketch == null ? 0 : 1);
      if (sketch != null) {
        out.raw(sketch.registers());
      }
    }
    return out.checked();
  }

  public static SegmentDescriptor decode(long id, byte[] stored) {
    ByteReader in = ByteReader.checked(stored, "the descriptor of segment " + id);
    int version = in.u8();
    if (version != VERSION) {
      throw new IllegalStateException("segment descriptor version " + version);
    }
    boolean packed = in.u8() == 1;
    int rows = in.intValue();
    int count = in.intValue();
    int[] columnIds = new int[count];
    ColumnKind[] kinds = new ColumnKind[count];
    int[] bytes = new int[count];
    ZoneMap[] zones = new ZoneMap[count];
    @Nullable HyperLogLog[] sketches = new HyperLogLog[count];
    for (int i = 0; i < count; i++) {
      columnIds[i] = (int) in.signed();
      kinds[i] = ColumnKind.values()[in.u8()];
      bytes[i] = in.intValue();
      int nulls = in.intValue();
      int flags = in.u8();
      long min = in.i64();
      long max = in.i64();
      byte[] minBytes = (flags & 2) != 0 ? in.block() : null;
      byte[] maxBytes = (flags & 4) != 0 ? in.block() : null;
      zones[i] = new ZoneMap(rows, nulls, (flags & 1) != 0, min, max, minBytes, maxBytes);
      sketches[i] = in.u8() == 1 ? new HyperLogLog(in.raw(HyperLogLog.BYTES)) : null;
    }
    return new SegmentDescriptor(id, rows, packed, columnIds, kinds, bytes, zones, sketches);
  }
}
