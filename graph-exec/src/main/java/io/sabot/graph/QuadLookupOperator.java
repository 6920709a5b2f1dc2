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
import io.sabot.plan.value.TermId;
import io.sabot.store.QuadLookup;
import io.sabot.store.QuadReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// For each row, the quads that match a pattern whose bound positions come from the row: a range
/// scan of the permutation that starts with them, for a whole batch of rows at a time.
final class QuadLookupOperator extends Operator {
  private static final int POSITIONS = 4;

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
            node.columns(),
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

  /// A triple that a row has found.
  private record Found(int row, long subject, long predicate, long object) {}

  private final class Lookup implements BatchStream {
    private final BatchStream stream;
    private final Batch out = Terms.batch(produced, run());
    private final int width = input.columns().size();
    private final int[] positions = pattern.positions();
    private final VectorExpr[] bound = new VectorExpr[POSITIONS];
    private final int[] inputs = new int[Batch.ROWS_MAX];
    private final long[][] tuple = new long[POSITIONS][];

    /// What each row of the batch looks for, and which row that is.
    private final long[][] ids = new long[POSITIONS][];

    private int[] rows = {};
    private int count;

    private final @Nullable Set<Found> seen = pattern.mergesGraphs() ? new HashSet<>() : null;

    /// Graphs that are still to be looked through for the batch; 0 where the row says which.
    private long[] graphs = {};

    private int pass;
    private @Nullable Batch current;
    private @Nullable QuadLookup lookup;

    Lookup(BatchStream stream) {
      this.stream = stream;
      String letters = "gspo";
      node.bound()
          .forEach((letter, column) ->
              bound[letters.indexOf(letter)] = compiler(input.columns()).compileTerm(column.ref()));
      for (int p = 0; p < POSITIONS; p++) {
        int position = p;
        boolean isDelivered = Arrays.stream(positions).anyMatch(other -> other == position);
        if (isDelivered || seen != null) {
          tuple[p] = new long[Batch.ROWS_MAX];
        }
      }
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
        run().check();
        QuadLookup active = lookup;
        int found = active == null ? 0 : active.next(inputs, tuple, run().batchRows());
        if (found > 0) {
          int kept = seen == null ? found : dropSeen(seen, found);
          if (kept > 0) {
            return emit(batch, kept);
          }
        } else if (!nextGraph()) {
          current = null;
        }
      }
    }

    private void start(Batch batch) {
      current = batch;
      lookup = null;
      pass = 0;
      count = 0;
      if (seen != null) {
        seen.clear();
      }
      boolean fromRow = bound[QuadPattern.GRAPH] != null;
      if (pattern.isImpossible()) {
        graphs = new long[0];
        return;
      }
      QuadReader quads = run().snapshot().quads();
      long named = pattern.constants()[QuadPattern.GRAPH];
      graphs = fromRow ? new long[1] : pattern.graphs(quads, named);
      fill(batch, fromRow ? pattern.scopeTest() : graph -> true);
      nextGraph();
    }

    /// Collects what the rows look for; rows that cannot find anything are left out.
    private void fill(Batch batch, LongPredicate inScope) {
      Vector[] vectors = new Vector[POSITIONS];
      long[] constants = pattern.constants();
      if (rows.length < batch.count()) {
        rows = new int[batch.count()];
      }
      for (int p = 0; p < POSITIONS; p++) {
        if (bound[p] != null) {
          vectors[p] = bound[p].eval(batch);
        }
        if (ids[p] == null || ids[p].length < batch.count()) {
          ids[p] = new long[batch.count()];
        }
        Arrays.fill(ids[p], 0, batch.count(), constants[p]);
      }
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (fill(vectors, row) && inScope.test(ids[QuadPattern.GRAPH][count])) {
          rows[count++] = row;
        }
      }
    }

    /// Whether all values of the row may be in the store.
    private boolean fill(Vector[] vectors, int row) {
      for (int p = 0; p < POSITIONS; p++) {
        Vector vector = vectors[p];
        if (vector != null) {
          long id = run().dictionary().canonical(vector.getLong(row));
          if (id == TermId.NULL || TermId.isLocal(id)) {
            return false;
          }
          ids[p][count] = id;
        }
      }
      return true;
    }

    private boolean nextGraph() {
      if (pass >= graphs.length || count == 0) {
        return false;
      }
      long graph = graphs[pass++];
      if (graph != 0) {
        Arrays.fill(ids[QuadPattern.GRAPH], 0, count, graph);
      }
      QuadLookup next = lookup;
      if (next == null) {
        long[] constants = pattern.constants();
        next =
            run()
                .snapshot()
                .quads()
                .lookup(
                    true,
                    constants[1] != 0 || bound[1] != null,
                    constants[2] != 0 || bound[2] != null,
                    constants[3] != 0 || bound[3] != null);
        lookup = next;
      }
      next.start(ids, count);
      return true;
    }

    private int dropSeen(Set<Found> known, int found) {
      int n = 0;
      for (int i = 0; i < found; i++) {
        if (known.add(new Found(inputs[i], tuple[1][i], tuple[2][i], tuple[3][i]))) {
          inputs[n] = inputs[i];
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

    private Batch emit(Batch batch, int found) {
      for (int i = 0; i < found; i++) {
        inputs[i] = rows[inputs[i]];
      }
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), inputs, found);
      }
      for (int c = 0; c < positions.length; c++) {
        Terms.fill(out.vector(width + c), tuple[positions[c]], found);
      }
      out.all(found);
      return out;
    }
  }
}
