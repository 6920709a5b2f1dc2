package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// Strings as codes into a dictionary of the chunk's distinct values. Null rows have code 0.
final class DictionaryChunk extends EncodedChunk {
  private final int width;
  private final long codes;
  private final long offsets;
  private final long bytes;
  private final StringDictionary dictionary;

  DictionaryChunk(
      ZoneMap zone,
      MemorySegment memory,
      long validity,
      int width,
      long codes,
      StringDictionary dictionary) {
    super(ColumnKind.STRING, zone, memory, validity);
    this.width = width;
    this.codes = codes;
    this.dictionary = dictionary;
    this.offsets = dictionary.offsets().address();
    this.bytes = dictionary.bytes().address();
  }

  @Override
  public Encoding encoding() {
    return Encoding.DICTIONARY;
  }

  @Override
  public StringDictionary dictionary() {
    return dictionary;
  }

  private int codeAt(int row) {
    return switch (width) {
      case 1 -> Memory.byteAt(codes + row) & 0xFF;
      case 2 -> Memory.shortAt(codes + 2L * row) & 0xFFFF;
      default -> Memory.intAt(codes + 4L * row);
    };
  }

  private int start(int code) {
    return Memory.intAt(offsets + 4L * code);
  }

  @Override
  public void decodeCodes(int from, int count, MemorySegment dst, long dstOffset) {
    check(from, count);
    if (dst.isNative()) {
      long to = dst.asSlice(dstOffset, 4L * count).address();
      switch (width) {
        case 1 -> codes1(codes + from, count, to);
        case 2 -> codes2(codes + 2L * from, count, to);
        default ->
            MemorySegment.copy(memory(), offset(codes) + 4L * from, dst, dstOffset, 4L * count);
      }
    } else {
      for (int i = 0; i < count; i++) {
        dst.set(Layouts.INT, dstOffset + 4L * i, codeAt(from + i));
      }
    }
    Reference.reachabilityFence(memory());
    Reference.reachabilityFence(dst);
  }

  private static void codes1(long source, int count, long to) {
    for (int i = 0; i < count; i++) {
      Memory.putInt(to + 4L * i, Memory.byteAt(source + i) & 0xFF);
    }
  }

  private static void codes2(long source, int count, long to) {
    for (int i = 0; i < count; i++) {
      Memory.putInt(to + 4L * i, Memory.shortAt(source + 2L * i) & 0xFFFF);
    }
  }

  @Override
  public long stringBytes(int from, int count) {
    check(from, count);
    long size = 0;
    for (int i = 0; i < count; i++) {
      int code = codeAt(from + i);
      size += hasNulls() && isNull(from + i) ? 0 : start(code + 1) - start(code);
    }
    Reference.reachabilityFence(memory());
    return size;
  }

  @Override
  public int decodeStrings(
      int from,
      int count,
      MemorySegment outOffsets,
      long offsetsAt,
      MemorySegment out,
      int firstOffset) {
    check(from, count);
    int at = firstOffset;
    long base = offset(bytes);
    for (int i = 0; i < count; i++) {
      outOffsets.set(Layouts.INT, offsetsAt + 4L * i, at);
      if (!hasNulls() || !isNull(from + i)) {
        int code = codeAt(from + i);
        int start = start(code);
        int length = start(code + 1) - start;
        MemorySegment.copy(memory(), base + start, out, at, length);
        at += length;
      }
    }
    outOffsets.set(Layouts.INT, offsetsAt + 4L * count, at);
    Reference.reachabilityFence(memory());
    return at;
  }

  @Override
  public MemorySegment bytesAt(int row) {
    check(row, 1);
    if (isNull(row)) {
      return memory().asSlice(0, 0);
    }
    int code = codeAt(row);
    int start = start(code);
    return memory().asSlice(offset(bytes) + start, start(code + 1) - start);
  }
}
