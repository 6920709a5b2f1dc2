package io.sabot.store.kv;

import org.rocksdb.Env;
import org.rocksdb.RocksMemEnv;

/// Where a database keeps its files.
public final class KvHome implements AutoCloseable {
  private static final KvHome DISK = new KvHome(false);

  private final boolean inMemory;
  private final Env env;

  private KvHome(boolean inMemory) {
    NativeLibrary.load();
    this.inMemory = inMemory;
    this.env = inMemory ? new RocksMemEnv(Env.getDefault()) : Env.getDefault();
  }

  public static KvHome disk() {
    return DISK;
  }

  /// Files in memory that outlive the databases opened here. Closing a database loses what it had
  /// not flushed, as the end of a process does.
  public static KvHome memory() {
    return new KvHome(true);
  }

  boolean isInMemory() {
    return inMemory;
  }

  Env env() {
    return env;
  }

  @Override
  public void close() {
    if (inMemory) {
      env.close();
    }
  }
}
