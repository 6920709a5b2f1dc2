package io.sabot.bench.kernel;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.Layout;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Expressions over a full batch, in nanoseconds a row.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Batch.ROWS_MAX)
public class ExpressionKernels {
  private KernelData data;
  private Batch batch;
  private VectorExpr comparison;
  private VectorExpr arithmetic;
  private VectorExpr conjunction;
  private VectorExpr dynamic;

  @Setup
  public void setUp() {
    data = new KernelData();
    batch = KernelData.batch(data.longs(1_000), data.longs(1_000));
    ColumnAllocator columns = new ColumnAllocator();
    Column a = columns.column("a", Type.INT64, false);
    Column b = columns.column("b", Type.INT64, false);
    ExprCompiler compiler = new ExprCompiler(data.run(), new Layout(List.of(a, b), Map.of()));
    Expr less = compare(a.ref(), Expr.lit(Value.of(300)));
    comparison = compiler.compile(less);
    arithmetic =
        compiler.compile(
            Functions.named(ArithmeticFunctions.Op.MUL.word())
                .call(
                    a.ref(),
                    Functions.named(ArithmeticFunctions.Op.ADD.word())
                        .call(b.ref(), Expr.lit(Value.of(1)))));
    conjunction =
        compiler.compile(
            LogicFunctions.and(List.of(less, compare(b.ref(), Expr.lit(Value.of(700))))));
    Expr form = new Expr.Cast(a.ref(), Type.ANY, Expr.CastMode.FORM);
    dynamic =
        compiler.compile(
            ComparisonFunctions.compare(
                ComparisonFunctions.Op.LT,
                ComparisonFunctions.Rules.CYPHER,
                form,
                new Expr.Cast(b.ref(), Type.ANY, Expr.CastMode.FORM)));
  }

  private static Expr compare(Expr left, Expr right) {
    return ComparisonFunctions.compare(
        ComparisonFunctions.Op.LT, ComparisonFunctions.Rules.SQL, left, right);
  }

  @TearDown
  public void tearDown() {
    data.close();
  }

  /// `a < 300`
  @Benchmark
  public Vector comparison() {
    return comparison.eval(batch);
  }

  /// `a * (b + 1)`, checked
  @Benchmark
  public Vector arithmetic() {
    return arithmetic.eval(batch);
  }

  /// `a < 300 AND b < 700`
  @Benchmark
  public Vector conjunction() {
    return conjunction.eval(batch);
  }

  /// `a < b` over values of any type
  @Benchmark
  public Vector dynamicComparison() {
    return dynamic.eval(batch);
  }
}
