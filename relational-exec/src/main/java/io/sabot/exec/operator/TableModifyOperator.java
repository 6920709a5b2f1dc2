package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.TableWriter;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// INSERT, UPDATE and DELETE on a stored table. The input is taken in whole before the first row
/// changes, so that a statement never sees its own changes. Delivers one row with the count.
final class TableModifyOperator extends Operator {
  private final PhysicalNode.TableModify node;
  private final Operator input;
  private long changed;

  TableModifyOperator(PhysicalNode.TableModify node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = new EagerOperator(input, context);
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
    TableWriter writer = run().transaction().table(node.tableId());
    ExprCompiler compiler = compiler(input.columns());
    BatchStream stream = input.open();
    Batch batch;
    while ((batch = stream.next()) != null) {
      run().check();
      changed += apply(table, writer, compiler, batch);
      run().wrote();
    }
    run().counts().rowsChanged.addAndGet(changed);
  }

  private long apply(TableDef table, TableWriter writer, ExprCompiler compiler, Batch batch) {
    return switch (node.verb()) {
      case INSERT -> {
        ColumnData[] columns = new ColumnData[table.columns().size()];
        for (int c = 0; c < columns.length; c++) {
          columns[c] = export(table.columns().get(c), compiler, batch);
        }
        writer.append(columns, batch.count());
        yield batch.count();
      }
      case UPDATE -> {
        int[] ids = node.values().keySet().stream().mapToInt(Integer::intValue).toArray();
        ColumnData[] columns = new ColumnData[ids.length];
        for (int c = 0; c < ids.length; c++) {
          columns[c] = export(table.column(ids[c]), compiler, batch);
        }
        writer.update(addresses(batch), batch.count(), ids, columns);
        yield batch.count();
      }
      case DELETE -> writer.delete(addresses(batch), batch.count());
    };
  }

  private ColumnData export(ColumnDef definition, ExprCompiler compiler, Batch batch) {
    ColumnKind kind = ColumnKind.of(definition.type());
    Map<Integer, Column> values = node.values();
    Column source = values.get(definition.id());
    if (source == null) {
      return ColumnExport.nulls(kind, batch.count());
    }
    VectorExpr expr = compiler.compileAs(source.ref(), definition.type());
    return ColumnExport.of(expr.eval(batch), batch, kind, run());
  }

  private long[] addresses(Batch batch) {
    Column column = node.rowAddress();
    if (column == null) {
      throw new IllegalStateException(node.verb() + " without row addresses");
    }
    Vector vector = batch.vector(position(input.columns(), column));
    long[] addresses = new long[batch.count()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = vector.getLong(batch.row(i));
    }
    return addresses;
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    Vector count = new Vector(node.count().type().physical(), run().memory());
    count.reset(1);
    count.setLong(0, changed);
    Batch batch = new Batch(new Vector[] {count});
    batch.all(1);
    return Columns.pick(once(batch), List.of(node.count()), columns());
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
