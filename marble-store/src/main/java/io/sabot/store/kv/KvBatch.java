package io.sabot.store.kv;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Changes applied together; its bytes are what the log keeps.
public final class KvBatch implements AutoCloseable {
  private final Kv kv;
  private final WriteBatch batch;

  KvBatch(Kv kv, WriteBatch batch) {
    this.kv = kv;
    this.batch = batch;
  }

  public void put(Family family, byte[] key, byte[] value) {
    try {
      batch.put(kv.handle(family), key, value);
    } catch (RocksDBException e) {
      throw Kv.failed("put", e);
    }
  }

  public void delete(Family family, byte[] key) {
    try {
      batch.delete(kv.handle(family), key);
    } catch (RocksDBException e) {
      throw Kv.failed("delete", e);
    }
  }

  /// Deletes keys in `[from, to)`.
  public void deleteRange(Family family, byte[] from, byte[] to) {
    try {
      batch.deleteRange(kv.handle(family), from, to);
    } catch (RocksDBException e) {
      throw Kv.failed("deleteRange", e);
    }
  }

  public byte[] bytes() {
    try {
      return batch.data();
    } catch (RocksDBException e) {
      throw Kv.failed("serialise a batch", e);
    }
  }

  public int count() {
    return batch.count();
  }

  WriteBatch batch() {
    return batch;
  }

  @Override
  public void close() {
    batch.close();
  }
}
