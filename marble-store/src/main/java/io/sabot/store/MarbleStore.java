package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
/// out; `'c'` catalog; `'g'` names; `'i' intent(8)` keys written ahead of a commit; `'t' table(4)`
/// figures of a table.
///
/// `commitLock` guards `head`, the log's end and everything a commit changes. `head` is the last
/// version that the log has; `visible` the last one that is durable, which is what new snapshots
/// see.
final class MarbleStore implements Store {
  /// 3: indexes, constraints and figures of tables beside what 2 had. 4: blocks of the dictionary
  /// in groups.
  private static final int FORMAT = 4;

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

  /// Held by whoever compacts; taken before `flushLock`.
  private final ReentrantLock maintenanceLock = new ReentrantLock();

  private final AtomicBoolean isMaintaining = new AtomicBoolean();
  private final Set<Integer> tablesDue = ConcurrentHashMap.newKeySet();
  private final Set<Long> foldsDue = ConcurrentHashMap.newKeySet();

  /// The set that is being folded, and how many of its runs the fold reads.
  private volatile long foldedSpace = -1;

  private volatile int foldedRuns;
  private volatile Root head;
  private volatile Root visible;
  private volatile long flushedLogBytes;
  private volatile boolean isClosed;
  private volatile @Nullable RowChecker rowChecker;

  /// Why nothing is written any more: log, database or disk failed. What is visible stays readable,
  /// and all that was acknowledged is in the log.
  private volatile @Nullable RuntimeException failure;

