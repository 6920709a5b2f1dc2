package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.ExtendOperator;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.physical.PhysicalNode.Along;
import io.sabot.plan.value.TermId;
import io.sabot.store.Direction;
import io.sabot.store.GraphReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// For each row, the edges at a node, from sorted adjacency; with `into`, only those that end at a
/// given node.
final class ExpandOperator extends ExtendOperator {
  private final PhysicalNode.Expand node;

  ExpandOperator(PhysicalNode.Expand node, Operator input, BuildContext context) {
    super(node.columns(), input, added(node), context);
    this.node = node;
  }

  private static List<Column> added(PhysicalNode.Expand node) {
    List<Column> added = new ArrayList<>(List.of(node.edge(), node.to()));
    added.addAll(PropertyColumns.of(node.properties()));
    return added;
  }

  @Override
  protected BatchStream extend(BatchStream stream) {
    return new Expansion(stream);
  }

  /// One pass over the adjacency of one type in one direction.
  private record Pass(int type, Direction direction, boolean skipLoops) {}

  private final class Expansion implements BatchStream {
    private final BatchStream stream;
    private final Batch out = Terms.batch(produced, run());
    private final int width = input.columns().size();
    private final int fromColumn = input.columns().indexOf(node.from());
    private final int intoColumn = node.into() == null ? -1 : input.columns().indexOf(node.into());
    private final int[] inputs = new int[Batch.ROWS_MAX];
    private final long[] neighbours = new long[Batch.ROWS_MAX];
    private final long[] edges = new long[Batch.ROWS_MAX];
    private long[] nodes = new long[Batch.ROWS_MAX];
    private int[] rows = new int[Batch.ROWS_MAX];
    private final List<Pass> passes = new ArrayList<>();
    private GraphReader graph;
    private @Nullable Batch current;
    private int count;
    private int pass;
    private GraphReader.@Nullable ExpandCursor cursor;

    Expansion(BatchStream stream) {
      this.stream = stream;
      this.graph = run().snapshot().graph();
      if (fromColumn < 0) {
        throw new IllegalStateException("no column " + node.from());
      }
    }

    private void listPasses() {
      passes.clear();
      graph = run().snapshot().graph();
      for (int type : graph.edgeTypes()) {
        if (node.types().matches(Set.of(graph.typeName(type)))) {
          if (node.along() != Along.IN) {
            passes.add(new Pass(type, Direction.OUT, false));
          }
          if (node.along() != Along.OUT) {
            passes.add(new Pass(type, Direction.IN, node.along() == Along.BOTH));
          }
        }
      }
    }

    @Override
    public @Nullable Batch next() {
      while (true) {
        if (current == null && !advance()) {
          return null;
        }
        Batch batch = current;
        if (cursor == null || batch == null) {
          current = null;
          continue;
        }
        int found = cursor.next(inputs, neighbours, edges, run().batchRows());
        run().check();
        if (found == 0) {
          pass++;
          openCursor();
          continue;
        }
        int kept = keep(batch, found);
        if (kept > 0) {
          return emit(batch, kept);
        }
      }
    }

    private boolean advance() {
      current = stream.next();
      if (current == null) {
        return false;
      }
      listPasses();
      if (nodes.length < current.count()) {
        nodes = new long[current.count()];
        rows = new int[current.count()];
      }
      Vector from = current.vector(fromColumn);
      count = 0;
      for (int i = 0; i < current.count(); i++) {
        int row = current.row(i);
        long id = from.getLong(row);
        if (TermId.tag(id) == TermId.TAG_NODE) {
          rows[count] = row;
          nodes[count++] = id;
        }
      }
      pass = 0;
      openCursor();
      return true;
    }

    private void openCursor() {
      if (pass < passes.size() && count > 0) {
        Pass next = passes.get(pass);
        cursor = graph.expand(next.type(), next.direction(), nodes, count);
      } else {
        cursor = null;
      }
    }

    private int keep(Batch batch, int found) {
      Pass active = passes.get(pass);
      int n = 0;
      for (int i = 0; i < found; i++) {
        int from = inputs[i];
        boolean wanted =
            !(active.skipLoops() && neighbours[i] == nodes[from])
                && (intoColumn < 0
                    || batch.vector(intoColumn).getLong(rows[from]) == neighbours[i]);
        if (wanted) {
          inputs[n] = rows[from];
          neighbours[n] = neighbours[i];
          edges[n++] = edges[i];
        }
      }
      return n;
    }

    private Batch emit(Batch batch, int rowCount) {
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), inputs, rowCount);
      }
      Terms.fill(out.vector(width), edges, rowCount);
      Terms.fill(out.vector(width + 1), neighbours, rowCount);
      PropertyColumns.fill(node.properties(), graph, edges, rowCount, out, width + 2);
      out.all(rowCount);
      return out;
    }
  }
}
