package io.sabot.store.kv;

import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/// A state of the database that stays readable while someone holds it.
public final class KvSnapshot {
  private final Kv kv;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private final AtomicInteger holders = new AtomicInteger(1);

  KvSnapshot(Kv kv, Snapshot snapshot) {
    this.kv = kv;
    this.snapshot = snapshot;
    // Values are cached above; the block cache is for small keys.
    this.options = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
  }

  ReadOptions options() {
    return options;
  }

  /// Takes a share; false when the last one is gone already.
  public boolean retain() {
    while (true) {
      int count = holders.get();
      if (count == 0) {
        return false;
      }
      if (holders.compareAndSet(count, count + 1)) {
        return true;
      }
    }
  }

  public void release() {
    if (holders.decrementAndGet() == 0) {
      kv.release(snapshot, options);
    }
  }
}
