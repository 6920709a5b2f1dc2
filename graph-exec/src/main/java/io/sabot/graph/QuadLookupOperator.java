package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.QuadReader;
import io.sabot.store.tuple.TupleCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// For each row, the quads that match a pattern whose bound positions come from the row: a range
/// scan of the permutation that starts with them.
final class QuadLookupOperator extends Operator {
  private final PhysicalNode.QuadLookup node;
  private final Operator input;
  private final QuadPattern pattern;
  private final List<Column> produced;

  QuadLookupOperator(PhysicalNode.QuadLookup node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    this.pattern =
        new QuadPattern(
            node.scope(),
            node.graph(),
            node.subject(),
            node.predicate(),
            node.object(),
            context.run());
    this.produced = new ArrayList<>(input.columns());
    produced.addAll(pattern.columns());
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int streams() {
    return input.streams();
  }

  @Override
  public BatchStream open() {
    return Columns.pick(new Lookup(input.open()), produced, columns());
  }

  private final class Lookup implements BatchStream {
    private final BatchStream stream;
    private final Batch out = Terms.batch(produced, run());
    private final int width = input.columns().size();
    private final int[] positions = pattern.positions();
    private final VectorExpr[] bound = new VectorExpr[4];
    private final Vector[] boundVectors = new Vector[4];
    private final int[] parents = new int[Batch.ROWS_MAX];
    private final long[][] found = new long[4][Batch.ROWS_MAX];
    private final long[][] tuple = new long[4][Batch.ROWS_MAX];
    private @Nullable Batch current;
    private int index;
    private List<TupleCursor> cursors = List.of();
    private int cursor;
    private Set<List<Long>> seen = new HashSet<>();

    Lookup(BatchStream stream) {
      this.stream = stream;
      String letters = "gspo";
      node.bound()
          .forEach((letter, column) ->
              bound[letters.indexOf(letter)] = compiler(input.columns()).compileTerm(column.ref()));
    }

    @Override
    public @Nullable Batch next() {
      while (true) {
        Batch batch = current;
        if (batch == null) {
          batch = stream.next();
          if (batch == null) {
            return null;
          }
          start(batch);
        }
        int rows = collect(batch);
        if (rows > 0) {
          return emit(batch, rows);
        }
        current = null;
      }
    }

    private void start(Batch batch) {
      current = batch;
      index = -1;
      cursors = List.of();
      cursor = 0;
      for (int p = 0; p < 4; p++) {
        if (bound[p] != null) {
          boundVectors[p] = bound[p].eval(batch);
        }
      }
    }

    private int collect(Batch batch) {
      int rows = 0;
      while (rows < run().batchRows()) {
        if (cursor >= cursors.size()) {
          index++;
          if (index >= batch.count()) {
            index = batch.count() - 1;
            cursor = cursors.size();
            return rows == 0 ? 0 : finish(batch, rows);
          }
          open(batch.row(index));
          continue;
        }
        int count = cursors.get(cursor).next(tuple, run().batchRows() - rows);
        if (count == 0) {
          cursor++;
          continue;
        }
        rows = keep(batch.row(index), rows, count);
      }
      return rows;
    }

    /// Makes the next call see the end of the batch.
    private int finish(Batch batch, int rows) {
      index = batch.count();
      cursors = List.of();
      cursor = 0;
      return rows;
    }

    private void open(int row) {
      run().check();
      long[] ids = pattern.constants();
      seen.clear();
      for (int p = 0; p < 4; p++) {
        if (boundVectors[p] != null) {
          ids[p] = run().dictionary().canonical(boundVectors[p].getLong(row));
          if (ids[p] == 0) {
            cursors = List.of();
            cursor = 0;
            return;
          }
        }
      }
      QuadReader quads = run().snapshot().quads();
      cursors = pattern.open(quads, ids);
      cursor = 0;
    }

    private int keep(int row, int rows, int count) {
      int n = rows;
      for (int i = 0; i < count; i++) {
        if (pattern.mergesGraphs() && !seen.add(List.of(tuple[1][i], tuple[2][i], tuple[3][i]))) {
          continue;
        }
        parents[n] = row;
        for (int position : positions) {
          found[position][n] = tuple[position][i];
        }
        n++;
      }
      return n;
    }

    private Batch emit(Batch batch, int rows) {
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), parents, rows);
      }
      for (int c = 0; c < positions.length; c++) {
        Terms.fill(out.vector(width + c), found[positions[c]], rows);
      }
      out.all(rows);
      return out;
    }
  }
}