  private MarbleStore(
      StoreOptions options, Path directory, boolean isTemporary, WorldFile lockFile, Kv kv) {
    this.options = options;
    this.directory = directory;
    this.isTemporary = isTemporary;
    this.lockFile = lockFile;
    this.kv = kv;
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
    this.terms =
        new Terms(
            kv,
            ids.term,
            ids.block,
            cache,
            options.dictionaryCacheEntries(),
            options.bulk().terms());
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
    Kv kv = null;
    try {
      kv =
          Kv.open(
              directory.resolve("data"),
              options.home(),
              options.world(),
              isTemporary ? MEMTABLE_BYTES_TEMPORARY : MEMTABLE_BYTES);
      return new MarbleStore(options, directory, isTemporary, lock, kv);
    } catch (RuntimeException | Error e) {
      if (kv != null) {
        kv.close();
      }
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
      writeFormat();
      return;
    }
    long found = ByteReader.checked(stored, "the format record").unsigned();
    if (found > FORMAT) {
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
    if (found < FORMAT) {
      writeFormat();
    }
  }

  /// From now on older versions refuse the store.
  private void writeFormat() {
    try (KvBatch batch = kv.newBatch()) {
      batch.put(Family.META, FORMAT_KEY, new ByteWriter().unsigned(FORMAT).checked());
      kv.apply(batch);
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
    TableFigures.load(kv, predicates::analyzed);
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

  @Override
  public void analyze(Collection<Integer> tableIds) {
    checkWritable();
    Root root = retainedHead();
    try {
      for (TableDef table : root.catalog().tables().values()) {
        if (tableIds.isEmpty() || tableIds.contains(table.id())) {
          TableFigures figures = TableFigures.count(root, table);
          boolean isKept =
              maintain(
                  new BlobWriter(this),
                  (now, commit) -> {
                    commit.batch().put(Family.META, TableFigures.key(table.id()), figures.encode());
                    return now.catalog().tables().containsKey(table.id());
                  });
          if (isKept) {
            predicates.analyzed(table.id(), figures);
          }
        }
      }
      predicates.forgetCounts();
    } finally {
      root.kv().release();
    }
  }

  StoreOptions options() {
    return options;
  }

  @Override
  public void checkRowsWith(RowChecker checker) {
    rowChecker = checker;
  }

  @Nullable RowChecker rowChecker() {
    return rowChecker;
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
  }

  private void checkWritable() {
    checkOpen();
    RuntimeException problem = failure;
    if (problem != null) {
      throw new QueryException(
          ErrorCode.READ_ONLY,
          null,
          "the store in '" + directory + "' is read-only after an error: " + problem.getMessage(),
          "make sure that the disk works and has room, then open the store again",
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
      checkWritable();
      try (KvBatch batch = kv.newBatch()) {
        Commit commit = new Commit(this, head, batch, transaction.blobs());
        TransactionCommit writes = new TransactionCommit(this, transaction, head, commit);
        writes.prepare();
        committed = finish(commit, transaction.blobs());
        writes.done(committed);
        foldsDue.addAll(commit.foldsDue());
      }
      committed.kv().retain();
      for (TableChanges changes : transaction.tables()) {
        if (Compactor.isDue(committed.table(changes.tableId()))) {
          tablesDue.add(changes.tableId());
        }
      }
      synchronized (history) {
        history.forgetBefore(visible.version());
      }
    } finally {
      commitLock.unlock();
    }
    awaitDurable(committed.version());
    publish(committed);
    flushIfDue();
    maintainIfDue();
    return committed.version();
  }

  /// A failed disk write leaves it open whether the commit will be there when the store is opened
  /// again; here nobody gets to see it.
  private void awaitDurable(long version) {
    try {
      log.awaitDurable(version);
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
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
    try {
      long index = log.append(batch.bytes());
      if (index != version) {
        throw new IllegalStateException("log index " + index + ", expected " + version);
      }
      kv.apply(batch);
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
    return version;
  }

  /// A change of the form of what is stored, not of its content.
  interface Maintenance {
    /// Adds the change to a commit; false when it does not fit the head any more.
    boolean apply(Root head, Commit commit);

    /// Called under the commit lock when the change is the head.
    default void done(long version) {}
  }

  /// Commits a change of form; it is visible on return. False when it did not fit.
  boolean maintain(BlobWriter blobs, Maintenance work) {
    Root root;
    commitLock.lock();
    try (KvBatch batch = kv.newBatch()) {
      checkWritable();
      Commit commit = new Commit(this, head, batch, blobs);
      if (!work.apply(head, commit)) {
        return false;
      }
      root = finish(commit, blobs);
      root.kv().retain();
      work.done(root.version());
    } finally {
      commitLock.unlock();
    }
    awaitDurable(root.version());
    publish(root);
    return true;
  }

  /// The head with a share of what it holds, for the caller to give back.
  Root retainedHead() {
    commitLock.lock();
    try {
      checkOpen();
      head.kv().retain();
      return head;
    } finally {
      commitLock.unlock();
    }
  }

  /// Announces a fold of a set as it is at the head; commits leave its runs alone until {@link
  /// #endFold}. Returns a number greater than those of its runs, or -1 when the set is another.
  long beginFold(long space, TupleSet set) {
    commitLock.lock();
    try {
      if (head.space(space) != set) {
        return -1;
      }
      foldedRuns = set.runCount();
      foldedSpace = space;
      return ids.block.getAndIncrement();
    } finally {
      commitLock.unlock();
    }
  }

  void endFold(long space) {
    if (foldedSpace == space) {
      foldedSpace = -1;
    }
  }

  int frozenRuns(long space) {
    return foldedSpace == space ? foldedRuns : 0;
  }

  /// Sleeps so long that the background writes no faster than the options say.
  void throttle(long bytes) {
    long nanos = (long) (1e9 * bytes / options.compactionBytesPerSecond());
    if (nanos > 100_000) {
      options.world().sleep(nanos);
    }
  }

  private void maintainIfDue() {
    boolean isDue = !tablesDue.isEmpty() || !foldsDue.isEmpty();
    if (isDue && isMaintaining.compareAndSet(false, true)) {
      options.world().start("sabot-compaction", this::maintainInBackground);
    }
  }

  private void maintainInBackground() {
    try {
      while (maintainOnce()) {
        // Another round: what was merged may be due again, one size up.
      }
    } catch (RuntimeException e) {
      if (!isClosed) {
        failure = e;
      }
    } finally {
      isMaintaining.set(false);
    }
  }

  private boolean maintainOnce() {
    maintenanceLock.lock();
    try {
      if (isClosed || failure != null) {
        return false;
      }
      Compactor compactor = new Compactor(this);
      for (int tableId : List.copyOf(tablesDue)) {
        tablesDue.remove(tableId);
        compactor.compactIfDue(tableId);
        if (Compactor.isDue(head.table(tableId))) {
          tablesDue.add(tableId);
        }
      }
      for (long space : List.copyOf(foldsDue)) {
        foldsDue.remove(space);
        compactor.foldIfDue(space);
      }
      return !tablesDue.isEmpty() || !foldsDue.isEmpty();
    } finally {
      maintenanceLock.unlock();
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
      checkWritable();
      batch.put(Family.META, intentKey(intent), record.checked());
      version = logAndApply(batch);
    } finally {
      commitLock.unlock();
    }
    awaitDurable(version);
    return intent;
  }

  static byte[] intentKey(long intent) {
    return Key.of(INTENT).add64(intent).bytes();
  }

  /// Deletes what was written for some intents, and the intents.
  void abandon(List<Long> intents) {
    if (isClosed || failure != null) {
      // The next opening does it.
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
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      isFlushing.set(false);
    }
  }

  private void flushAndPurge() {
    flushLock.lock();
    try {
      if (isClosed || failure != null) {
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
      awaitDurable(applied);
      kv.flush();
      log.purge(applied);
      flushedLogBytes = appended;
    } finally {
      flushLock.unlock();
    }
  }

  @Override
  public void compact() {
    maintenanceLock.lock();
    try {
      checkWritable();
      Compactor compactor = new Compactor(this);
      for (int tableId : List.copyOf(head.tableIds())) {
        compactor.compactFully(tableId);
      }
      for (long space : List.copyOf(head.spaces().keySet())) {
        compactor.foldFully(space);
      }
      flushAndPurge();
      kv.compactFiles();
    } finally {
      maintenanceLock.unlock();
    }
  }

  @Override
  public void backup(Path target) {
    maintenanceLock.lock();
    flushLock.lock();
    try {
      flushAndPurge();
      Backups.make(options.world(), target, this::checkpoint);
    } finally {
      flushLock.unlock();
      maintenanceLock.unlock();
    }
  }

  /// The database at one version that the log has. Commits wait for the little that came after the
  /// flush.
  private void checkpoint(Path target) {
    commitLock.lock();
    try {
      checkOpen();
      awaitDurable(log.nextIndex() - 1);
      kv.checkpoint(target);
    } finally {
      commitLock.unlock();
    }
  }

  @Override
  public List<String> check(Consumer<String> progress) {
    Root root = acquire();
    try {
      return new StoreCheck(root, kv, rowChecker, progress).run();
    } finally {
      root.kv().release();
    }
  }

  @Override
  public StoreStats stats() {
    Root root = acquire();
    try {
      return StoreStats.of(root, kv, log.appendedBytes(), cache.bytes(), history);
    } finally {
      root.kv().release();
    }
  }

  /// What cannot be flushed stays in the log, from where the next opening takes it.
  private void flushAtEnd() {
    try {
      flushAndPurge();
    } catch (QueryException e) {
      failure = e;
    }
  }

  /// Lets go of everything without writing a byte, as the end of the process would.
  void halt() {
    isClosed = true;
    kv.close();
  }

  @Override
  public void close() {
    maintenanceLock.lock();
    flushLock.lock();
    commitLock.lock();
    try {
      if (isClosed) {
        return;
      }
      if (!isTemporary && failure == null) {
        flushAtEnd();
      }
      isClosed = true;
      log.close();
      kv.close();
      lockFile.close();
      if (isTemporary) {
        Backups.deleteTree(options.world(), directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      commitLock.unlock();
      flushLock.unlock();
      maintenanceLock.unlock();
    }
  }
}
