package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins without an equality to hash on: every left row with every stored right row.
final class NestedLoopJoinOperator extends Operator {
  private final PhysicalNode.NestedLoopJoin node;
  private final Operator left;
  private final Operator right;
  private final RowStore rows;
  private final @Nullable BitSet storedMatches;

  NestedLoopJoinOperator(
      PhysicalNode.NestedLoopJoin node, Operator left, Operator right, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.left = left;
    this.right = right;
    this.rows = new RowStore(kinds(right.columns()), run().memory());
    this.storedMatches =
        node.kind() == JoinKind.RIGHT || node.kind() == JoinKind.FULL ? new BitSet() : null;
  }

  @Override
  public void prepare() {
    right.prepare();
    drain(right, 1, (worker, batch) -> rows.append(batch));
    left.prepare();
  }

  @Override
  public int streams() {
    return storedMatches == null ? left.streams() : 1;
  }

  @Override
  public BatchStream open() {
    List<Column> produced = new ArrayList<>(left.columns());
    produced.addAll(right.columns());
    VectorExpr condition =
        node.condition().equals(Expr.TRUE)
            ? null
            : compiler(produced).compileAs(node.condition(), Type.BOOL);
    BatchStream stream = new Loop(left.open(), condition);
    return Columns.pick(
        stream,
        JoinColumns.delivered(node.kind(), left.columns(), right.columns(), node.mark()),
        columns());
  }

  private final class Loop extends JoinStream {
    private int at;
    private int stored;

    Loop(BatchStream probe, @Nullable VectorExpr condition) {
      super(
          node.kind(),
          probe,
          JoinColumns.vectors(left.columns(), run().memory()),
          JoinColumns.vectors(right.columns(), run().memory()),
          condition,
          storedMatches,
          context());
    }

    @Override
    RowStore store() {
      return rows;
    }

    @Override
    void start(Batch batch) {
      at = 0;
      stored = 0;
    }

    @Override
    int propose(Batch batch, int[] probeOut, int[] storeOut, int max) {
      int n = 0;
      int total = rows.rows();
      while (at < batch.count() && total > 0) {
        int row = batch.row(at);
        while (stored < total) {
          if (n == max) {
            return n;
          }
          probeOut[n] = row;
          storeOut[n++] = stored++;
        }
        at++;
        stored = 0;
      }
      return n;
    }
  }
}
