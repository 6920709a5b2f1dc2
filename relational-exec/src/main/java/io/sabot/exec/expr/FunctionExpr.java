package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// A function without a kernel of its own: its scalar form for each selected row.
final class FunctionExpr implements VectorExpr {
  private final Function function;
  private final List<VectorExpr> args;
  private final List<Type> types;
  private final Type type;
  private final QueryRun run;
  private final Vector out;
  private final boolean constant;

  FunctionExpr(
      Function function, List<VectorExpr> args, List<Type> types, Type type, QueryRun run) {
    this.function = function;
    this.args = args;
    this.types = types;
    this.type = type;
    this.run = run;
    this.out = new Vector(type.physical(), run.memory());
    this.constant =
        function.volatility() != Function.Volatility.VOLATILE
            && args.stream().allMatch(VectorExpr::isConstant);
  }

  @Override
  public boolean isConstant() {
    return constant;
  }

  @Override
  public Vector eval(Batch batch) {
    Vector[] in = new Vector[args.size()];
    for (int a = 0; a < in.length; a++) {
      in[a] = args.get(a).eval(batch);
    }
    int rows = batch.rows();
    out.reset(rows);
    if (function.scalar() instanceof UserFunction.Batched batched && !constant) {
      evalAll(batched, in, batch);
      return out;
    }
    Value[] values = new Value[in.length];
    Value last = null;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (last == null || !constant) {
        for (int a = 0; a < values.length; a++) {
          values[a] = Cells.get(in[a], row, types.get(a), run.dictionary());
        }
        last = function.evaluate(values, run.evalContext());
      }
      Cells.set(out, row, last, type, run.dictionary(), rows);
    }
    return out;
  }

  /// A strict function is not called for rows with a null argument.
  private void evalAll(UserFunction.Batched batched, Vector[] in, Batch batch) {
    boolean isStrict = function.nulls() == Function.Nulls.STRICT;
    List<Value[]> called = new ArrayList<>();
    List<Integer> where = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Value[] values = new Value[in.length];
      boolean hasNull = false;
      for (int a = 0; a < values.length; a++) {
        values[a] = Cells.get(in[a], row, types.get(a), run.dictionary());
        hasNull |= values[a].isNull();
      }
      if (isStrict && hasNull) {
        Cells.set(out, row, Value.NULL, type, run.dictionary(), batch.rows());
      } else {
        called.add(values);
        where.add(row);
      }
    }
    if (!called.isEmpty()) {
      Value[] results = batched.applyAll(called.toArray(Value[][]::new), run.evalContext());
      for (int i = 0; i < results.length; i++) {
        Cells.set(out, where.get(i), results[i], type, run.dictionary(), batch.rows());
      }
    }
  }
}
