package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Encodes strings: one value, a dictionary when values repeat, otherwise offsets and bytes.
final class StringEncoder {
  private static final int BOUND_BYTES_MAX = 32;

  /// Rows after which a column with hardly any repetition is given up as a dictionary.
  private static final int PROBE_ROWS = 4096;

  private static final int DICTIONARY_SIZE_MAX = 1 << 16;

  private final ChunkEncoder chunk;
  private final int rows;
  private final byte[] bytes;
  private final int[] starts;
  private int[] codes;
  private int[] firstRows = new int[64];
  private int[] slots = new int[256];
  private long[] hashes = new long[64];
  private int distinct;

  StringEncoder(ChunkEncoder chunk, ColumnData source, int from, int rows) {
    this.chunk = chunk;
    this.rows = rows;
    this.codes = new int[rows];
    this.starts = new int[rows + 1];
    MemorySegment offsets = source.offsets();
    if (offsets == null) {
      throw new IllegalArgumentException("a STRING column without offsets");
    }
    int base = offsets.get(Layouts.INT, 4L * from);
    MemorySegment.copy(offsets, Layouts.INT, 4L * from, starts, 0, rows + 1);
    for (int i = 0; i <= rows; i++) {
      starts[i] -= base;
    }
    this.bytes = new byte[starts[rows]];
    MemorySegment.copy(source.values(), Layouts.BYTE, base, bytes, 0, bytes.length);
  }

  EncodedColumn encode() {
    boolean repeats = buildDictionary();
    if (!repeats) {
      sketchAll();
    }
    ZoneMap zone = zone(repeats);
    if (repeats && distinct == 1) {
      return constant(zone);
    }
    return repeats && dictionaryBytes() < rawBytes() ? dictionary(zone) : raw(zone);
  }

  /// Whether the values repeat enough; then `codes` and the dictionary are filled.
  private boolean buildDictionary() {
    for (int row = 0; row < rows; row++) {
      if (chunk.isNull(row)) {
        continue;
      }
      codes[row] = code(row);
      boolean hopeless = row + 1 == PROBE_ROWS && distinct > PROBE_ROWS * 3 / 4;
      if (hopeless || distinct > DICTIONARY_SIZE_MAX) {
        return false;
      }
    }
    HyperLogLog sketch = chunk.sketch();
    if (sketch != null) {
      for (int i = 0; i < distinct; i++) {
        sketch.addHash(hashes[i]);
      }
    }
    return true;
  }

  private void sketchAll() {
    HyperLogLog sketch = chunk.sketch();
    for (int row = 0; sketch != null && row < rows; row++) {
      if (!chunk.isNull(row)) {
        sketch.addHash(BytesHash.of(bytes, starts[row], starts[row + 1] - starts[row]));
      }
    }
  }

