package io.sabot.optimizer.cost;

import io.sabot.optimizer.cost.Estimator.ColumnFacts;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.Function;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The share of rows that satisfy a condition.
final class Selectivity {
  /// Where infinity lies: a difference of two places is finite.
  private static final double FAR = Double.MAX_VALUE / 4;

  private static final double EQUAL = 0.05;
  private static final double RANGE = 0.3;
  private static final double OTHER = 0.3;
  private static final double LEAST = 1e-7;

  private final Estimator estimator;

  Selectivity(Estimator estimator) {
    this.estimator = estimator;
  }

  static boolean isEquality(Function function) {
    return function.equals(ComparisonFunctions.SAME_TERM)
        || function.name().equals("not_distinct")
        || ComparisonFunctions.opOf(function) == Op.EQ;
  }

  double of(Expr condition) {
    return Math.clamp(raw(condition), LEAST, 1);
  }

  private double raw(Expr expr) {
    return switch (expr) {
      case Expr.Lit(var value, _) -> value.equals(Value.TRUE) ? 1 : LEAST;
      case Expr.Call(var function, var args, _) -> call(function, args);
      case Expr.LabelTest _ -> 0.2;
      default -> OTHER;
    };
  }

  private double call(Function function, List<Expr> args) {
    switch (function.name()) {
      case "and" -> {
        return args.stream().mapToDouble(this::of).reduce(1, (a, b) -> a * b);
      }
      case "or" -> {
        return 1 - args.stream().mapToDouble(a -> 1 - of(a)).reduce(1, (a, b) -> a * b);
      }
      case "not" -> {
        return 1 - of(args.getFirst());
      }
      case "is_null" -> {
        ColumnFacts facts = facts(args.getFirst());
        return facts == null ? 0.1 : facts.nullFraction();
      }
      case "is_not_null" -> {
        ColumnFacts facts = facts(args.getFirst());
        return facts == null ? 0.9 : 1 - facts.nullFraction();
      }
      case "all_different" -> {
        return 0.95;
      }
      default -> {
        return comparison(function, args);
      }
    }
  }

  private double comparison(Function function, List<Expr> args) {
    Op op =
        function.equals(ComparisonFunctions.SAME_TERM) ? Op.EQ : ComparisonFunctions.opOf(function);
    if (op == null || args.size() != 2) {
      return OTHER;
    }
    boolean swapped = facts(args.get(0)) == null;
    ColumnFacts facts = facts(args.get(swapped ? 1 : 0));
    Expr other = args.get(swapped ? 0 : 1);
    Op seen = swapped ? op.flipped() : op;
    return switch (seen) {
      case EQ -> facts == null ? EQUAL : 1 / Math.max(1, facts.distinct());
      case NE -> facts == null ? 1 - EQUAL : 1 - 1 / Math.max(1, facts.distinct());
      case LT, LE -> range(facts, other, true);
      case GT, GE -> range(facts, other, false);
    };
  }

  /// The share of the span between the smallest and the largest value.
  private static double range(@Nullable ColumnFacts facts, Expr bound, boolean below) {
    if (facts == null || !(bound instanceof Expr.Lit(var value, _))) {
      return RANGE;
    }
    double min = place(facts.min());
    double max = place(facts.max());
    double at = place(value);
    if (Double.isNaN(min) || Double.isNaN(max) || Double.isNaN(at) || max <= min) {
      return RANGE;
    }
    double share =
        facts.bounds().size() > 2
            ? counted(facts.bounds(), at)
            : Math.clamp((at - min) / (max - min), 0, 1);
    return below ? share : 1 - share;
  }

  /// The share of rows below a place, by bounds with equally many rows between them.
  private static double counted(List<Value> bounds, double at) {
    int parts = bounds.size() - 1;
    for (int i = 0; i < parts; i++) {
      double from = place(bounds.get(i));
      double to = place(bounds.get(i + 1));
      if (at < to) {
        double within = to > from ? Math.clamp((at - from) / (to - from), 0, 1) : 0;
        return (i + within) / parts;
      }
    }
    return 1;
  }

  /// Where a value lies on a line; NaN for what has no such place.
  private static double place(@Nullable Value value) {
    return switch (value) {
      case null -> Double.NaN;
      case Value.Date(var date) -> date.toEpochDay();
      case Value.DateTime(var time) -> time.toLocalDate().toEpochDay();
      default ->
          Numbers.isNumber(value) ? Math.clamp(Numbers.toDouble(value), -FAR, FAR) : Double.NaN;
    };
  }

  private @Nullable ColumnFacts facts(Expr expr) {
    Expr plain = expr;
    while (plain instanceof Expr.Cast(var input, _, _, _)) {
      plain = input;
    }
    return plain instanceof Expr.Col(Column column) ? estimator.facts(column) : null;
  }
}
