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
import io.sabot.plan.logical.Direction;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.GraphReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Scans the edges of some types. With direction BOTH each batch comes a second time with its ends
/// swapped, without loops.
final class EdgeScanOperator extends Operator {
  private static final int EDGE = 0;
  private static final int SOURCE = 1;
  private static final int TARGET = 2;

  private final PhysicalNode.EdgeScan node;
  private final List<Column> produced = new ArrayList<>();
  private Morsels morsels = new Morsels(1);
  private int[] columnIds = new int[0];

  EdgeScanOperator(PhysicalNode.EdgeScan node, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    produced.add(node.edge());
    produced.add(node.source());
    produced.add(node.target());
    node.properties().forEach(p -> produced.add(p.column()));
  }

  @Override
  public void prepare() {
    GraphReader graph = run().snapshot().graph();
    morsels = new Morsels(run().batchRows());
    columnIds = new int[produced.size()];
    columnIds[EDGE] = GraphReader.ID;
    columnIds[SOURCE] = GraphReader.SOURCE;
    columnIds[TARGET] = GraphReader.TARGET;
    for (int p = 0; p < node.properties().size(); p++) {
      int key = graph.keyId(node.properties().get(p).key());
      columnIds[p + 3] = key < 0 ? Integer.MIN_VALUE : key;
    }
    for (int type : graph.edgeTypes()) {
      if (node.types().matches(Set.of(graph.typeName(type)))) {
        graph.edges(type).ifPresent(table -> morsels.add(0, table.segments(), segment -> true));
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
    private boolean swapNext;

    /// The rows delivered last; the batch itself may have been narrowed since by who received it.
    private int[] delivered = new int[0];

    @Override
    public @Nullable Batch next() {
      if (swapNext) {
        swapNext = false;
        if (swapped() > 0) {
          return batch;
        }
      }
      Morsels.Morsel morsel;
      while ((morsel = morsels.next()) != null) {
        run().check();
        Morsels.dropDeleted(morsel, batch, live);
        if (batch.count() > 0) {
          read(morsel);
          swapNext = node.direction() == Direction.BOTH;
          delivered = swapNext ? selected() : delivered;
          return batch;
        }
      }
      return null;
    }

    private void read(Morsels.Morsel morsel) {
      for (int c = 0; c < columnIds.length; c++) {
        Vector out = batch.vector(c);
        if (columnIds[c] == Integer.MIN_VALUE) {
          Terms.nulls(out, morsel.count());
        } else {
          reader.read(morsel.segment().column(columnIds[c]), morsel.from(), morsel.count(), out);
        }
      }
    }

    private int[] selected() {
      int[] rows = new int[batch.count()];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = batch.row(i);
      }
      return rows;
    }

    /// Swaps the ends of the rows delivered last; a loop is the same both ways and is left out.
    private int swapped() {
      Vector source = batch.vector(SOURCE);
      Vector target = batch.vector(TARGET);
      batch.setVector(SOURCE, target);
      batch.setVector(TARGET, source);
      int n = 0;
      int[] kept = new int[delivered.length];
      for (int row : delivered) {
        if (source.getLong(row) != target.getLong(row)) {
          kept[n++] = row;
        }
      }
      batch.select(batch.rows(), kept, n);
      return n;
    }
  }
}
