package io.sabot.exec.expr;

import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Turns expressions into vector evaluators for one worker: a typed kernel where there is one, the
/// function's scalar form batch by batch where there is none.
public final class ExprCompiler {
  private final QueryRun run;
  private final Layout layout;

  public ExprCompiler(QueryRun run, Layout layout) {
    this.run = run;
    this.layout = layout;
  }

  public VectorExpr compile(Expr expr) {
    return switch (expr) {
      case Expr.Col(Column column) -> column(column);
      case Expr.Lit(Value value, Type type) -> new ConstantExpr(value, type, run);
      case Expr.Param(String name, Type type) -> parameter(name, type);
      case Expr.Call call ->
          LocatedExpr.at(call(call), mayFail(call.function()) ? call.function().origin() : null);
      case Expr.Case branches -> new CaseExpr(branches, this, run);
      case Expr.Cast(Expr input, Type type, CastMode mode, var origin) ->
          LocatedExpr.at(cast(input, type, mode), mode == CastMode.SQL ? origin : null);
      case Expr.Property property ->
          new PropertyExpr(compileTerm(property.owner()), property.key(), property.type(), run);
      case Expr.LabelTest(Expr entity, var labels) ->
          new LabelTestExpr(compileTerm(entity), labels, run);
      case Expr.ListComprehension comprehension -> new ComprehensionExpr(comprehension, this, run);
      case Expr.Quantified quantified -> new QuantifiedExpr(quantified, this, run);
      case Expr.Reduce reduce -> new ReduceExpr(reduce, this, run);
    };
  }

  private static boolean mayFail(Function function) {
    return function.faults() == Function.Faults.THROW;
  }

  /// Compiles and, if needed, converts to the term form.
  public VectorExpr compileTerm(Expr expr) {
    VectorExpr compiled = compile(expr);
    return expr.type().physical() == Physical.TERM
        ? compiled
        : new FormCast(compiled, expr.type(), Type.ANY, run);
  }

  /// Compiles to exactly the physical form of `type`.
  public VectorExpr compileAs(Expr expr, Type type) {
    VectorExpr compiled = compile(expr);
    boolean same =
        expr.type().physical() == type.physical()
            && io.sabot.exec.batch.Cells.scale(expr.type())
                == io.sabot.exec.batch.Cells.scale(type);
    return same ? compiled : new FormCast(compiled, expr.type(), type, run);
  }

  Layout layout() {
    return layout;
  }

  QueryRun run() {
    return run;
  }

  private VectorExpr column(Column column) {
    int position = layout.position(column);
    if (position >= 0) {
      Type delivered = layout.at(position).type();
      ColumnExpr direct = new ColumnExpr(position);
      return delivered.physical() == column.type().physical()
          ? direct
          : new FormCast(direct, delivered, column.type(), run);
    }
    Value fixed = layout.outer().get(column);
    if (fixed == null) {
      throw new IllegalStateException(
          "column " + column + " is not among " + layout.columns() + " nor outer columns");
    }
    return new ConstantExpr(fixed, column.type(), run);
  }

  private VectorExpr parameter(String name, Type type) {
    return new ConstantExpr(run.parameter(name), type, run);
  }

  private VectorExpr cast(Expr input, Type type, CastMode mode) {
    if (mode == CastMode.FORM) {
      return compileAs(input, type);
    }
    return new CastExpr(compile(input), input.type(), type, mode, run);
  }

  private VectorExpr call(Expr.Call call) {
    Function function = call.function();
    List<Expr> args = call.args();
    if (function.equals(LogicFunctions.AND) || function.equals(LogicFunctions.OR)) {
      return new AndOrExpr(
          function.equals(LogicFunctions.AND), compileAll(args, Type.BOOL), run.memory());
    }
    if (function.equals(LogicFunctions.NOT)) {
      return new NotExpr(compileAs(args.getFirst(), Type.BOOL), run.memory());
    }
    if (function.equals(LogicFunctions.IS_NULL) || function.equals(LogicFunctions.IS_NOT_NULL)) {
      return new NullTestExpr(
          compile(args.getFirst()), function.equals(LogicFunctions.IS_NULL), run.memory());
    }
    VectorExpr text = textKernel(call);
    if (text != null) {
      return text;
    }
    VectorExpr typed = typedKernel(call);
    return typed != null ? typed : generic(call);
  }

