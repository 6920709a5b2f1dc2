package io.sabot.store;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.dictionary.Terms;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.Kv;
import io.sabot.store.kv.KvBatch;
import io.sabot.store.kv.KvSnapshot;
import io.sabot.store.kv.MemoryCache;
import io.sabot.store.log.LocalLog;
import io.sabot.store.log.Log;
import io.sabot.store.tuple.TupleSet;
import io.sabot.store.world.World;
import io.sabot.store.world.WorldFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The store over one directory:
///
/// ```
/// LOCK     held while open
/// log/     LocalLog
/// data/    RocksDB
/// ```
///
/// META keys: `'f'` format version; `'a'` index of the last log entry applied; `'n'` numbers given
/// out; `'c'` catalog; `'g'` names; `'i' intent(8)` keys written ahead of a commit.
///
/// `commitLock` guards `head`, the log's end and everything a commit changes. `head` is the last
/// version that the log has; `visible` the last one that is durable, which is what new snapshots
/// see.
final class MarbleStore implements Store {
  private static final int FORMAT = 2;
  private static final byte[] FORMAT_KEY = Key.of('f').bytes();
  private static final byte[] APPLIED = Key.of('a').bytes();
  private static final byte[] NUMBERS = Key.of('n').bytes();
  static final byte[] CATALOG = Key.of('c').bytes();
  private static final int INTENT = 'i';
  private static final long MEMTABLE_BYTES = 128L << 20;
  private static final long MEMTABLE_BYTES_TEMPORARY = 32L << 20;

  private final StoreOptions options;
  private final Path directory;
  private final boolean isTemporary;
  private final WorldFile lockFile;
  private final Kv kv;
  private final Log log;
  private final Ids ids = new Ids();
  private final Names names = new Names();
  private final Terms terms;
  private final MemoryCache cache;
  private final PredicateCounts predicates = new PredicateCounts();
  private final ReentrantLock commitLock = new ReentrantLock();

  /// Serialises flushes and close; taken before `commitLock`.
  private final ReentrantLock flushLock = new ReentrantLock();

  private final History history = new History();
  private final AtomicBoolean isFlushing = new AtomicBoolean();
  private volatile Root head;
  private volatile Root visible;
  private volatile long flushedLogBytes;
  private volatile boolean isClosed;

  /// Set when memory, database and log may no longer agree: nothing is accepted after that.
  private volatile @Nullable RuntimeException failure;

  private MarbleStore(
      StoreOptions options, Path directory, boolean isTemporary, WorldFile lockFile) {
    this.options = options;
    this.directory = directory;
    this.isTemporary = isTemporary;
    this.lockFile = lockFile;
    this.kv =
        Kv.open(directory.resolve("data"), isTemporary ? MEMTABLE_BYTES_TEMPORARY : MEMTABLE_BYTES);
    checkFormat();
    long applied = readApplied();
    this.log =
        LocalLog.open(
            options.world(),
            directory.resolve("log"),
            applied,
            options.durable(),
            options.logSegmentBytesMax());
    log.replay(applied + 1, (index, entry) -> kv.apply(entry));
    this.cache = new MemoryCache(options.chunkCacheBytes());
    this.terms = new Terms(kv, ids.term, ids.block, cache, options.dictionaryCacheEntries());
    Root root = load();
    this.head = root;
    root.kv().retain();
    this.visible = root;
    abandonAll();
  }

  static MarbleStore open(Path directory, StoreOptions options) {
    return open(directory, options, false);
  }

