package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.Outside;
import io.sabot.exec.run.Outside.Bound;
import io.sabot.exec.scan.ColumnBound;
import io.sabot.exec.scan.DataReader;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode.FileRead;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a file from its start to its end and selects rows.
final class FileScanOperator extends Operator {
  private final PhysicalNode.FileScan node;

  FileScanOperator(PhysicalNode.FileScan node, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
  }

  @Override
  public void prepare() {}

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    List<Column> produced = node.reads().stream().map(FileRead::column).toList();
    return Columns.pick(new Scan(produced), produced, columns());
  }

  /// The conjuncts that compare a column with a constant and that whole pieces of a file may be
  /// left out by.
  private List<Bound> bounds() {
    List<Bound> bounds = new ArrayList<>();
    for (ColumnBound bound : ColumnBound.of(node.predicate())) {
      Type stored = bound.column().type();
      Type type = bound.type();
      if (isWhole(stored) && isWhole(type) && type.equals(Type.DATE) == stored.equals(Type.DATE)) {
        for (FileRead read : node.reads()) {
          if (read.column().equals(bound.column())) {
            bounds.add(new Bound(read.field(), bound.op(), Cells.asLong(bound.value(), type)));
          }
        }
      }
    }
    return bounds;
  }

  private static boolean isWhole(Type type) {
    return type instanceof Type.Int || type.equals(Type.DATE);
  }

  private final class Scan implements BatchStream {
    private final Outside.FileRows rows;
    private final Batch batch;
    private final @Nullable Selector selector;
    private boolean isOver;

    Scan(List<Column> produced) {
      Vector[] vectors = new Vector[produced.size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = new Vector(produced.get(c).type().physical(), run().memory());
      }
      batch = new Batch(vectors);
      selector =
          node.predicate().equals(Expr.TRUE)
              ? null
              : Selector.of(node.predicate(), compiler(produced), run());
      rows = run().outside().files().open(node.file(), node.reads(), bounds(), run().batchRows());
      run().closeAtEnd(rows::close);
    }

    @Override
    public @Nullable Batch next() {
      while (!isOver) {
        run().check();
        int count = rows.next();
        if (count == 0) {
          isOver = true;
          rows.close();
          return null;
        }
        for (int c = 0; c < node.reads().size(); c++) {
          DataReader.read(rows.column(c), batch.vector(c));
        }
        batch.all(count);
        if (selector == null || selector.select(batch) > 0) {
          return batch;
        }
      }
      return null;
    }
  }
}
