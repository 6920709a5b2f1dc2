package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.ExtendOperator;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.GraphReader;
import org.jspecify.annotations.Nullable;

/// Keeps the rows whose node exists and has the labels; adds properties of it.
final class NodeLookupOperator extends ExtendOperator {
  private final PhysicalNode.NodeLookup node;

  NodeLookupOperator(PhysicalNode.NodeLookup node, Operator input, BuildContext context) {
    super(node.columns(), input, PropertyColumns.of(node.properties()), context);
    this.node = node;
  }

  @Override
  protected BatchStream extend(BatchStream stream) {
    return new Lookup(stream);
  }

  private final class Lookup implements BatchStream {
    private final BatchStream stream;
    private final Batch out = Terms.batch(produced, run());
    private final int column = position(input.columns(), node.node());
    private final int width = input.columns().size();
    private final LabelFilter labels = new LabelFilter(node.labels());
    private int[] kept = new int[0];
    private long[] entities = new long[0];
    private int[] partitions = new int[0];

    Lookup(BatchStream stream) {
      this.stream = stream;
    }

    @Override
    public @Nullable Batch next() {
      Batch batch;
      while ((batch = stream.next()) != null) {
        run().check();
        GraphReader graph = run().snapshot().graph();
        int count = keep(batch, graph);
        if (count > 0) {
          return node.properties().isEmpty()
              ? narrowed(batch, count)
              : fetched(batch, graph, count);
        }
      }
      return null;
    }

    private int keep(Batch batch, GraphReader graph) {
      if (kept.length < batch.count()) {
        kept = new int[batch.count()];
        entities = new long[batch.count()];
        partitions = new int[batch.count()];
      }
      Vector nodes = batch.vector(column);
      for (int i = 0; i < batch.count(); i++) {
        entities[i] = nodes.getLong(batch.row(i));
      }
      graph.partitions(entities, batch.count(), partitions);
      int n = 0;
      for (int i = 0; i < batch.count(); i++) {
        if (labels.matches(partitions[i], graph)) {
          kept[n] = batch.row(i);
          entities[n++] = entities[i];
        }
      }
      return n;
    }

    private Batch narrowed(Batch batch, int count) {
      for (int c = 0; c < width; c++) {
        out.setVector(c, batch.vector(c));
      }
      out.select(batch.rows(), kept, count);
      return out;
    }

    private Batch fetched(Batch batch, GraphReader graph, int count) {
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), kept, count);
      }
      PropertyColumns.fill(node.properties(), graph, entities, count, out, width);
      out.all(count);
      return out;
    }
  }
}
