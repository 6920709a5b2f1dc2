package io.sabot.plan.function;

import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// SQL's scalar functions with meanings of their own: text, numbers, dates and intervals.
public final class SqlFunctions {
  public static final Function PLUS_INTERVAL =
      temporal("sql.plus_interval", (a, context) -> SqlTimes.plus(a[0], duration(a[1]), 1));
  public static final Function MINUS_INTERVAL =
      temporal("sql.minus_interval", (a, context) -> SqlTimes.plus(a[0], duration(a[1]), -1));
  public static final Function INTERVAL_BETWEEN =
      Functions.throwing(
          "sql.interval_between", 2, Type.INTERVAL, (a, context) -> SqlTimes.between(a[0], a[1]));
  public static final Function INTERVAL_TIMES =
      Functions.throwing(
          "sql.interval_times",
          2,
          Type.INTERVAL,
          (a, context) -> SqlTimes.times(duration(a[0]), a[1]));
  public static final Function INTERVAL_DIVIDED =
      Functions.throwing(
          "sql.interval_divided",
          2,
          Type.INTERVAL,
          (a, context) -> SqlTimes.divided(duration(a[0]), a[1]));

  /// A number of units as an interval.
  public static final Function MAKE_INTERVAL =
      Functions.throwing(
          "sql.make_interval",
          2,
          Type.INTERVAL,
          (a, context) -> SqlTimes.interval(a[0], SqlText.text(a[1])));

  /// An interval as a whole number of units.
  public static final Function INTERVAL_IN =
      Functions.throwing(
          "sql.interval_in",
          2,
          Type.INT64,
          (a, context) -> SqlTimes.count(duration(a[0]), SqlText.text(a[1])));

  static final List<Function> ALL = all();

  private SqlFunctions() {}

  private static Value.Duration duration(Value value) {
    return (Value.Duration) value;
  }

  private static Function temporal(String name, Function.Scalar scalar) {
    return Functions.typed(Functions.throwing(name, 2, Type.ANY, scalar), List::getFirst);
  }

  private static List<Function> all() {
    List<Function> all =
        new ArrayList<>(
            List.of(
                PLUS_INTERVAL,
                MINUS_INTERVAL,
                INTERVAL_BETWEEN,
                INTERVAL_TIMES,
                INTERVAL_DIVIDED,
                MAKE_INTERVAL,
                INTERVAL_IN));
    times(all);
    extremes(all);
    all.addAll(SqlZones.all());
    all.addAll(SqlTimeWindows.all());
    all.addAll(SqlText.all());
    all.addAll(SqlTextForms.all());
    all.addAll(SqlTextParts.all());
    all.addAll(SqlRegexFunctions.all());
    all.addAll(SqlBytes.all());
    all.addAll(SqlBytesParts.all());
    all.addAll(SqlPatterns.all());
    all.addAll(SqlLists.all());
    all.addAll(SqlArrays.all());
    all.addAll(SqlMaps.all());
    all.addAll(SqlJson.all());
    all.addAll(SqlJsonBuild.all());
    all.addAll(SqlJsonQueries.all());
    all.addAll(SqlNumbers.all());
    all.addAll(SqlTimeFunctions.all());
    all.addAll(SqlNumbersWhole.all());
    all.addAll(SqlNumbersAngles.all());
    all.addAll(SqlBits.all());
    all.addAll(SqlNulls.all());
    return List.copyOf(all);
  }

  private static void times(List<Function> all) {
    all.add(
        stable(
            "sql.current_date",
            Type.DATE,
            (a, c) -> new Value.Date(c.now().atZone(c.zone()).toLocalDate())));
    all.add(
        stable(
            "sql.current_timestamp",
            Type.TIMESTAMP,
            (a, c) -> new Value.DateTime(c.now().atZone(c.zone()).toLocalDateTime())));
    all.add(
        stable(
            "sql.current_time",
            Type.TIME,
            (a, c) -> new Value.Time(c.now().atZone(c.zone()).toLocalTime())));
  }

  private static Function stable(String name, Type type, Function.Scalar scalar) {
    return Functions.with(
        Functions.total(name, 0, type, scalar), Nulls.STRICT, Faults.NONE, Volatility.STABLE);
  }

  private static void extremes(List<Function> all) {
    for (int sign : new int[] {1, -1}) {
      all.add(
          Functions.typed(
              Functions.custom(
                  sign > 0 ? "sql.greatest" : "sql.least",
                  1,
                  Function.ANY_COUNT,
                  Type.ANY,
                  (args, context) -> extreme(args, sign)),
              List::getFirst));
    }
  }

  /// Nulls are passed over, as in PostgreSQL.
  private static Value extreme(Value[] args, int sign) {
    Value best = Value.NULL;
    for (Value arg : args) {
      if (!arg.isNull() && (best.isNull() || Ordering.sql(arg, best) * sign > 0)) {
        best = arg;
      }
    }
    return best;
  }
}
