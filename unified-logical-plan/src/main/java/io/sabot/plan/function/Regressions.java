package io.sabot.plan.function;

import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.function.Function;

/// Statistics of pairs of numbers (SQL:2023 4.18.3): correlation, covariance and the line of least
/// squares. The first argument depends on the second; pairs with a null are left out.
final class Regressions {
  static final List<AggregateFunction> ALL =
      List.of(
          real("corr", s -> s.known(s.xx != 0 && s.yy != 0, s.xy / Math.sqrt(s.xx * s.yy))),
          real("covar_pop", s -> s.known(s.count > 0, s.xy / s.count)),
          real("covar_samp", s -> s.known(s.count > 1, s.xy / (s.count - 1))),
          real("regr_avgx", s -> s.known(s.count > 0, s.x / s.count)),
          real("regr_avgy", s -> s.known(s.count > 0, s.y / s.count)),
          real("regr_intercept", s -> s.known(s.xx != 0, (s.y - s.x * s.xy / s.xx) / s.count)),
          real("regr_r2", s -> s.known(s.xx != 0, s.yy == 0 ? 1 : s.xy * s.xy / (s.xx * s.yy))),
          real("regr_slope", s -> s.known(s.xx != 0, s.xy / s.xx)),
          real("regr_sxx", s -> s.known(s.count > 0, s.xx)),
          real("regr_sxy", s -> s.known(s.count > 0, s.xy)),
          real("regr_syy", s -> s.known(s.count > 0, s.yy)),
          of("regr_count", Type.INT64, s -> Value.of(s.count)));

  private Regressions() {}

  private static AggregateFunction real(String name, Function<Sums, Value> result) {
    return of(name, Type.FLOAT64, result);
  }

  private static AggregateFunction of(String name, Type type, Function<Sums, Value> result) {
    return new AggregateFunction(name, 2, 2, false, types -> type, () -> new Pairs(result));
  }

  private static final class Pairs implements Accumulator {
    private final Function<Sums, Value> result;
    private final Sums sums = new Sums();

    Pairs(Function<Sums, Value> result) {
      this.result = result;
    }

    @Override
    public void add(Value[] args) {
      if (!args[0].isNull() && !args[1].isNull()) {
        sums.add(Numbers.toDouble(args[0]), Numbers.toDouble(args[1]));
      }
    }

    @Override
    public Value result() {
      return result.apply(sums);
    }
  }

  /// Sums of the numbers, and of the products of their distances from the mean, which are corrected
  /// at each pair (Youngs and Cramer 1971).
  private static final class Sums {
    private long count;
    private double x;
    private double y;
    private double xx;
    private double yy;
    private double xy;

    void add(double newY, double newX) {
      count++;
      x += newX;
      y += newY;
      if (count > 1) {
        double farX = newX * count - x;
        double farY = newY * count - y;
        double scale = 1.0 / ((double) count * (count - 1));
        xx += farX * farX * scale;
        yy += farY * farY * scale;
        xy += farX * farY * scale;
      }
    }

    Value known(boolean isKnown, double result) {
      return isKnown ? Value.of(result) : Value.NULL;
    }
  }
}
