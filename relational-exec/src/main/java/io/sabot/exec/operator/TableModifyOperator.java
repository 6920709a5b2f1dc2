package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Changes of a stored table. The input is taken in whole before the first row changes, so that a
/// statement never sees its own changes. Delivers one row with the count, or the rows that changed
/// something.
final class TableModifyOperator extends Operator {
  private final PhysicalNode.TableModify node;
  private final Operator input;
  private final @Nullable RowStore kept;
  private long changed;

  TableModifyOperator(PhysicalNode.TableModify node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = new EagerOperator(input, context);
    this.kept = node.count() == null ? new RowStore(kinds(columns()), run().memory()) : null;
  }

  @Override
  public void prepare() {
    input.prepare();
    TableDef table =
        run()
            .snapshot()
            .catalog()
            .table(node.tableId())
            .orElseThrow(() -> new IllegalStateException("no table " + node.tableId()));
    TableChange change =
        new TableChange(node, table, input.columns(), compiler(input.columns()), run());
    BatchStream stream = input.open();
    Batch batch;
    while ((batch = stream.next()) != null) {
      run().check();
      Batch done = change.apply(batch);
      changed += done.count();
      keep(done);
      run().wrote();
    }
    run().counts().rowsChanged.addAndGet(changed);
  }

  private void keep(Batch done) {
    if (kept == null) {
      return;
    }
    Vector[] vectors = new Vector[columns().size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = done.vector(position(input.columns(), columns().get(c)));
    }
    kept.append(vectors, done.selection(), done.count());
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    Column count = node.count();
    if (kept != null) {
      return new StoredRows(kept, null, kept.rows(), new AtomicInteger(), columns(), context());
    }
    if (count == null) {
      throw new IllegalStateException("a change without rows and without a count");
    }
    Vector vector = new Vector(count.type().physical(), run().memory());
    vector.reset(1);
    vector.setLong(0, changed);
    Batch batch = new Batch(new Vector[] {vector});
    batch.all(1);
    return Columns.pick(once(batch), List.of(count), columns());
  }

  private static BatchStream once(Batch batch) {
    return new BatchStream() {
      private boolean done;

      @Override
      public @Nullable Batch next() {
        if (done) {
          return null;
        }
        done = true;
        return batch;
      }
    };
  }
}