  private int code(int row) {
    int length = starts[row + 1] - starts[row];
    long hash = BytesHash.of(bytes, starts[row], length);
    int mask = slots.length - 1;
    for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
      int code = slots[slot] - 1;
      if (code < 0) {
        slots[slot] = add(row, hash) + 1;
        if (distinct * 2 > slots.length) {
          rehash();
        }
        return distinct - 1;
      }
      if (hashes[code] == hash && sameBytes(firstRows[code], row)) {
        return code;
      }
    }
  }

  private boolean sameBytes(int left, int right) {
    return Arrays.equals(
        bytes, starts[left], starts[left + 1], bytes, starts[right], starts[right + 1]);
  }

  private int add(int row, long hash) {
    if (distinct == firstRows.length) {
      firstRows = Arrays.copyOf(firstRows, 2 * distinct);
      hashes = Arrays.copyOf(hashes, 2 * distinct);
    }
    firstRows[distinct] = row;
    hashes[distinct] = hash;
    return distinct++;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int code = 0; code < distinct; code++) {
      int slot = (int) hashes[code] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = code + 1;
    }
  }

  private int width() {
    return distinct <= 1 << 8 ? 1 : distinct <= 1 << 16 ? 2 : 4;
  }

  private long distinctBytes() {
    long sum = 0;
    for (int code = 0; code < distinct; code++) {
      sum += starts[firstRows[code] + 1] - starts[firstRows[code]];
    }
    return sum;
  }

  private long dictionaryBytes() {
    return Memory.pad8((long) width() * rows) + Memory.pad8(4L * (distinct + 1)) + distinctBytes();
  }

  private long rawBytes() {
    return Memory.pad8(4L * (rows + 1)) + bytes.length;
  }

  private EncodedColumn constant(ZoneMap zone) {
    int row = firstRows[0];
    int length = starts[row + 1] - starts[row];
    ChunkWriter writer = chunk.writer(Encoding.CONST, length, zone);
    writer.base(length, 0);
    writer.bytes(bytes, starts[row], length);
    return new EncodedColumn(writer.finish(zone), zone, chunk.sketch());
  }

  private EncodedColumn dictionary(ZoneMap zone) {
    ChunkWriter writer = chunk.writer(Encoding.DICTIONARY, dictionaryBytes(), zone);
    int width = width();
    writer.base(distinct, width);
    for (int row = 0; row < rows; row++) {
      writer.code(width, codes[row]);
    }
    writer.pad();
    int offset = 0;
    writer.intWord(0);
    for (int code = 0; code < distinct; code++) {
      offset += starts[firstRows[code] + 1] - starts[firstRows[code]];
      writer.intWord(offset);
    }
    writer.pad();
    for (int code = 0; code < distinct; code++) {
      int row = firstRows[code];
      writer.bytes(bytes, starts[row], starts[row + 1] - starts[row]);
    }
    return new EncodedColumn(writer.finish(zone), zone, chunk.sketch());
  }

  /// Null rows get no bytes, whatever the source had there.
  private EncodedColumn raw(ZoneMap zone) {
    ChunkWriter writer = chunk.writer(Encoding.RAW, rawBytes(), zone);
    int offset = 0;
    writer.intWord(0);
    for (int row = 0; row < rows; row++) {
      offset += chunk.isNull(row) ? 0 : starts[row + 1] - starts[row];
      writer.intWord(offset);
    }
    writer.pad();
    for (int row = 0; row < rows; row++) {
      if (!chunk.isNull(row)) {
        writer.bytes(bytes, starts[row], starts[row + 1] - starts[row]);
      }
    }
    return new EncodedColumn(writer.finish(zone), zone, chunk.sketch());
  }

  private ZoneMap zone(boolean repeats) {
    int least = -1;
    int greatest = -1;
    int candidates = repeats ? distinct : rows;
    for (int i = 0; i < candidates; i++) {
      int row = repeats ? firstRows[i] : i;
      if (repeats || !chunk.isNull(row)) {
        least = least < 0 || compareRows(row, least) < 0 ? row : least;
        greatest = greatest < 0 || compareRows(row, greatest) > 0 ? row : greatest;
      }
    }
    return new ZoneMap(rows, chunk.nulls(), false, 0, 0, lower(least), upper(greatest));
  }

  private int compareRows(int left, int right) {
    return Arrays.compareUnsigned(
        bytes, starts[left], starts[left + 1], bytes, starts[right], starts[right + 1]);
  }

  private byte[] lower(int row) {
    int length = Math.min(BOUND_BYTES_MAX, starts[row + 1] - starts[row]);
    return Arrays.copyOfRange(bytes, starts[row], starts[row] + length);
  }

  /// The value itself, or its first bytes plus one in the last place that has room.
  private byte @Nullable [] upper(int row) {
    int length = starts[row + 1] - starts[row];
    if (length <= BOUND_BYTES_MAX) {
      return Arrays.copyOfRange(bytes, starts[row], starts[row] + length);
    }
    for (int keep = BOUND_BYTES_MAX; keep > 0; keep--) {
      byte last = bytes[starts[row] + keep - 1];
      if (last != (byte) 0xFF) {
        byte[] bound = Arrays.copyOfRange(bytes, starts[row], starts[row] + keep);
        bound[keep - 1]++;
        return bound;
      }
    }
    return null;
  }
}
