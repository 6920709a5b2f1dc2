package io.sabot.bench.kernel;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.exec.run.EvalSettings;
import io.sabot.exec.run.Outside;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.run.RunLimits;
import io.sabot.exec.run.Workers;
import io.sabot.plan.type.Physical;
import io.sabot.store.Snapshot;
import io.sabot.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;

/// A query run over an empty store, and full batches of seeded values for it.
final class KernelData implements AutoCloseable {
  private static final long SEED = 42;
  private static final long MEMORY_BYTES = 1L << 30;

  private final QueryMemory memory = new QueryMemory("kernel", MEMORY_BYTES);
  private final Store store = Store.inMemory();
  private final Snapshot snapshot = store.snapshot();
  private final Workers workers = new Workers(1);
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final QueryRun run;

  KernelData() {
    EvalSettings settings =
        new EvalSettings(
            Instant.EPOCH,
            Instant.EPOCH,
            InstantSource.fixed(Instant.EPOCH),
            ZoneOffset.UTC,
            new SplittableRandom(SEED),
            "http://sabot.local/");
    run =
        new QueryRun(
            snapshot,
            null,
            memory,
            workers,
            Map.of(),
            Outside.NOTHING,
            settings,
            new RunLimits(0, Batch.ROWS_MAX));
  }

  QueryRun run() {
    return run;
  }

  QueryMemory memory() {
    return memory;
  }

  /// Whole numbers from 0 to `bound`, exclusive.
  Vector longs(long bound) {
    Vector vector = new Vector(Physical.LONG, memory);
    vector.reset(Batch.ROWS_MAX);
    for (int row = 0; row < Batch.ROWS_MAX; row++) {
      vector.setLong(row, random.nextLong(bound));
    }
    return vector;
  }

  static Batch batch(Vector... vectors) {
    Batch batch = new Batch(vectors);
    batch.all(Batch.ROWS_MAX);
    return batch;
  }

  @Override
  public void close() {
    run.close();
    snapshot.close();
    store.close();
    workers.close();
    memory.close();
  }
}
