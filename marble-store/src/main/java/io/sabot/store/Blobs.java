package io.sabot.store;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.Kv;
import io.sabot.store.kv.KvSnapshot;
import io.sabot.store.kv.MemoryCache;
import io.sabot.store.segment.ChunkFormat;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Memory;
import io.sabot.store.segment.SegmentDescriptor;
import io.sabot.store.tuple.BlockSource;
import io.sabot.store.tuple.TupleBlock;
import java.lang.foreign.MemorySegment;

/// Column chunks and tuple blocks by number, through the shared cache.
///
/// Stored in DATA as `number(8) column ordinal(2)`; ordinal 0xFFFF holds all columns of a packed
/// segment, ordinal 0 a tuple block. Blocks are read as of a database snapshot, because a later
/// compaction may have deleted them, and otherwise from the newest state, because a transaction may
/// have just written them.
record Blobs(Kv kv, KvSnapshot snapshot, MemoryCache cache) implements BlockSource {
  static final int PACKED = 0xFFFF;

  /// All chunks of a packed segment.
  private record Packed(ColumnChunk[] chunks, long bytes) {}

  /// The same, reading everything from the database.
  Blobs uncached() {
    return new Blobs(kv, snapshot, new MemoryCache(0));
  }

  static byte[] key(long id, int ordinal) {
    return Key.empty().add64(id).add16(ordinal).bytes();
  }

  ColumnChunk chunk(SegmentDescriptor segment, int ordinal) {
    if (segment.packed()) {
      return cache.load(
              cacheKey(segment.id(), PACKED), Packed.class, () -> packed(segment), Packed::bytes)
          .chunks[ordinal];
    }
    return cache.load(
        cacheKey(segment.id(), ordinal),
        ColumnChunk.class,
        () -> ChunkFormat.open(read(key(segment.id(), ordinal), segment.bytes()[ordinal])),
        ColumnChunk::sizeInBytes);
  }

  @Override
  public MemoryCache.Place<TupleBlock> block(long id, int bytes) {
    return cache.place(
        cacheKey(id, 0),
        TupleBlock.class,
        () -> TupleBlock.open(read(key(id, 0), bytes)),
        TupleBlock::sizeInBytes);
  }

  private static long cacheKey(long id, int ordinal) {
    return id << 16 | ordinal;
  }

  private Packed packed(SegmentDescriptor segment) {
    int total = segment.totalBytes();
    MemorySegment memory = read(key(segment.id(), PACKED), total);
    ColumnChunk[] chunks = new ColumnChunk[segment.columnIds().length];
    long at = 0;
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = ChunkFormat.open(memory.asSlice(at, segment.bytes()[i]));
      at += segment.bytes()[i];
    }
    return new Packed(chunks, total + 300L * chunks.length);
  }

  private MemorySegment read(byte[] key, int bytes) {
    MemorySegment memory = Memory.allocate(Math.max(8, bytes)).asSlice(0, bytes);
    boolean found =
        kv.readInto(Family.DATA, key, snapshot, memory)
            || kv.readInto(Family.DATA, key, null, memory);
    if (!found) {
      throw new QueryException(
          ErrorCode.CORRUPTION,
          null,
          "a stored block of " + bytes + " bytes is missing",
          "restore the store from a backup");
    }
    return memory;
  }
}
