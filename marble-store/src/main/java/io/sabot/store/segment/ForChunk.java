package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// Integers as unsigned differences of 1, 2 or 4 bytes from a base. When the chunk has nulls,
/// difference 0 is null and decodes to 0, and the base is one less than the least value.
final class ForChunk extends EncodedChunk {
  private final long base;
  private final int width;
  private final long codes;

  ForChunk(ZoneMap zone, MemorySegment memory, long validity, long base, int width, long codes) {
    super(ColumnKind.LONG, zone, memory, validity);
    this.base = base;
    this.width = width;
    this.codes = codes;
  }

  @Override
  public Encoding encoding() {
    return Encoding.FOR;
  }

  @Override
  public void decodeLongs(int from, int count, MemorySegment dst, long dstOffset) {
    check(from, count);
    if (!dst.isNative()) {
      for (int i = 0; i < count; i++) {
        dst.set(Layouts.LONG, dstOffset + 8L * i, longAt(from + i));
      }
      return;
    }
    long to = dst.asSlice(dstOffset, 8L * count).address();
    long source = codes + (long) width * from;
    if (hasNulls()) {
      decodeNullable(source, count, to);
    } else {
      switch (width) {
        case 1 -> decode1(source, count, to, base);
        case 2 -> decode2(source, count, to, base);
        default -> decode4(source, count, to, base);
      }
    }
    Reference.reachabilityFence(memory());
    Reference.reachabilityFence(dst);
  }

  private static void decode1(long source, int count, long to, long base) {
    for (int i = 0; i < count; i++) {
      Memory.putLong(to + 8L * i, base + (Memory.byteAt(source + i) & 0xFFL));
    }
  }

  private static void decode2(long source, int count, long to, long base) {
    for (int i = 0; i < count; i++) {
      Memory.putLong(to + 8L * i, base + (Memory.shortAt(source + 2L * i) & 0xFFFFL));
    }
  }

  private static void decode4(long source, int count, long to, long base) {
    for (int i = 0; i < count; i++) {
      Memory.putLong(to + 8L * i, base + (Memory.intAt(source + 4L * i) & 0xFFFFFFFFL));
    }
  }

  private void decodeNullable(long source, int count, long to) {
    for (int i = 0; i < count; i++) {
      long code = codeAt(source + (long) width * i);
      Memory.putLong(to + 8L * i, code == 0 ? 0 : base + code);
    }
  }

  private long codeAt(long address) {
    return switch (width) {
      case 1 -> Memory.byteAt(address) & 0xFFL;
      case 2 -> Memory.shortAt(address) & 0xFFFFL;
      default -> Memory.intAt(address) & 0xFFFFFFFFL;
    };
  }

  @Override
  public long longAt(int row) {
    check(row, 1);
    long code = codeAt(codes + (long) width * row);
    Reference.reachabilityFence(memory());
    return code == 0 && hasNulls() ? 0 : base + code;
  }
}
