package io.sabot.bench.kernel;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.KeyTable;
import io.sabot.plan.type.Physical;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Keys of a batch looked up in the hash table of grouping and joins, in nanoseconds a row.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Batch.ROWS_MAX)
public class HashKernels {
  /// From a few groups, which stay in the first cache, to more than any cache holds.
  @Param({"16", "4096", "4000000"})
  private long keys;

  private KernelData data;
  private Batch[] batches;
  private KeyTable one;
  private KeyTable two;
  private int next;
  private final int[] found = new int[Batch.ROWS_MAX];

  @Setup
  public void setUp() {
    data = new KernelData();
    one = new KeyTable(List.of(Physical.LONG), data.memory());
    two = new KeyTable(List.of(Physical.LONG, Physical.LONG), data.memory());
    batches = new Batch[(int) Math.clamp(keys / Batch.ROWS_MAX, 16, 1024)];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = KernelData.batch(data.longs(keys), data.longs(2));
    }
  }

  @TearDown
  public void tearDown() {
    data.close();
  }

  private Batch batch() {
    next = (next + 1) % batches.length;
    return batches[next];
  }

  @Benchmark
  public int[] oneKey() {
    Batch batch = batch();
    one.findOrAdd(new Vector[] {batch.vector(0)}, batch, found);
    return found;
  }

  @Benchmark
  public int[] twoKeys() {
    Batch batch = batch();
    two.findOrAdd(new Vector[] {batch.vector(0), batch.vector(1)}, batch, found);
    return found;
  }
}
