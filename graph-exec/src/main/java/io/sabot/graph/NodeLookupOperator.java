package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.TermId;
import io.sabot.store.GraphReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private int[] kept = new int[0];
    private long[] entities = new long[0];

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
      }
      Vector nodes = batch.vector(column);
      int n = 0;
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        long id = nodes.getLong(row);
        if (TermId.tag(id) == TermId.TAG_NODE && matches(graph, id)) {
          kept[n] = row;
          entities[n++] = id;
        }
      }
      return n;
    }

    private boolean matches(GraphReader graph, long id) {
      if (node.labels() instanceof LabelExpr.Any) {
        return graph.nodeExists(id);
      }
      Set<String> labels = new HashSet<>();
      for (int label : graph.labels(id)) {
        labels.add(graph.labelName(label));
      }
      return (!labels.isEmpty() || graph.nodeExists(id)) && node.labels().matches(labels);
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
