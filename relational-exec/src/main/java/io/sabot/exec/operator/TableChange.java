package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.LogicalNode.TableAction;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.store.TableWriter;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Segment;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries out one change of a table, batch by batch.
final class TableChange {
  private final PhysicalNode.TableModify node;
  private final TableDef table;
  private final List<Column> columns;
  private final QueryRun run;
  private final TableWriter writer;
  private final ExprCompiler compiler;

  /// The rows changed or deleted so far, by segment.
  private final Map<Long, BitSet> touched = new HashMap<>();

  /// @param columns of the batches to come
  TableChange(
      PhysicalNode.TableModify node,
      TableDef table,
      List<Column> columns,
      ExprCompiler compiler,
      QueryRun run) {
    this.node = node;
    this.table = table;
    this.columns = columns;
    this.run = run;
    this.writer = run.transaction().table(node.tableId());
    this.compiler = compiler;
  }

  /// Returns the rows of the batch that changed something.
  Batch apply(Batch batch) {
    return switch (node.verb()) {
      case INSERT -> {
        insert(batch);
        yield batch;
      }
      case UPDATE -> {
        Batch rows = fresh(batch, false);
        update(rows);
        yield rows;
      }
      case DELETE -> {
        Batch rows = fresh(batch, false);
        writer.delete(addresses(rows), rows.count());
        yield rows;
      }
      case MERGE -> merge(batch);
    };
  }

  private Batch merge(Batch batch) {
    Vector actions = vector(batch, node.action());
    if (some(batch, actions, TableAction.TWICE, TableAction.TWICE).count() > 0) {
      throw twice();
    }
    Batch deleted = fresh(some(batch, actions, TableAction.DELETE, TableAction.DELETE), true);
    Batch updated = fresh(some(batch, actions, TableAction.UPDATE, TableAction.UPDATE), true);
    Batch inserted = some(batch, actions, TableAction.INSERT, TableAction.INSERT);
    writer.delete(addresses(deleted), deleted.count());
    update(updated);
    insert(inserted);
    return some(batch, actions, TableAction.INSERT, TableAction.DELETE);
  }

  private void insert(Batch rows) {
    if (rows.count() == 0) {
      return;
    }
    ColumnData[] data = new ColumnData[table.columns().size()];
    for (int c = 0; c < data.length; c++) {
      data[c] = export(table.columns().get(c), rows);
    }
    writer.append(data, rows.count());
  }

  private void update(Batch rows) {
    if (rows.count() == 0) {
      return;
    }
    int[] ids = node.values().keySet().stream().mapToInt(Integer::intValue).toArray();
    ColumnData[] data = new ColumnData[ids.length];
    for (int c = 0; c < ids.length; c++) {
      data[c] = export(table.column(ids[c]), rows);
    }
    writer.update(addresses(rows), rows.count(), ids, data);
  }

  private ColumnData export(ColumnDef definition, Batch rows) {
    ColumnKind kind = ColumnKind.of(definition.type());
    Column source = node.values().get(definition.id());
    if (source == null) {
      return ColumnExport.nulls(kind, rows.count());
    }
    VectorExpr expr = compiler.compileAs(source.ref(), definition.type());
    return ColumnExport.of(expr.eval(rows), rows, kind, run);
  }

  // ---- parts of a batch

  private Vector vector(Batch batch, @Nullable Column column) {
    if (column == null) {
      throw new IllegalStateException(node.verb() + " without row addresses or actions");
    }
    return batch.vector(Operator.position(columns, column));
  }

  private long[] addresses(Batch rows) {
    Vector vector = vector(rows, node.rowAddress());
    long[] addresses = new long[rows.count()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = vector.getLong(rows.row(i));
    }
    return addresses;
  }

  /// The rows whose action is from `low` to `high`.
  private Batch some(Batch batch, Vector actions, long low, long high) {
    int[] selection = new int[batch.count()];
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      boolean isIt =
          !actions.isNull(row) && actions.getLong(row) >= low && actions.getLong(row) <= high;
      selection[count] = row;
      count += isIt ? 1 : 0;
    }
    return part(batch, selection, count);
  }

  /// The rows at places that were not touched before.
  private Batch fresh(Batch batch, boolean isOthersError) {
    Vector places = vector(batch, node.rowAddress());
    int[] selection = new int[batch.count()];
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long address = places.getLong(row);
      BitSet rows = touched.computeIfAbsent(Segment.segmentId(address), _ -> new BitSet());
      if (!rows.get(Segment.row(address))) {
        rows.set(Segment.row(address));
        selection[count++] = row;
      } else if (isOthersError) {
        throw twice();
      }
    }
    return part(batch, selection, count);
  }

  private Batch part(Batch batch, int[] selection, int count) {
    Vector[] vectors = new Vector[columns.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = batch.vector(c);
    }
    Batch part = new Batch(vectors);
    part.select(batch.rows(), selection, count);
    return part;
  }

  private QueryException twice() {
    return new QueryException(
        ErrorCode.MORE_THAN_ONE_ROW,
        null,
        "the statement would change a row of table '" + table.name() + "' twice",
        "give it at most one row for each row of the table");
  }
}
