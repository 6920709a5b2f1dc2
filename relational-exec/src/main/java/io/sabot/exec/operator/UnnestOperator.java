package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row for each element of a list. A value that is not a list counts as a list of itself.
final class UnnestOperator extends Operator {
  private final Operator input;
  private final PhysicalNode.Unnest node;

  UnnestOperator(Operator input, PhysicalNode.Unnest node, BuildContext context) {
    super(node.columns(), context);
    this.input = input;
    this.node = node;
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
  public void release() {
    input.release();
  }

  @Override
  public BatchStream open() {
    List<Column> produced = new ArrayList<>(input.columns());
    produced.add(node.element());
    if (node.ordinal() != null) {
      produced.add(node.ordinal());
    }
    return Columns.pick(new Unnested(input.open(), produced), produced, columns());
  }

  private final class Unnested implements BatchStream {
    private final BatchStream stream;
    private final VectorExpr list = compiler(input.columns()).compile(node.list());
    private final Batch out;
    private final int width = input.columns().size();
    private final int[] parents = new int[Batch.ROWS_MAX];
    private final List<Value> elements = new ArrayList<>();
    private final long[] ordinals = new long[Batch.ROWS_MAX];
    private @Nullable Batch current;
    private @Nullable Vector lists;
    private int index;
    private int element;

    Unnested(BatchStream stream, List<Column> produced) {
      this.stream = stream;
      Vector[] vectors = new Vector[produced.size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = new Vector(produced.get(c).type().physical(), run().memory());
      }
      out = new Batch(vectors);
    }

    @Override
    public @Nullable Batch next() {
      while (true) {
        if (current == null) {
          current = stream.next();
          if (current == null) {
            return null;
          }
          lists = list.eval(current);
          index = 0;
          element = 0;
        }
        int rows = collect(current, lists);
        if (rows > 0) {
          return emit(current, rows);
        }
        current = null;
      }
    }

    private int collect(Batch batch, @Nullable Vector vector) {
      elements.clear();
      int rows = 0;
      while (index < batch.count() && vector != null) {
        int row = batch.row(index);
        List<Value> items = items(Cells.get(vector, row, node.list().type(), run().dictionary()));
        while (element < items.size()) {
          if (rows == run().batchRows()) {
            return rows;
          }
          parents[rows] = row;
          ordinals[rows] = element + 1;
          elements.add(items.get(element++));
          rows++;
        }
        index++;
        element = 0;
      }
      return rows;
    }

    private List<Value> items(Value value) {
      List<Value> items =
          switch (value) {
            case Value.Null _ -> List.of();
            case Value.ListValue(var list) -> list;
            default -> List.of(value);
          };
      return items.isEmpty() && node.outer() ? List.of(Value.NULL) : items;
    }

    private Batch emit(Batch batch, int rows) {
      for (int c = 0; c < width; c++) {
        out.vector(c).gather(batch.vector(c), parents, rows);
      }
      Vector values = out.vector(width);
      values.reset(rows);
      for (int i = 0; i < rows; i++) {
        Cells.set(values, i, elements.get(i), node.element().type(), run().dictionary(), rows);
      }
      if (node.ordinal() != null) {
        Vector numbers = out.vector(width + 1);
        numbers.reset(rows);
        for (int i = 0; i < rows; i++) {
          numbers.setLong(i, ordinals[i]);
        }
      }
      out.all(rows);
      return out;
    }
  }
}
