package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.tuple.TupleCursor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Range scans over the sorted permutations of the quads.
final class QuadScanOperator extends Operator {
  private final QuadPattern pattern;

  QuadScanOperator(PhysicalNode.QuadScan node, BuildContext context) {
    super(node.columns(), context);
    this.pattern =
        new QuadPattern(
            node.scope(),
            node.graph(),
            node.subject(),
            node.predicate(),
            node.object(),
            context.run());
  }

  @Override
  public void prepare() {}

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    return Columns.pick(new Scan(), pattern.columns(), columns());
  }

  private record Triple(long subject, long predicate, long object) {}

  private final class Scan implements BatchStream {
    private final List<TupleCursor> cursors =
        pattern.open(run().snapshot().quads(), pattern.constants());
    private final Batch batch = Terms.batch(pattern.columns(), run());
    private final int[] positions = pattern.positions();
    private final long[][] tuple = new long[4][];
    private final @Nullable Set<Triple> seen = pattern.mergesGraphs() ? new HashSet<>() : null;
    private int cursor;

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
      while (cursor < cursors.size()) {
        run().check();
        int count = cursors.get(cursor).next(tuple, run().batchRows());
        if (count == 0) {
          cursor++;
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
