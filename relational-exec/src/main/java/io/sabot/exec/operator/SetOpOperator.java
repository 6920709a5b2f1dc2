package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.Arrays;
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
  public BatchStream open() {
    BatchStream first = aligned(left, node.leftColumns());
    if (node.kind() == SetKind.UNION) {
      return new Concatenation(first);
    }
    return new Difference(first, aligned(right, node.rightColumns()));
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

  /// Counts the right rows by key, then lets left rows through by those counts.
  private final class Difference implements BatchStream {
    private final BatchStream first;
    private final BatchStream second;
    private final KeyTable table = new KeyTable(kinds(columns()), run().memory());
    private final List<KeyForm> forms = new ArrayList<>();
    private int[] numbers = new int[Batch.ROWS_MAX];
    private int[] kept = new int[Batch.ROWS_MAX];
    private long[] counts = new long[16];
    private boolean counted;

    Difference(BatchStream first, BatchStream second) {
      this.first = first;
      this.second = second;
      columns().forEach(c -> forms.add(new KeyForm(c.type().physical(), node.mode(), run())));
    }

    private void number(Batch batch) {
      Vector[] keys = new Vector[forms.size()];
      for (int c = 0; c < keys.length; c++) {
        keys[c] = forms.get(c).of(batch.vector(c), batch);
      }
      if (numbers.length < batch.count()) {
        numbers = new int[batch.count()];
        kept = new int[batch.count()];
      }
      table.findOrAdd(keys, batch, numbers);
      if (counts.length < table.size()) {
        counts = Arrays.copyOf(counts, Math.max(table.size(), counts.length * 2));
      }
    }

    @Override
    public @Nullable Batch next() {
      Batch batch;
      while (!counted && (batch = second.next()) != null) {
        run().check();
        number(batch);
        for (int i = 0; i < batch.count(); i++) {
          counts[numbers[i]]++;
        }
      }
      counted = true;
      while ((batch = first.next()) != null) {
        run().check();
        number(batch);
        int count = keep(batch);
        if (count > 0) {
          batch.select(batch.rows(), kept, count);
          return batch;
        }
      }
      return null;
    }

    private int keep(Batch batch) {
      boolean intersect = node.kind() == SetKind.INTERSECT;
      int n = 0;
      for (int i = 0; i < batch.count(); i++) {
        int key = numbers[i];
        boolean inRight = counts[key] > 0;
        boolean pass = inRight == intersect;
        if (node.all()) {
          counts[key] -= inRight ? 1 : 0;
        } else {
          // Once seen, a row is out: an EXCEPT row as if it were on the right, an INTERSECT row as
          // if it were not.
          counts[key] = pass ? (intersect ? 0 : 1) : counts[key];
        }
        if (pass) {
          kept[n++] = batch.row(i);
        }
      }
      return n;
    }
  }
}
