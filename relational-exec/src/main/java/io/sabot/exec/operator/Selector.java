package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Narrows the selection of a batch to the rows for which a condition is true. The conjuncts of the
/// condition run one after the other, each on the rows that the ones before it left; a comparison
/// of a 64-bit column with a constant or another such column runs without a vector of booleans
/// between.
final class Selector {
  private final List<Step> steps;
  private int[] spare = new int[Batch.ROWS_MAX];

  private Selector(List<Step> steps) {
    this.steps = steps;
  }

  /// Writes the rows that pass to `out` and returns how many.
  private interface Step {
    int select(Batch batch, int[] out);
  }

  static Selector of(Expr predicate, ExprCompiler compiler, QueryRun run) {
    List<Step> steps = new ArrayList<>();
    for (Expr conjunct : LogicFunctions.conjuncts(predicate)) {
      Step fast = wordComparison(conjunct, compiler, run);
      steps.add(fast != null ? fast : new AnyCondition(compiler.compileAs(conjunct, Type.BOOL)));
    }
    return new Selector(steps);
  }

  /// Narrows the batch and returns how many rows are left.
  int select(Batch batch) {
    for (Step step : steps) {
      if (batch.count() == 0) {
        return 0;
      }
      int[] target = batch.selection() == spare ? spare : ensure(batch.rows());
      int count = step.select(batch, target);
      if (count < batch.count() || batch.selection() != null) {
        batch.select(batch.rows(), target, count);
      }
    }
    return batch.count();
  }

  private int[] ensure(int rows) {
    if (spare.length < rows) {
      spare = new int[rows];
    }
    return spare;
  }

  private static @Nullable Step wordComparison(Expr conjunct, ExprCompiler compiler, QueryRun run) {
    if (!(conjunct instanceof Expr.Call(var function, var args, _)) || args.size() != 2) {
      return null;
    }
    Op op = ComparisonFunctions.opOf(function);
    if (op == null || function.name().indexOf('.') >= 0) {
      return null;
    }
    Expr column = args.get(0);
    Expr constant = args.get(1);
    if (column instanceof Expr.Col
        && constant instanceof Expr.Col
        && column.type().physical() == Physical.LONG
        && constant.type().physical() == Physical.LONG) {
      return WordPair.of(op, compiler.compile(column), compiler.compile(constant));
    }
    if (column instanceof Expr.Lit) {
      column = args.get(1);
      constant = args.get(0);
      op = op.flipped();
    }
    Physical kind = column.type().physical();
    boolean word =
        kind == Physical.LONG
            || kind == Physical.DECIMAL
                && Cells.scale(column.type()) == Cells.scale(constant.type());
    if (!word
        || constant.type().physical() != kind
        || !(constant instanceof Expr.Lit(Value value, Type type))
        || value.isNull()) {
      return null;
    }
    long operand;
    if (kind == Physical.DECIMAL) {
      var unscaled = Cells.unscaled(value, (Type.Decimal) type);
      if (unscaled.bitLength() > 63) {
        return null;
      }
      operand = unscaled.longValue();
    } else {
      operand = Cells.asLong(value, type);
    }
    return new WordComparison(op, compiler.compile(column), operand);
  }

  private record AnyCondition(VectorExpr condition) implements Step {
    @Override
    public int select(Batch batch, int[] out) {
      Vector passed = condition.eval(batch);
      int n = trueRows(passed.data(), batch.selection(), batch.count(), out);
      return passed.hasNulls() ? dropNulls(passed, out, n) : n;
    }

    /// A method of its own, which is compiled long before a loop within a larger one is.
    private static int trueRows(
        MemorySegment passed, int @Nullable [] selection, int count, int[] out) {
      int n = 0;
      for (int i = 0; i < count; i++) {
        int row = selection == null ? i : selection[i];
        out[n] = row;
        n += passed.get(Vector.BYTE, row) != 0 ? 1 : 0;
      }
      return n;
    }
  }