  static MarbleStore inMemory(StoreOptions options) {
    try {
      return open(options.world().temporaryDirectory(), options, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MarbleStore open(Path directory, StoreOptions options, boolean isTemporary) {
    WorldFile lock = lock(options.world(), directory);
    try {
      return new MarbleStore(options, directory, isTemporary, lock);
    } catch (RuntimeException e) {
      try {
        lock.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static WorldFile lock(World world, Path directory) {
    try {
      world.createDirectories(directory);
      WorldFile file = world.open(directory.resolve("LOCK"));
      if (!file.tryLock()) {
        file.close();
        throw new QueryException(
            ErrorCode.STORE_LOCKED,
            null,
            "the store in '" + directory + "' is open already, in this or another process",
            "close it there first");
      }
      return file;
    } catch (IOException e) {
      throw new QueryException(
          ErrorCode.FILE_ERROR,
          null,
          "the directory '" + directory + "' is not usable: " + e.getMessage(),
          "",
          "",
          e);
    }
  }

  private void checkFormat() {
    byte[] stored = kv.read(Family.META, FORMAT_KEY);
    if (stored == null) {
      try (KvBatch batch = kv.newBatch()) {
        batch.put(Family.META, FORMAT_KEY, new ByteWriter().unsigned(FORMAT).checked());
        kv.apply(batch);
      }
      return;
    }
    long found = ByteReader.checked(stored, "the format record").unsigned();
    if (found > FORMAT) {
      kv.close();
      throw new QueryException(
          ErrorCode.STORE_FORMAT,
          null,
          "the store in '"
              + directory
              + "' has format "
              + found
              + ", this version reads up to "
              + FORMAT,
          "use a newer version of Sabot");
    }
  }

  private long readApplied() {
    byte[] stored = kv.read(Family.META, APPLIED);
    return stored == null ? 0 : ByteReader.checked(stored, "the applied record").unsigned();
  }

  private Root load() {
    byte[] numbers = kv.read(Family.META, NUMBERS);
    if (numbers != null) {
      ids.load(numbers);
    }
    names.load(kv);
    byte[] stored = kv.read(Family.META, CATALOG);
    CatalogData catalog = stored == null ? CatalogData.empty() : CatalogCodec.decode(stored);
    Manifest manifest = Manifest.load(kv, catalog);
    KvSnapshot snapshot = kv.snapshot();
    return root(log.nextIndex() - 1, snapshot, manifest.tables(), manifest.spaces(), catalog);
  }

  private Root root(
      long version,
      KvSnapshot snapshot,
      Map<Integer, TableState> tables,
      Map<Long, TupleSet> spaces,
      CatalogData catalog) {
    Blobs blobs = new Blobs(kv, snapshot, cache);
    return new Root(version, snapshot, tables, spaces, catalog, blobs, names, terms);
  }

  Kv kv() {
    return kv;
  }

  Ids ids() {
    return ids;
  }

  Terms terms() {
    return terms;
  }

  PredicateCounts predicateStatistics() {
    return predicates;
  }

  private void checkOpen() {
    if (isClosed) {
      throw new QueryException(
          ErrorCode.CLOSED, null, "the store in '" + directory + "' is closed", "open it again");
    }
    RuntimeException problem = failure;
    if (problem != null) {
      throw new QueryException(
          ErrorCode.CLOSED,
          null,
          "the store in '" + directory + "' stopped after an error: " + problem.getMessage(),
          "open it again",
          "",
          problem);
    }
  }

  private Root acquire() {
    while (true) {
      checkOpen();
      Root root = visible;
      if (root.kv().retain()) {
        return root;
      }
    }
  }

  @Override
  public Snapshot snapshot() {
    Root root = acquire();
    return new StoreSnapshot(root, predicates, root.kv(), null);
  }

  @Override
  public Transaction begin(Isolation isolation) {
    synchronized (history) {
      Root root = acquire();
      history.began(root.version());
      return new StoreTransaction(this, root, isolation);
    }
  }

  void ended(StoreTransaction transaction) {
    synchronized (history) {
      history.ended(transaction.base().version());
    }
    transaction.base().kv().release();
  }

  /// Where a row is now that was at `address` in some version that a transaction still reads; -1
  /// when a compaction dropped it because it was deleted. Under the commit lock.
  long remapped(long address) {
    return history.remapped(address);
  }

  History history() {
    return history;
  }

  /// Commits the writes of a transaction and waits until they are durable. Returns the version.
  long commit(StoreTransaction transaction) {
    Root committed;
    commitLock.lock();
    try {
      checkOpen();
      try (KvBatch batch = kv.newBatch()) {
        Commit commit = new Commit(this, head, batch, transaction.blobs());
        TransactionCommit writes = new TransactionCommit(this, transaction, head, commit);
        writes.prepare();
        committed = finish(commit, transaction.blobs());
        writes.done(committed);
      }
      committed.kv().retain();
      maintain(transaction);
    } finally {
      commitLock.unlock();
    }
    log.awaitDurable(committed.version());
    publish(committed);
    flushIfDue();
    return committed.version();
  }

  /// Logs and applies a prepared commit; it becomes the head.
  Root finish(Commit commit, BlobWriter blobs) {
    KvBatch batch = commit.batch();
    blobs.commit(batch);
    int[] writtenNames = names.writeNew(batch);
    long version = logAndApply(batch);
    names.written(writtenNames);
    Root root = root(version, kv.snapshot(), commit.tables(), commit.spaces(), commit.catalog());
    Root old = head;
    head = root;
    old.kv().release();
    return root;
  }

  private long logAndApply(KvBatch batch) {
    long version = log.nextIndex();
    batch.put(Family.META, APPLIED, new ByteWriter().unsigned(version).checked());
    batch.put(Family.META, NUMBERS, ids.encode());
    long index = log.append(batch.bytes());
    if (index != version) {
      throw new IllegalStateException("log index " + index + ", expected " + version);
    }
    try {
      kv.apply(batch);
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
    return version;
  }

  /// Compacts tables that the transaction touched; the result is visible with the next commit, at
  /// the latest. Under the commit lock.
  private void maintain(StoreTransaction transaction) {
    try {
      Compactor compactor = new Compactor(this);
      for (TableChanges changes : transaction.tables()) {
        compactor.compactIfDue(changes.tableId());
      }
    } catch (RuntimeException e) {
      // The commit itself stands, so its caller must not see this; everybody after it does.
      failure = e;
    }
    synchronized (history) {
      history.forgetBefore(visible.version());
    }
  }

  Root head() {
    return head;
  }

  /// Takes over the caller's share of `root`.
  private synchronized void publish(Root root) {
    Root old = visible;
    if (root.version() > old.version()) {
      visible = root;
      old.kv().release();
    } else {
      root.kv().release();
    }
  }

  /// Announces keys that are about to be written outside the log. Durable on return.
  long announce(List<byte[]> keys) {
    long intent = ids.intent.getAndIncrement();
    ByteWriter record = new ByteWriter().unsigned(keys.size());
    keys.forEach(record::block);
    long version;
    commitLock.lock();
    try (KvBatch batch = kv.newBatch()) {
      checkOpen();
      batch.put(Family.META, intentKey(intent), record.checked());
      version = logAndApply(batch);
    } finally {
      commitLock.unlock();
    }
    log.awaitDurable(version);
    return intent;
  }

  static byte[] intentKey(long intent) {
    return Key.of(INTENT).add64(intent).bytes();
  }

  /// Deletes what was written for some intents, and the intents.
  void abandon(List<Long> intents) {
    if (isClosed) {
      return;
    }
    commitLock.lock();
    try (KvBatch batch = kv.newBatch()) {
      for (long intent : intents) {
        byte[] record = kv.read(Family.META, intentKey(intent));
        if (record == null) {
          continue;
        }
        ByteReader in = ByteReader.checked(record, "a bulk intent");
        for (long left = in.unsigned(); left > 0; left--) {
          batch.delete(Family.DATA, in.block());
        }
        batch.delete(Family.META, intentKey(intent));
      }
      if (batch.count() > 0) {
        logAndApply(batch);
      }
    } finally {
      commitLock.unlock();
    }
  }

  private void abandonAll() {
    List<Long> intents = new ArrayList<>();
    kv.scan(
        Family.META,
        Key.of(INTENT).bytes(),
        (key, value) -> intents.add(ByteBuffer.wrap(key).getLong(1)));
    if (!intents.isEmpty()) {
      abandon(intents);
    }
  }

  private void flushIfDue() {
    boolean isDue = log.appendedBytes() - flushedLogBytes > options.logBytesBeforeFlush();
    if (isDue && isFlushing.compareAndSet(false, true)) {
      options.world().start("sabot-flush", this::flushInBackground);
    }
  }

  private void flushInBackground() {
    try {
      flushAndPurge();
    } finally {
      isFlushing.set(false);
    }
  }

  private void flushAndPurge() {
    flushLock.lock();
    try {
      if (isClosed) {
        return;
      }
      long appended = log.appendedBytes();
      long applied;
      commitLock.lock();
      try {
        applied = log.nextIndex() - 1;
      } finally {
        commitLock.unlock();
      }
      // The log must be durable first, or the database could know entries that the log lost.
      log.awaitDurable(applied);
      kv.flush();
      log.purge(applied);
      flushedLogBytes = appended;
    } finally {
      flushLock.unlock();
    }
  }

  @Override
  public void compact() {
    commitLock.lock();
    try {
      checkOpen();
      Compactor compactor = new Compactor(this);
      for (int tableId : List.copyOf(head.tableIds())) {
        compactor.compactFully(tableId);
      }
      Root root = head;
      root.kv().retain();
      log.awaitDurable(root.version());
      publish(root);
    } finally {
      commitLock.unlock();
    }
    flushAndPurge();
  }

  @Override
  public void close() {
    flushLock.lock();
    commitLock.lock();
    try {
      if (isClosed) {
        return;
      }
      if (!isTemporary && failure == null) {
        flushAndPurge();
      }
      isClosed = true;
      log.close();
      kv.close();
      lockFile.close();
      if (isTemporary) {
        deleteTree(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      commitLock.unlock();
      flushLock.unlock();
    }
  }

  private void deleteTree(Path path) throws IOException {
    World world = options.world();
    if (world.isDirectory(path)) {
      for (Path child : world.list(path)) {
        deleteTree(child);
      }
    }
    world.delete(path);
  }
}
