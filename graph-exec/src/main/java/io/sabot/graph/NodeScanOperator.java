package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.exec.scan.ChunkReader;
import io.sabot.exec.scan.Morsels;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.GraphReader;
import io.sabot.store.NodePartition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Scans the partitions whose label set satisfies the label expression, column by column.
final class NodeScanOperator extends Operator {
  private final PhysicalNode.NodeScan node;
  private final List<Column> produced = new ArrayList<>();
  private Morsels morsels = new Morsels(1);
  private int[] columnIds = new int[0];

  NodeScanOperator(PhysicalNode.NodeScan node, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    produced.add(node.node());
    node.properties().forEach(p -> produced.add(p.column()));
  }

  @Override
  public void prepare() {
    GraphReader graph = run().snapshot().graph();
    morsels = new Morsels(run().batchRows());
    columnIds = new int[produced.size()];
    columnIds[0] = GraphReader.ID;
    for (int p = 0; p < node.properties().size(); p++) {
      PropertyRead read = node.properties().get(p);
      columnIds[p + 1] = graph.keyId(read.key());
    }
    for (NodePartition partition : graph.nodePartitions()) {
      Set<String> labels = new HashSet<>();
      for (int label : partition.labels()) {
        labels.add(graph.labelName(label));
      }
      if (node.labels().matches(labels)) {
        morsels.add(0, partition.table().segments(), segment -> true);
      }
    }
  }

  @Override
  public int streams() {
    return Math.max(1, morsels.size());
  }

  @Override
  public BatchStream open() {
    return Columns.pick(new Scan(), produced, columns());
  }

  private final class Scan implements BatchStream {
    private final ChunkReader reader = new ChunkReader(run().memory());
    private final Batch batch = Terms.batch(produced, run());
    private final int[] live = new int[Batch.ROWS_MAX];

    @Override
    public @Nullable Batch next() {
      Morsels.Morsel morsel;
      while ((morsel = morsels.next()) != null) {
        run().check();
        Morsels.dropDeleted(morsel, batch, live);
        if (batch.count() > 0) {
          read(morsel);
          return batch;
        }
      }
      return null;
    }

    private void read(Morsels.Morsel morsel) {
      for (int c = 0; c < columnIds.length; c++) {
        Vector out = batch.vector(c);
        if (columnIds[c] < 0) {
          Terms.nulls(out, morsel.count());
        } else {
          reader.read(morsel.segment().column(columnIds[c]), morsel.from(), morsel.count(), out);
        }
      }
    }
  }
}
