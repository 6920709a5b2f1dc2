package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.scan.ChunkReader;
import io.sabot.plan.logical.LogicalNode.ColumnRead;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import io.sabot.store.TableReader;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnKind;
import org.jspecify.annotations.Nullable;

/// For each row, columns of the table row at an address.
final class RowLookupOperator extends ExtendOperator {
  private final PhysicalNode.RowLookup node;

  RowLookupOperator(PhysicalNode.RowLookup node, Operator input, BuildContext context) {
    super(node.columns(), input, node.reads().stream().map(ColumnRead::column).toList(), context);
    this.node = node;
  }

  @Override
  protected BatchStream extend(BatchStream stream) {
    return new Lookup(stream);
  }

  private final class Lookup implements BatchStream {
    private final BatchStream stream;
    private final Batch out;
    private final ChunkReader reader = new ChunkReader(run().memory());
    private final int place = position(input.columns(), node.address());
    private final int width = input.columns().size();
    private long[] addresses = new long[0];
    private int[] rows = new int[0];

    Lookup(BatchStream stream) {
      this.stream = stream;
      Vector[] vectors = new Vector[produced.size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = new Vector(produced.get(c).type().physical(), run().memory());
      }
      this.out = new Batch(vectors);
    }

    @Override
    public @Nullable Batch next() {
      Batch batch = stream.next();
      if (batch == null) {
        return null;
      }
      run().check();
      int count = batch.count();
      if (addresses.length < count) {
        addresses = new long[count];
        rows = new int[count];
      }
      for (int i = 0; i < count; i++) {
        rows[i] = batch.row(i);
        addresses[i] = batch.vector(place).getLong(rows[i]);
      }
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), rows, count);
      }
      TableReader table = run().snapshot().table(node.tableId());
      for (int r = 0; r < node.reads().size(); r++) {
        fetch(table, node.reads().get(r), count, out.vector(width + r));
      }
      out.all(count);
      return out;
    }

    private void fetch(TableReader table, ColumnRead read, int count, Vector into) {
      Physical physical = read.column().type().physical();
      if (physical == Physical.LONG || physical == Physical.TERM || physical == Physical.DOUBLE) {
        into.reset(count);
        table.gatherWords(
            read.columnId(),
            addresses,
            count,
            into.data(),
            0,
            physical == Physical.TERM ? null : into.validityForWrite(count));
        return;
      }
      ColumnBuilder builder = new ColumnBuilder(ColumnKind.of(read.column().type()));
      table.gather(read.columnId(), addresses, count, builder);
      reader.read(builder.chunk(), 0, count, into);
    }
  }
}
