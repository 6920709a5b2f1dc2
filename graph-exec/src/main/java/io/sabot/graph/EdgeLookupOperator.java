package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.ExtendOperator;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.GraphReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For each row, the ends and properties of an edge; with direction BOTH once from each end.
final class EdgeLookupOperator extends ExtendOperator {
  private final PhysicalNode.EdgeLookup node;

  EdgeLookupOperator(PhysicalNode.EdgeLookup node, Operator input, BuildContext context) {
    super(node.columns(), input, added(node), context);
    this.node = node;
  }

  private static List<Column> added(PhysicalNode.EdgeLookup node) {
    List<Column> added = new ArrayList<>(List.of(node.source(), node.target()));
    added.addAll(PropertyColumns.of(node.properties()));
    return added;
  }

  @Override
  protected BatchStream extend(BatchStream stream) {
    return new Lookup(stream);
  }

  private final class Lookup implements BatchStream {
    private final BatchStream stream;
    private final Batch out = Terms.batch(produced, run());
    private final int place = position(input.columns(), node.edge());
    private final int width = input.columns().size();
    private long[] asked = new long[0];
    private long[] from = new long[0];
    private long[] to = new long[0];
    private int[] rows = new int[0];
    private long[] edges = new long[0];
    private long[] sources = new long[0];
    private long[] targets = new long[0];

    Lookup(BatchStream stream) {
      this.stream = stream;
    }

    @Override
    public @Nullable Batch next() {
      Batch batch;
      while ((batch = stream.next()) != null) {
        run().check();
        int count = read(batch, run().snapshot().graph());
        if (count > 0) {
          return emit(batch, count);
        }
      }
      return null;
    }

    private int read(Batch batch, GraphReader graph) {
      int count = batch.count();
      makeRoom(count);
      for (int i = 0; i < count; i++) {
        asked[i] = batch.vector(place).getLong(batch.row(i));
      }
      graph.ends(asked, count, from, to);
      boolean both = node.direction() == Direction.BOTH;
      int n = 0;
      for (int i = 0; i < count; i++) {
        if (from[i] != 0) {
          n = add(n, batch.row(i), asked[i], from[i], to[i]);
          if (both && from[i] != to[i]) {
            n = add(n, batch.row(i), asked[i], to[i], from[i]);
          }
        }
      }
      return n;
    }

    private void makeRoom(int count) {
      if (asked.length < count) {
        asked = new long[count];
        from = new long[count];
        to = new long[count];
        rows = new int[2 * count];
        edges = new long[2 * count];
        sources = new long[2 * count];
        targets = new long[2 * count];
      }
    }

    private int add(int at, int row, long edge, long source, long target) {
      rows[at] = row;
      edges[at] = edge;
      sources[at] = source;
      targets[at] = target;
      return at + 1;
    }

    private Batch emit(Batch batch, int count) {
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), rows, count);
      }
      Terms.fill(out.vector(width), sources, count);
      Terms.fill(out.vector(width + 1), targets, count);
      GraphReader graph = run().snapshot().graph();
      PropertyColumns.fill(node.properties(), graph, edges, count, out, width + 2);
      out.all(count);
      return out;
    }
  }
}
