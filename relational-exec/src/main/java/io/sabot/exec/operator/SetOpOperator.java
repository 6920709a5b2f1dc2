package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.physical.PhysicalNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// UNION ALL (left rows, then right rows), INTERSECT and EXCEPT (with and without ALL).
final class SetOpOperator extends Operator {
  private final PhysicalNode.SetOp node;
  private final Operator left;
  private final Operator right;

  SetOpOperator(PhysicalNode.SetOp node, Operator left, Operator right, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.left = left;
    this.right = right;
    if (node.kind() != SetKind.UNION) {
      context.countSpiller();
    }
  }

  @Override
  public void prepare() {
    left.prepare();
    if (!(left instanceof EagerOperator)) {
      right.prepare();
    }
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    left.release();
    right.release();
  }

  @Override
  public BatchStream open() {
    BatchStream first = aligned(left, node.leftColumns());
    if (node.kind() == SetKind.UNION) {
      return new Concatenation(first);
    }
    return new DifferenceRows(
        first,
        aligned(right, node.rightColumns()),
        kinds(columns()),
        node.mode(),
        node.kind() == SetKind.INTERSECT,
        node.all(),
        this::spillFile,
        run());
  }

  /// The rows of one side as columns of the result; a column it lacks is null.
  private BatchStream aligned(Operator side, List<@Nullable Column> sources) {
    BatchStream stream = side.open();
    ExprCompiler compiler = compiler(side.columns());
    VectorExpr[] exprs = new VectorExpr[columns().size()];
    for (int c = 0; c < exprs.length; c++) {
      Column source = sources.get(c);
      Column target = columns().get(c);
      Expr expr = source == null ? Expr.nullOf(target.type()) : source.ref();
      exprs[c] = compiler.compileAs(expr, target.type());
    }
    Batch out = new Batch(new Vector[exprs.length]);
    return () -> {
      Batch batch = stream.next();
      if (batch == null) {
        return null;
      }
      for (int c = 0; c < exprs.length; c++) {
        out.setVector(c, exprs[c].eval(batch));
      }
      out.select(batch.rows(), batch.selection(), batch.count());
      return out;
    };
  }

  private final class Concatenation implements BatchStream {
    private BatchStream current;
    private boolean onRight;

    Concatenation(BatchStream first) {
      current = first;
    }

    @Override
    public @Nullable Batch next() {
      Batch batch = current.next();
      if (batch == null && !onRight) {
        onRight = true;
        if (left instanceof EagerOperator) {
          right.prepare();
        }
        current = aligned(right, node.rightColumns());
        batch = current.next();
      }
      return batch;
    }
  }
}
