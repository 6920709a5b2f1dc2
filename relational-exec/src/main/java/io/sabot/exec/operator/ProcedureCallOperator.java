package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Calls a procedure for each row and joins what it yields. A void procedure keeps the row.
///
/// The expression of a yield assignment names the result field by a parameter of that name.
final class ProcedureCallOperator extends Operator {
  private final PhysicalNode.ProcedureCall node;
  private final Operator input;

  ProcedureCallOperator(PhysicalNode.ProcedureCall node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    input.release();
  }

  @Override
  public BatchStream open() {
    List<Column> yielded = node.yields().stream().map(Assignment::column).toList();
    List<Column> produced = new ArrayList<>(input.columns());
    produced.addAll(yielded);
    return Columns.pick(new Calls(input.open(), yielded), produced, columns());
  }

  private final class Calls extends JoinStream {
    private final List<VectorExpr> args = new ArrayList<>();
    private final List<Column> yielded;
    private final RowStore all;
    private int[] ends = new int[Batch.ROWS_MAX];
    private int at;
    private int stored;

    Calls(BatchStream probe, List<Column> yielded) {
      super(
          ProbeKind.INNER,
          probe,
          JoinColumns.vectors(input.columns(), run().memory()),
          JoinColumns.vectors(yielded, run().memory()),
          null,
          context());
      this.yielded = yielded;
      this.all = new RowStore(kinds(yielded), run().memory());
      node.args().forEach(arg -> args.add(compiler(input.columns()).compile(arg)));
    }

    @Override
    RowStore store() {
      return all;
    }

    @Override
    void start(Batch batch) {
      all.clear();
      if (ends.length < batch.count()) {
        ends = new int[batch.count()];
      }
      Vector[] in = new Vector[args.size()];
      for (int a = 0; a < in.length; a++) {
        in[a] = args.get(a).eval(batch);
      }
      List<List<Value>> rows = new ArrayList<>(batch.count());
      for (int i = 0; i < batch.count(); i++) {
        rows.add(values(in, batch.row(i)));
      }
      List<List<List<Value>>> results =
          run().outside().procedures().callAll(node.procedure(), rows, fields(), run());
      for (int i = 0; i < batch.count(); i++) {
        add(node.isVoid() ? List.of(List.of()) : results.get(i));
        ends[i] = all.rows();
      }
      at = 0;
      stored = 0;
    }

    private List<Value> values(Vector[] in, int row) {
      List<Value> values = new ArrayList<>(in.length);
      for (int a = 0; a < in.length; a++) {
        values.add(Cells.get(in[a], row, node.args().get(a).type(), run().dictionary()));
      }
      return values;
    }

    private void add(List<List<Value>> results) {
      for (List<Value> result : results) {
        Vector[] cells = new Vector[yielded.size()];
        for (int c = 0; c < cells.length; c++) {
          Physical kind = yielded.get(c).type().physical();
          cells[c] = new Vector(kind, run().memory());
          cells[c].reset(1);
          Cells.set(cells[c], 0, result.get(c), yielded.get(c).type(), run().dictionary(), 1);
        }
        all.append(cells, null, 1);
        for (Vector cell : cells) {
          cell.release();
        }
      }
    }

    private List<String> fields() {
      return node.yields().stream()
          .map(y -> y.expr() instanceof Expr.Param(String name, _) ? name : y.column().name())
          .toList();
    }

    @Override
    int propose(Batch batch, int[] probeOut, int[] storeOut, int max) {
      int n = 0;
      while (at < batch.count()) {
        while (stored < ends[at]) {
          if (n == max) {
            return n;
          }
          probeOut[n] = batch.row(at);
          storeOut[n++] = stored++;
        }
        at++;
      }
      return n;
    }
  }
}
