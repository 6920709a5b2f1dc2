package io.sabot.store.kv;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.world.FaultPoint;
import io.sabot.store.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The one RocksDB of a store. Its own log is off: durability comes from {@link #flush} and from
/// the replay of our log; `atomic_flush` keeps the families at one point of that log.
public final class Kv implements AutoCloseable {
  private static final long MEBIBYTE = 1L << 20;

  static {
    NativeLibrary.load();
  }

  private static final int LEVELS = 7;

  private final Path directory;
  private final KvHome home;
  private final World world;
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
  private final List<AutoCloseable> owned;
  private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
  private final ReadOptions latest = new ReadOptions().setFillCache(false);
  private final ReadOptions cached = new ReadOptions();
  private final AtomicLong sortedFiles = new AtomicLong();

  /// Native calls after close would end the process; a reader that outlives its store gets an
  /// error.
  private volatile boolean isClosed;

  private Kv(
      Path directory,
      KvHome home,
      World world,
      RocksDB db,
      List<ColumnFamilyHandle> opened,
      List<AutoCloseable> owned) {
    this.directory = directory;
    this.home = home;
    this.world = world;
    this.db = db;
    this.owned = owned;
    for (Family family : Family.values()) {
      handles.put(family, opened.get(family.ordinal()));
    }
  }

  /// Opens or creates the database in `directory`.
  ///
  /// @param memtableBytes of all families together before they are flushed
  public static Kv open(Path directory, KvHome home, World world, long memtableBytes) {
    List<AutoCloseable> owned = new ArrayList<>();
    Cache cache = new LRUCache(64 * MEBIBYTE);
    BloomFilter bloom = new BloomFilter(10, false);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Family family : Family.values()) {
      ColumnFamilyOptions options = familyOptions(family, cache, bloom, memtableBytes);
      owned.add(options);
      byte[] name = family.familyName().getBytes(StandardCharsets.UTF_8);
      descriptors.add(new ColumnFamilyDescriptor(name, options));
    }
    DBOptions options = databaseOptions(home, memtableBytes);
    owned.add(options);
    owned.add(bloom);
    owned.add(cache);
    try {
      if (!home.isInMemory()) {
        Files.createDirectories(directory);
      }
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      RocksDB db = RocksDB.open(options, directory.toString(), descriptors, opened);
      Kv kv = new Kv(directory, home, world, db, opened, owned);
      if (!home.isInMemory()) {
        kv.removeSortedFiles();
      }
      return kv;
    } catch (RocksDBException e) {
      throw failed("open '" + directory + "'", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DBOptions databaseOptions(KvHome home, long memtableBytes) {
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setAtomicFlush(true)
        .setDbWriteBufferSize(memtableBytes)
        .setMaxOpenFiles(-1)
        .setMaxBackgroundJobs(2)
        .setMaxFileOpeningThreads(1)
        .setSkipStatsUpdateOnDbOpen(true)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setKeepLogFileNum(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setAvoidFlushDuringShutdown(home.isInMemory())
        .setEnv(home.env());
  }

  private static ColumnFamilyOptions familyOptions(
      Family family, Cache cache, BloomFilter bloom, long memtableBytes) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig().setBlockCache(cache).setFormatVersion(5);
    if (family == Family.DICTIONARY) {
      table.setFilterPolicy(bloom).setCacheIndexAndFilterBlocks(true);
    }
    return new ColumnFamilyOptions()
        .setTableFormatConfig(table)
        .setWriteBufferSize(memtableBytes)
        .setCompressionType(compression(family));
  }

  private static CompressionType compression(Family family) {
    return family == Family.DICTIONARY
        ? CompressionType.LZ4_COMPRESSION
        : CompressionType.NO_COMPRESSION;
  }

  /// Sorted files that a crash left behind.
  private void removeSortedFiles() throws IOException {
    try (var files = Files.newDirectoryStream(directory, "ingest-*.sorted")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  static QueryException failed(String operation, RocksDBException e) {
    boolean isDamaged = e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
    return new QueryException(
        isDamaged ? ErrorCode.CORRUPTION : ErrorCode.FILE_ERROR,
        null,
        "the database under the store failed to " + operation + ": " + e.getMessage(),
        isDamaged ? "restore the store from a backup" : "check the disk, then open the store again",
        "",
        e);
  }

  ColumnFamilyHandle handle(Family family) {
    if (isClosed) {
      throw new QueryException(ErrorCode.CLOSED, null, "the store is closed", "open it again");
    }
    ColumnFamilyHandle handle = handles.get(family);
    if (handle == null) {
      throw new IllegalStateException("family " + family + " is not open");
    }
    return handle;
  }

  public KvBatch newBatch() {
    return new KvBatch(this, new WriteBatch());
  }

  /// Applies a batch in memory; it becomes durable with a later {@link #flush}.
  public void apply(KvBatch batch) {
    apply(batch.batch());
  }

  /// Applies the bytes of a batch, as the log gives them back.
  public void apply(byte[] batch) {
    try (WriteBatch restored = new WriteBatch(batch)) {
      apply(restored);
    }
  }

  private void at(FaultPoint point) {
    try {
      world.at(point);
    } catch (IOException e) {
      throw new QueryException(
          ErrorCode.FILE_ERROR,
          null,
          "the database under the store failed at " + point + ": " + e.getMessage(),
          "check the disk, then open the store again",
          "",
          e);
    }
  }

  private void apply(WriteBatch batch) {
    at(FaultPoint.APPLY);
    try {
      db.write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw failed("write", e);
    }
  }

  public KvSnapshot snapshot() {
    return new KvSnapshot(this, db.getSnapshot());
  }

  void release(Snapshot snapshot, ReadOptions options) {
    if (!isClosed) {
      options.close();
      db.releaseSnapshot(snapshot);
      snapshot.close();
    }
  }

  /// The newest value of a key, through the block cache.
  public byte @Nullable [] read(Family family, byte[] key) {
    try {
      return db.get(handle(family), cached, key);
    } catch (RocksDBException e) {
      throw failed("read", e);
    }
  }

  /// The newest values of many keys; missing ones are null.
  public List<byte[]> read(Family family, List<byte[]> keys) {
    List<ColumnFamilyHandle> families = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      families.add(handle(family));
    }
    try {
      return db.multiGetAsList(cached, families, keys);
    } catch (RocksDBException e) {
      throw failed("read", e);
    }
  }

  /// Reads a value of exactly the size of `into` (native memory). False when the key is missing.
  ///
  /// @param snapshot null for the newest value
  public boolean readInto(
      Family family, byte[] key, @Nullable KvSnapshot snapshot, MemorySegment into) {
    ReadOptions options = snapshot == null ? latest : snapshot.options();
    ByteBuffer keyBuffer = ByteBuffer.allocateDirect(key.length).put(key).flip();
    try {
      int size = db.get(handle(family), options, keyBuffer, into.asByteBuffer());
      if (size == RocksDB.NOT_FOUND) {
        return false;
      }
      if (size != into.byteSize()) {
        throw new QueryException(
            ErrorCode.CORRUPTION,
            null,
            "a stored block has " + size + " bytes, expected " + into.byteSize(),
            "restore the store from a backup");
      }
      return true;
    } catch (RocksDBException e) {
      throw failed("read", e);
    }
  }

  /// Calls `visitor` with every pair whose key starts with `prefix`, in key order, until it says
  /// false.
  public void scan(Family family, byte[] prefix, BiPredicate<byte[], byte[]> visitor) {
    try (Slice upper = new Slice(after(prefix));
        ReadOptions options = new ReadOptions().setFillCache(false)) {
      if (prefix.length > 0) {
        options.setIterateUpperBound(upper);
      }
      try (RocksIterator iterator = db.newIterator(handle(family), options)) {
        for (iterator.seek(prefix); iterator.isValid(); iterator.next()) {
          if (!visitor.test(iterator.key(), iterator.value())) {
            return;
          }
        }
        iterator.status();
      }
    } catch (RocksDBException e) {
      throw failed("scan", e);
    }
  }

  private static byte[] after(byte[] prefix) {
    byte[] next = prefix.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      if (++next[i] != 0) {
        return next;
      }
    }
    return new byte[] {(byte) 0xFF, (byte) 0xFF};
  }

  public SortedFile newSortedFile(Family family) {
    at(FaultPoint.SORTED_FILE);
    Path path = directory.resolve("ingest-" + sortedFiles.incrementAndGet() + ".sorted");
    return new SortedFile(
        family, path, new Options().setEnv(home.env()).setCompressionType(compression(family)));
  }

  /// Adds the keys of a finished file, durably and at once. Closes the file.
  public void ingest(SortedFile file) {
    try (file;
        IngestExternalFileOptions options =
            new IngestExternalFileOptions().setMoveFiles(true).setSnapshotConsistency(true)) {
      if (file.finish()) {
        at(FaultPoint.INGEST);
        db.ingestExternalFile(handle(file.family()), List.of(file.path().toString()), options);
      }
    } catch (RocksDBException e) {
      throw failed("ingest", e);
    }
  }

  /// A copy of everything applied so far in a directory that does not exist: links where the file
  /// system can, otherwise copies.
  public void checkpoint(Path target) {
    at(FaultPoint.CHECKPOINT);
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw failed("copy itself", e);
    }
  }

  /// Reads every block of every file and compares its checksum; throws at the first that differs.
  public void verify() {
    try {
      db.verifyChecksum();
    } catch (RocksDBException e) {
      throw new QueryException(
          ErrorCode.CORRUPTION,
          null,
          "a file of the database is damaged: " + e.getMessage(),
          "restore the store from a backup",
          "",
          e);
    }
  }

  public FamilySize size(Family family) {
    try {
      ColumnFamilyHandle handle = handle(family);
      int[] levels = new int[LEVELS];
      for (int level = 0; level < LEVELS; level++) {
        String count = db.getProperty(handle, "rocksdb.num-files-at-level" + level);
        levels[level] = Integer.parseInt(count);
      }
      return new FamilySize(
          family,
          db.getLongProperty(handle, "rocksdb.estimate-num-keys"),
          db.getLongProperty(handle, "rocksdb.live-sst-files-size"),
          db.getLongProperty(handle, "rocksdb.size-all-mem-tables"),
          levels);
    } catch (RocksDBException e) {
      throw failed("tell its size", e);
    }
  }

  /// Lets the database give back the space of deleted keys.
  public void compactFiles() {
    try {
      for (Family family : Family.values()) {
        db.compactRange(handle(family));
      }
    } catch (RocksDBException e) {
      throw failed("compact", e);
    }
  }

  /// Makes everything applied so far durable.
  public void flush() {
    at(FaultPoint.FLUSH);
    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
      db.flush(options, new ArrayList<>(handles.values()));
    } catch (RocksDBException e) {
      throw failed("flush", e);
    }
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    for (ColumnFamilyHandle handle : handles.values()) {
      handle.close();
    }
    db.close();
    writeOptions.close();
    latest.close();
    cached.close();
    for (AutoCloseable resource : owned) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
