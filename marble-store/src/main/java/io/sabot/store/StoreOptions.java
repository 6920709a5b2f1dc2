package io.sabot.store;

import io.sabot.store.kv.KvHome;
import io.sabot.store.world.SystemWorld;
import io.sabot.store.world.World;

/// How a store runs.
///
/// @param home where the database keeps its files
/// @param chunkCacheBytes bound of decoded column chunks and tuple blocks held in native memory
/// @param dictionaryCacheEntries bound of cached terms, in each direction
/// @param durable whether a commit waits until the log is on disk; without, a crash of the process
///   loses nothing but a power cut may lose the last commits
/// @param logSegmentBytesMax size to which log files grow
/// @param logBytesBeforeFlush how much log is kept before RocksDB is flushed and the log purged
/// @param compactionBytesPerSecond how fast the background rewrites segments
public record StoreOptions(
    World world,
    KvHome home,
    long chunkCacheBytes,
    int dictionaryCacheEntries,
    boolean durable,
    long logSegmentBytesMax,
    long logBytesBeforeFlush,
    long compactionBytesPerSecond,
    BulkLimits bulk) {
  private static final long MEBIBYTE = 1L << 20;

  public static StoreOptions defaults() {
    long cache = Math.max(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 3);
    return new StoreOptions(
        new SystemWorld(),
        KvHome.disk(),
        cache,
        1 << 17,
        true,
        64 * MEBIBYTE,
        256 * MEBIBYTE,
        128 * MEBIBYTE,
        BulkLimits.defaults());
  }

  public StoreOptions withDurable(boolean value) {
    return new StoreOptions(
        world,
        home,
        chunkCacheBytes,
        dictionaryCacheEntries,
        value,
        logSegmentBytesMax,
        logBytesBeforeFlush,
        compactionBytesPerSecond,
        bulk);
  }

  public StoreOptions withChunkCacheBytes(long value) {
    return new StoreOptions(
        world,
        home,
        value,
        dictionaryCacheEntries,
        durable,
        logSegmentBytesMax,
        logBytesBeforeFlush,
        compactionBytesPerSecond,
        bulk);
  }

  public StoreOptions withLogBytesBeforeFlush(long value) {
    return new StoreOptions(
        world,
        home,
        chunkCacheBytes,
        dictionaryCacheEntries,
        durable,
        logSegmentBytesMax,
        value,
        compactionBytesPerSecond,
        bulk);
  }

  public StoreOptions withWorld(World value) {
    return new StoreOptions(
        value,
        home,
        chunkCacheBytes,
        dictionaryCacheEntries,
        durable,
        logSegmentBytesMax,
        logBytesBeforeFlush,
        compactionBytesPerSecond,
        bulk);
  }

  public StoreOptions withHome(KvHome value) {
    return new StoreOptions(
        world,
        value,
        chunkCacheBytes,
        dictionaryCacheEntries,
        durable,
        logSegmentBytesMax,
        logBytesBeforeFlush,
        compactionBytesPerSecond,
        bulk);
  }

  public StoreOptions withBulk(BulkLimits value) {
    return new StoreOptions(
        world,
        home,
        chunkCacheBytes,
        dictionaryCacheEntries,
        durable,
        logSegmentBytesMax,
        logBytesBeforeFlush,
        compactionBytesPerSecond,
        value);
  }
}
