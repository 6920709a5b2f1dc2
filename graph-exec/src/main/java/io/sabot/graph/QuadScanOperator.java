package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.QuadReader;
import io.sabot.store.tuple.TupleCursor;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Range scans over the sorted permutations of the quads. A long one is cut into stretches, which
/// the streams take one after the other.
final class QuadScanOperator extends Operator {
  /// A scan of fewer quads has one stream: others would cost more than they save.
  private static final long QUADS_A_STREAM = 20_000;

  /// Stretches are not equally long, and streams not equally fast.
  private static final int PARTS_A_STREAM = 8;

  private final QuadPattern pattern;
  private final Queue<TupleCursor> parts = new ConcurrentLinkedQueue<>();
  private int streams = 1;

  QuadScanOperator(PhysicalNode.QuadScan node, BuildContext context) {
    super(node.columns(), context);
    this.pattern =
        new QuadPattern(
            node.scope(),
            node.graph(),
            node.subject(),
            node.predicate(),
            node.object(),
            node.columns(),
            context.run());
  }

  @Override
  public void prepare() {
    int parallelism = run().workers().parallelism();
    boolean alone = parallelism == 1 || pattern.mergesGraphs();
    QuadReader quads = run().snapshot().quads();
    long length = alone ? 0 : pattern.estimate(quads);
    streams = (int) Math.clamp(length / QUADS_A_STREAM, 1, parallelism);
    int wanted = streams == 1 ? 1 : streams * PARTS_A_STREAM;
    parts.addAll(pattern.open(quads, pattern.constants(), wanted));
  }

  @Override
  public int streams() {
    return streams;
  }

  @Override
  public BatchStream open() {
    return Columns.pick(new Scan(), pattern.columns(), columns());
  }

  private record Triple(long subject, long predicate, long object) {}

  private final class Scan implements BatchStream {
    private final Batch batch = Terms.batch(pattern.columns(), run());
    private final int[] positions = pattern.positions();
    private final long[][] tuple = new long[4][];
    private final @Nullable Set<Triple> seen = pattern.mergesGraphs() ? new HashSet<>() : null;
    private @Nullable TupleCursor cursor = parts.poll();

    Scan() {
      for (int position = 0; position < 4; position++) {
        boolean needed = seen != null;
        for (int bound : positions) {
          needed |= bound == position;
        }
        if (needed) {
          tuple[position] = new long[Batch.ROWS_MAX];
        }
      }
    }

    @Override
    public @Nullable Batch next() {
      while (cursor != null) {
        run().check();
        int count = cursor.next(tuple, run().batchRows());
        if (count == 0) {
          cursor = parts.poll();
          continue;
        }
        int kept = seen == null ? count : dropSeen(count);
        if (kept > 0) {
          for (int c = 0; c < positions.length; c++) {
            Terms.fill(batch.vector(c), tuple[positions[c]], kept);
          }
          batch.all(kept);
          return batch;
        }
      }
      return null;
    }

    private int dropSeen(int count) {
      int n = 0;
      for (int i = 0; i < count; i++) {
        Set<Triple> triples = seen;
        if (triples != null && triples.add(new Triple(tuple[1][i], tuple[2][i], tuple[3][i]))) {
          for (long[] column : tuple) {
            if (column != null) {
              column[n] = column[i];
            }
          }
          n++;
        }
      }
      return n;
    }
  }
}