  private @org.jspecify.annotations.Nullable VectorExpr textKernel(Expr.Call call) {
    List<Expr> args = call.args();
    if (args.isEmpty() || args.getFirst().type().physical() != Physical.STRING) {
      return null;
    }
    TextPattern pattern = TextPattern.of(call);
    return pattern == null
        ? SubstringExpr.of(call, this)
        : new TextPatternExpr(pattern, compile(args.getFirst()), run.memory());
  }

  private @org.jspecify.annotations.Nullable VectorExpr typedKernel(Expr.Call call) {
    Function function = call.function();
    List<Expr> args = call.args();
    if (args.size() != 2) {
      return null;
    }
    Physical left = args.get(0).type().physical();
    Physical right = args.get(1).type().physical();
    ComparisonFunctions.Op comparison = ComparisonFunctions.opOf(function);
    if (comparison != null && left == right && left != Physical.TERM && isExact(function)) {
      if (left == Physical.DECIMAL && !sameScale(args)) {
        return null;
      }
      boolean total = function.name().startsWith("sql.");
      return new CompareExpr(
          comparison, total, compile(args.get(0)), compile(args.get(1)), run.memory());
    }
    if (function.equals(ComparisonFunctions.SAME_TERM)
        || (comparison != null && (left == Physical.TERM || right == Physical.TERM))) {
      return new TermCompareExpr(
          function, comparison, compileTerm(args.get(0)), compileTerm(args.get(1)), run);
    }
    return arithmetic(call, left, right);
  }

  private static boolean isExact(Function function) {
    return function.name().indexOf('.') < 0 || function.name().startsWith("sql.");
  }

  private static boolean sameScale(List<Expr> args) {
    return io.sabot.exec.batch.Cells.scale(args.get(0).type())
        == io.sabot.exec.batch.Cells.scale(args.get(1).type());
  }

  private @org.jspecify.annotations.Nullable VectorExpr arithmetic(
      Expr.Call call, Physical left, Physical right) {
    for (ArithmeticFunctions.Op op : ArithmeticFunctions.Op.values()) {
      if (!call.function().name().equals(op.word())) {
        continue;
      }
      VectorExpr a = compile(call.args().get(0));
      VectorExpr b = compile(call.args().get(1));
      if (left == Physical.LONG && right == Physical.LONG && call.type() instanceof Type.Int type) {
        return new LongArithmetic(op, a, b, type, run.memory());
      }
      if (left == Physical.DOUBLE && right == Physical.DOUBLE) {
        return new DoubleArithmetic(op, a, b, run.memory());
      }
      boolean exact = left == Physical.DECIMAL && right == Physical.DECIMAL;
      if (exact
          && call.type() instanceof Type.Decimal out
          && DecimalArithmetic.supports(op, call.args(), out)) {
        return new DecimalArithmetic(
            op, a, b, call.args().get(0).type(), call.args().get(1).type(), out, run.memory());
      }
      return null;
    }
    return null;
  }

  private List<VectorExpr> compileAll(List<Expr> args, Type type) {
    List<VectorExpr> compiled = new ArrayList<>(args.size());
    for (Expr arg : args) {
      compiled.add(compileAs(arg, type));
    }
    return compiled;
  }

  private VectorExpr generic(Expr.Call call) {
    List<VectorExpr> args = new ArrayList<>(call.args().size());
    List<Type> types = new ArrayList<>(call.args().size());
    for (Expr arg : call.args()) {
      args.add(compile(arg));
      types.add(arg.type());
    }
    return new FunctionExpr(call.function(), args, types, call.type(), run);
  }
}
