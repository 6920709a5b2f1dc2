package io.sabot.exec.scan;

import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.StringDictionary;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Decodes ranges of column chunks into vectors. Strings of a dictionary chunk are not copied: the
/// views point into the dictionary. Confined to one thread.
public final class ChunkReader {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final QueryMemory memory;
  private @Nullable MemorySegment scratch;

  public ChunkReader(QueryMemory memory) {
    this.memory = memory;
  }

  /// Reads `count` rows from row `from` on into rows 0 to `count - 1` of `out`, which is reset.
  public void read(ColumnChunk chunk, int from, int count, Vector out) {
    out.reset(count);
    switch (out.kind()) {
      case LONG, TERM -> chunk.decodeLongs(from, count, out.data(), 0);
      case DOUBLE -> chunk.decodeDoubles(from, count, out.data(), 0);
      case BOOL -> bools(chunk, from, count, out);
      case DECIMAL -> decimals(chunk, from, count, out);
      case STRING -> strings(chunk, from, count, out);
    }
    if (chunk.nullCount() > 0) {
      if (out.kind() == Physical.TERM) {
        clearNullTerms(chunk, from, count, out);
      } else {
        int nulls = chunk.copyValidity(from, count, out.validityForWrite(count), 0);
        if (nulls == 0) {
          out.noNulls();
        }
      }
    }
  }

  private static void clearNullTerms(ColumnChunk chunk, int from, int count, Vector out) {
    for (int i = 0; i < count; i++) {
      if (chunk.isNull(from + i)) {
        out.setLong(i, 0);
      }
    }
  }

  private MemorySegment scratch(long bytes) {
    if (scratch == null || scratch.byteSize() < bytes) {
      scratch = memory.allocate(bytes).segment();
    }
    return scratch;
  }

  private void bools(ColumnChunk chunk, int from, int count, Vector out) {
    MemorySegment bits = scratch((count + 63L) / 64 * 8);
    chunk.decodeBools(from, count, bits, 0);
    for (int i = 0; i < count; i++) {
      out.setBool(i, (bits.get(Vector.BYTE, i >>> 3) >>> (i & 7) & 1) != 0);
    }
  }

  private void decimals(ColumnChunk chunk, int from, int count, Vector out) {
    if (chunk.kind() != ColumnKind.WIDE) {
      chunk.decodeLongs(from, count, out.data(), 0);
      return;
    }
    MemorySegment pairs = scratch(16L * count);
    chunk.decodeWide(from, count, pairs, 0);
    boolean wide = false;
    for (int i = 0; i < count; i++) {
      long low = pairs.get(Vector.LONG, 16L * i);
      out.setLong(i, low);
      wide |= pairs.get(Vector.LONG, 16L * i + 8) != low >> 63;
    }
    if (wide) {
      out.widen(count, 0);
      for (int i = 0; i < count; i++) {
        out.high().set(Vector.LONG, 8L * i, pairs.get(Vector.LONG, 16L * i + 8));
      }
    }
  }

  private void strings(ColumnChunk chunk, int from, int count, Vector out) {
    StringDictionary dictionary = chunk.dictionary();
    if (dictionary != null && dictionary.bytes().isNative()) {
      codes(chunk, from, count, out, dictionary);
      return;
    }
    long size = chunk.stringBytes(from, count);
    out.reserveBytes(size);
    MemorySegment offsets = scratch(4L * (count + 1));
    chunk.decodeStrings(from, count, offsets, 0, out.bytes(), 0);
    int start = offsets.get(INT, 0);
    for (int i = 0; i < count; i++) {
      int end = offsets.get(INT, 4L * (i + 1));
      out.setView(i, start, end - start);
      start = end;
    }
  }

  private void codes(
      ColumnChunk chunk, int from, int count, Vector out, StringDictionary dictionary) {
    MemorySegment codes = scratch(4L * count);
    chunk.decodeCodes(from, count, codes, 0);
    out.borrowBytes(dictionary.bytes());
    MemorySegment offsets = dictionary.offsets();
    int size = dictionary.size();
    for (int i = 0; i < count; i++) {
      int code = codes.get(INT, 4L * i);
      if (code >= 0 && code < size) {
        int start = offsets.get(INT, 4L * code);
        out.setView(i, start, offsets.get(INT, 4L * code + 4) - start);
      } else {
        out.setView(i, 0, 0);
      }
    }
  }
}
