package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.GraphReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the rows whose node exists and has the labels; adds properties of it.
final class NodeLookupOperator extends Operator {
  private final PhysicalNode.NodeLookup node;
  private final Operator input;
  private final List<Column> produced;

  NodeLookupOperator(PhysicalNode.NodeLookup node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    this.produced = new ArrayList<>(input.columns());
    node.properties().forEach(p -> produced.add(p.column()));
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
      for (int p = 0; p < node.properties().size(); p++) {
        Vector values = out.vector(width + p);
        values.reset(count);
        int key = graph.keyId(node.properties().get(p).key());
        if (key < 0) {
          Terms.nulls(values, count);
        } else {
          graph.properties(entities, count, key, values.data(), 0);
        }
      }
      out.all(count);
      return out;
    }
  }
}