  /// Takes the rows where a column is null out of a selection; returns how many are left.
  static int dropNulls(Vector in, int[] rows, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (!in.isNull(rows[i])) {
        rows[n++] = rows[i];
      }
    }
    return n;
  }

  /// Compares the words of two columns, less on the left or equal.
  private record WordPair(Op op, VectorExpr left, VectorExpr right) implements Step {
    static WordPair of(Op op, VectorExpr left, VectorExpr right) {
      boolean turned = op == Op.GT || op == Op.GE;
      return turned ? new WordPair(op.flipped(), right, left) : new WordPair(op, left, right);
    }

    @Override
    public int select(Batch batch, int[] out) {
      Vector a = left.eval(batch);
      Vector b = right.eval(batch);
      int n = words(a.data(), b.data(), batch.selection(), batch.count(), out);
      n = a.hasNulls() ? dropNulls(a, out, n) : n;
      return b.hasNulls() ? dropNulls(b, out, n) : n;
    }

    private int words(
        MemorySegment a, MemorySegment b, int @Nullable [] selection, int count, int[] out) {
      return switch (op) {
        case LT, GT -> less(a, b, selection, count, out);
        case LE, GE -> lessOrEqual(a, b, selection, count, out);
        case EQ -> equal(a, b, true, selection, count, out);
        case NE -> equal(a, b, false, selection, count, out);
      };
    }

    private static int less(
        MemorySegment a, MemorySegment b, int @Nullable [] selection, int count, int[] out) {
      int n = 0;
      for (int i = 0; i < count; i++) {
        int row = selection == null ? i : selection[i];
        out[n] = row;
        n += a.get(Vector.LONG, 8L * row) < b.get(Vector.LONG, 8L * row) ? 1 : 0;
      }
      return n;
    }

    private static int lessOrEqual(
        MemorySegment a, MemorySegment b, int @Nullable [] selection, int count, int[] out) {
      int n = 0;
      for (int i = 0; i < count; i++) {
        int row = selection == null ? i : selection[i];
        out[n] = row;
        n += a.get(Vector.LONG, 8L * row) <= b.get(Vector.LONG, 8L * row) ? 1 : 0;
      }
      return n;
    }

    private static int equal(
        MemorySegment a,
        MemorySegment b,
        boolean wanted,
        int @Nullable [] selection,
        int count,
        int[] out) {
      int n = 0;
      for (int i = 0; i < count; i++) {
        int row = selection == null ? i : selection[i];
        out[n] = row;
        n += (a.get(Vector.LONG, 8L * row) == b.get(Vector.LONG, 8L * row)) == wanted ? 1 : 0;
      }
      return n;
    }
  }

  /// Compares 64-bit words with a constant; branch-free, one loop an operator.
  private record WordComparison(Op op, VectorExpr column, long operand) implements Step {
    @Override
    public int select(Batch batch, int[] out) {
      Vector in = column.eval(batch);
      if (in.isWide()) {
        return wide(in, batch, out);
      }
      int count = words(in, batch, out);
      return in.hasNulls() ? dropNulls(in, out, count) : count;
    }

    private int words(Vector in, Batch batch, int[] out) {
      MemorySegment data = in.data();
      int @Nullable [] selection = batch.selection();
      int count = batch.count();
      long low = Long.MIN_VALUE;
      long high = Long.MAX_VALUE;
      switch (op) {
        case LT -> {
          if (operand == Long.MIN_VALUE) {
            return 0;
          }
          high = operand - 1;
        }
        case LE -> high = operand;
        case GT -> {
          if (operand == Long.MAX_VALUE) {
            return 0;
          }
          low = operand + 1;
        }
        case GE -> low = operand;
        case EQ -> {
          low = operand;
          high = operand;
        }
        case NE -> {
          return notEqual(data, selection, count, out);
        }
      }
      int n = 0;
      if (selection == null) {
        for (int row = 0; row < count; row++) {
          long value = data.get(Vector.LONG, 8L * row);
          out[n] = row;
          n += value >= low & value <= high ? 1 : 0;
        }
      } else {
        for (int i = 0; i < count; i++) {
          int row = selection[i];
          long value = data.get(Vector.LONG, 8L * row);
          out[n] = row;
          n += value >= low & value <= high ? 1 : 0;
        }
      }
      return n;
    }

    private int notEqual(MemorySegment data, int @Nullable [] selection, int count, int[] out) {
      int n = 0;
      for (int i = 0; i < count; i++) {
        int row = selection == null ? i : selection[i];
        out[n] = row;
        n += data.get(Vector.LONG, 8L * row) != operand ? 1 : 0;
      }
      return n;
    }

    private int wide(Vector in, Batch batch, int[] out) {
      java.math.BigInteger constant = java.math.BigInteger.valueOf(operand);
      int n = 0;
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!in.isNull(row) && op.test(in.getUnscaled(row).compareTo(constant))) {
          out[n++] = row;
        }
      }
      return n;
    }
  }
}
