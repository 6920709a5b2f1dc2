package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All aggregate functions.
///
/// `count`, `sum`, `avg`, `min`, `max` ... skip nulls and work on exact types (SQL) or on Cypher's
/// numbers (`cy.`). The `sp.` ones follow SPARQL: an unbound or wrong argument makes the aggregate
/// unbound, except in `count` and `sample`; `sum` and `avg` of nothing are 0.
public final class Aggregates {
  public static final AggregateFunction COUNT_ROWS =
      new AggregateFunction("count_rows", 0, 0, false, types -> Type.INT64, () -> new Count(true));
  public static final AggregateFunction COUNT =
      new AggregateFunction("count", 1, 1, false, types -> Type.INT64, () -> new Count(false));
  public static final AggregateFunction SUM =
      new AggregateFunction(
          "sum", 1, 1, false, types -> sumType(types.getFirst()), () -> new Sum(false));
  public static final AggregateFunction AVG =
      new AggregateFunction(
          "avg", 1, 1, false, types -> avgType(types.getFirst()), () -> new Avg(false));
  public static final AggregateFunction MIN =
      new AggregateFunction(
          "min", 1, 1, false, List::getFirst, () -> new Extreme(OrderMode.SQL, -1, false));
  public static final AggregateFunction MAX =
      new AggregateFunction(
          "max", 1, 1, false, List::getFirst, () -> new Extreme(OrderMode.SQL, 1, false));
  public static final AggregateFunction ANY_VALUE =
      new AggregateFunction("any_value", 1, 1, false, List::getFirst, Sample::new);
  public static final AggregateFunction BOOL_AND =
      new AggregateFunction(
          "bool_and", 1, 1, false, types -> Type.BOOL, () -> new Extreme(OrderMode.SQL, -1, false));
  public static final AggregateFunction BOOL_OR =
      new AggregateFunction(
          "bool_or", 1, 1, false, types -> Type.BOOL, () -> new Extreme(OrderMode.SQL, 1, false));

  /// The only row's value; a second row is an error.
  public static final AggregateFunction SINGLE_VALUE =
      new AggregateFunction("single_value", 1, 1, false, List::getFirst, Single::new);

  public static final AggregateFunction COLLECT =
      new AggregateFunction(
          "collect",
          1,
          1,
          true,
          types -> new Type.ListOf(types.getFirst()),
          () -> new Collect(false));

  /// Like `collect`, but keeps nulls: the values of a comprehension.
  public static final AggregateFunction COLLECT_ALL =
      new AggregateFunction(
          "collect_all",
          1,
          1,
          true,
          types -> new Type.ListOf(types.getFirst()),
          () -> new Collect(true));

  public static final AggregateFunction CY_SUM =
      new AggregateFunction("cy.sum", 1, 1, false, types -> cypherSum(types), () -> new Sum(true));
  public static final AggregateFunction CY_AVG =
      new AggregateFunction("cy.avg", 1, 1, false, types -> Type.ANY, () -> new Avg(true));
  public static final AggregateFunction CY_MIN =
      new AggregateFunction(
          "cy.min", 1, 1, false, List::getFirst, () -> new Extreme(OrderMode.CYPHER, -1, false));
  public static final AggregateFunction CY_MAX =
      new AggregateFunction(
          "cy.max", 1, 1, false, List::getFirst, () -> new Extreme(OrderMode.CYPHER, 1, false));
  public static final AggregateFunction STDEV =
      new AggregateFunction(
          "stdev", 1, 1, false, types -> Type.FLOAT64, () -> new Deviation(true, true));
  public static final AggregateFunction STDEV_POP =
      new AggregateFunction(
          "stdev_pop", 1, 1, false, types -> Type.FLOAT64, () -> new Deviation(false, true));
  public static final AggregateFunction VARIANCE =
      new AggregateFunction(
          "variance", 1, 1, false, types -> Type.FLOAT64, () -> new Deviation(true, false));
  public static final AggregateFunction VARIANCE_POP =
      new AggregateFunction(
          "variance_pop", 1, 1, false, types -> Type.FLOAT64, () -> new Deviation(false, false));
  public static final AggregateFunction PERCENTILE_CONT =
      new AggregateFunction(
          "percentile_cont", 2, 2, false, types -> Type.FLOAT64, () -> new Percentile(true, false));
  public static final AggregateFunction PERCENTILE_DISC =
      new AggregateFunction(
          "percentile_disc", 2, 2, false, List::getFirst, () -> new Percentile(false, false));

  /// Over the values from the greatest to the least.
  public static final AggregateFunction PERCENTILE_CONT_DESC =
      new AggregateFunction(
          "percentile_cont_desc",
          2,
          2,
          false,
          types -> Type.FLOAT64,
          () -> new Percentile(true, true));

  public static final AggregateFunction PERCENTILE_DISC_DESC =
      new AggregateFunction(
          "percentile_disc_desc", 2, 2, false, List::getFirst, () -> new Percentile(false, true));

  public static final AggregateFunction SP_SUM =
      new AggregateFunction("sp.sum", 1, 1, false, types -> Type.ANY, () -> new RdfSum(false));
  public static final AggregateFunction SP_AVG =
      new AggregateFunction("sp.avg", 1, 1, false, types -> Type.ANY, () -> new RdfSum(true));
  public static final AggregateFunction SP_MIN =
      new AggregateFunction(
          "sp.min", 1, 1, false, types -> Type.ANY, () -> new Extreme(OrderMode.SPARQL, -1, true));
  public static final AggregateFunction SP_MAX =
      new AggregateFunction(
          "sp.max", 1, 1, false, types -> Type.ANY, () -> new Extreme(OrderMode.SPARQL, 1, true));
  public static final AggregateFunction SP_SAMPLE =
      new AggregateFunction("sp.sample", 1, 1, false, types -> Type.ANY, Sample::new);

  /// Arguments: the value, the separator.
  public static final AggregateFunction SP_GROUP_CONCAT =
      new AggregateFunction(
          "sp.group_concat", 2, 2, true, types -> Type.ANY, () -> new Concat(true));

  public static final AggregateFunction STRING_AGG =
      new AggregateFunction(
          "string_agg", 2, 2, true, types -> Type.STRING, () -> new Concat(false));

  private static final Map<String, AggregateFunction> BY_NAME = index();

  private Aggregates() {}

  private static Map<String, AggregateFunction> index() {
    Map<String, AggregateFunction> byName = new TreeMap<>();
    for (AggregateFunction function :
        List.of(
            COUNT_ROWS, //
            COUNT,
            SUM,
            AVG,
            MIN,
            MAX,
            ANY_VALUE,
            BOOL_AND,
            BOOL_OR,
            SINGLE_VALUE,
            COLLECT,
            COLLECT_ALL,
            CY_SUM,
            CY_AVG,
            CY_MIN,
            CY_MAX,
            STDEV,
            STDEV_POP,
            VARIANCE,
            VARIANCE_POP,
            PERCENTILE_CONT,
            PERCENTILE_DISC,
            PERCENTILE_CONT_DESC,
            PERCENTILE_DISC_DESC,
            SP_SUM,
            SP_AVG,
            SP_MIN,
            SP_MAX,
            SP_SAMPLE,
            SP_GROUP_CONCAT,
            STRING_AGG)) {
      byName.put(function.name(), function);
    }
    SqlJsonAggregates.ALL.forEach(function -> byName.put(function.name(), function));
    Regressions.ALL.forEach(function -> byName.put(function.name(), function));
    SqlAggregates.ALL.forEach(function -> byName.put(function.name(), function));
    return Collections.unmodifiableMap(byName);
  }

  public static @Nullable AggregateFunction find(String name) {
    return BY_NAME.get(name);
  }

  public static Map<String, AggregateFunction> all() {
    return BY_NAME;
  }

  private static Type sumType(Type type) {
    return switch (type) {
      case Type.Int _ -> Type.INT64;
      case Type.Floating _ -> Type.FLOAT64;
      case Type.Decimal(_, int scale) -> new Type.Decimal(Type.Decimal.MAX_PRECISION, scale);
      default -> type == Type.INTERVAL ? type : Type.ANY;
    };
  }

  private static Type avgType(Type type) {
    return switch (type) {
      case Type.Decimal decimal -> decimal.average();
      default -> type == Type.INTERVAL ? type : Type.FLOAT64;
    };
  }

  private static Type cypherSum(List<Type> types) {
    Type type = types.getFirst();
    return type instanceof Type.Int || type instanceof Type.Floating ? sumType(type) : Type.ANY;
  }

  private static final class Count implements Accumulator {
    private final boolean rows;
    private long count;

    Count(boolean rows) {
      this.rows = rows;
    }

    @Override
    public void add(Value[] args) {
      if (rows || !args[0].isNull()) {
        count++;
      }
    }

    @Override
    public Value result() {
      return Value.of(count);
    }
  }

  /// SQL: null over no rows. Cypher: 0 over no rows, and durations add up too.
  private static final class Sum implements Accumulator {
    private final boolean cypher;
    private @Nullable Value sum;

    Sum(boolean cypher) {
      this.cypher = cypher;
    }

    @Override
    public void add(Value[] args) {
      Value value = args[0];
      if (value.isNull()) {
        return;
      }
      if (cypher && !Numbers.isNumber(value) && !(value instanceof Value.Duration)) {
        throw Errors.typeMismatch(Kinds.name(value), "a number or a duration", "sum()");
      }
      sum = sum == null ? value : plus(sum, value);
    }

    @Override
    public Value result() {
      return sum != null ? sum : cypher ? Value.of(0L) : Value.NULL;
    }
  }

  private static Value plus(Value a, Value b) {
    if (a instanceof Value.Duration x && b instanceof Value.Duration y) {
      return Value.Duration.of(
          x.months() + y.months(),
          x.days() + y.days(),
          x.seconds() + y.seconds(),
          (long) x.nanos() + y.nanos());
    }
    return ArithmeticFunctions.apply(ArithmeticFunctions.Op.ADD, a, b);
  }

  private static final class Avg implements Accumulator {
    private final boolean cypher;
    private @Nullable Value sum;
    private long count;

    Avg(boolean cypher) {
      this.cypher = cypher;
    }

    @Override
    public void add(Value[] args) {
      Value value = args[0];
      if (value.isNull()) {
        return;
      }
      if (value instanceof Value.Duration duration) {
        sum = sum == null ? duration : plus(sum, duration);
      } else if (Numbers.isNumber(value)) {
        Value term = value instanceof Value.Dec ? value : new Value.Real(Numbers.toDouble(value));
        sum = sum == null ? term : plus(sum, term);
      } else {
        throw Errors.typeMismatch(Kinds.name(value), "a number", "avg()");
      }
      count++;
    }

    @Override
    public Value result() {
      return switch (sum) {
        case null -> Value.NULL;
        case Value.Real(double v) -> new Value.Real(v / count);
        case Value.Dec(BigDecimal v) ->
            new Value.Dec(v.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128));
        case Value.Duration d -> cypher ? divide(d, count) : SqlIntervals.scaled(d, count, true);
        default -> throw new IllegalStateException("average of " + sum + ", cypher " + cypher);
      };
    }

    private static Value divide(Value.Duration d, long count) {
      return Value.Duration.of(
          d.months() / count,
          d.days() / count,
          d.seconds() / count,
          d.nanos() / count + d.seconds() % count * 1_000_000_000L / count);
    }
  }

  /// @param poison whether a null makes the result null (SPARQL)
  private static final class Extreme implements Accumulator {
    private final Comparator<Value> order;
    private final int sign;
    private final boolean poison;
    private @Nullable Value best;
    private boolean poisoned;

    Extreme(OrderMode mode, int sign, boolean poison) {
      this.order = Ordering.comparator(mode);
      this.sign = sign;
      this.poison = poison;
    }

    @Override
    public void add(Value[] args) {
      Value value = args[0];
      if (value.isNull()) {
        poisoned |= poison;
      } else if (best == null || order.compare(value, best) * sign > 0) {
        best = value;
      }
    }

    @Override
    public Value result() {
      return best == null || poisoned ? Value.NULL : best;
    }
  }

  private static final class Sample implements Accumulator {
    private Value value = Value.NULL;

    @Override
    public void add(Value[] args) {
      if (value.isNull()) {
        value = args[0];
      }
    }

    @Override
    public Value result() {
      return value;
    }
  }

  private static final class Single implements Accumulator {
    private @Nullable Value value;

    @Override
    public void add(Value[] args) {
      if (value != null) {
        throw Errors.moreThanOneRow();
      }
      value = args[0];
    }

    @Override
    public Value result() {
      return value == null ? Value.NULL : value;
    }
  }

  private static final class Collect implements Accumulator {
    private final boolean nulls;
    private final List<Value> items = new ArrayList<>();

    Collect(boolean nulls) {
      this.nulls = nulls;
    }

    @Override
    public void add(Value[] args) {
      if (nulls || !args[0].isNull()) {
        items.add(args[0]);
      }
    }

    @Override
    public boolean keepsRows() {
      return true;
    }

    @Override
    public Value result() {
      return new Value.ListValue(items);
    }
  }

  /// Welford's running variance.
  private static final class Deviation implements Accumulator {
    private final boolean sample;
    private final boolean root;
    private long count;
    private double mean;
    private double squares;

    Deviation(boolean sample, boolean root) {
      this.sample = sample;
      this.root = root;
    }

    @Override
    public void add(Value[] args) {
      if (args[0].isNull()) {
        return;
      }
      double value = Numbers.toDouble(args[0]);
      count++;
      double delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    }

    @Override
    public Value result() {
      long divisor = sample ? count - 1 : count;
      double variance = divisor <= 0 ? 0 : squares / divisor;
      return new Value.Real(root ? Math.sqrt(variance) : variance);
    }
  }

  private static final class Percentile implements Accumulator {
    private final boolean continuous;
    private final boolean descending;
    private final List<Value> values = new ArrayList<>();
    private double fraction;

    Percentile(boolean continuous, boolean descending) {
      this.continuous = continuous;
      this.descending = descending;
    }

    @Override
    public void add(Value[] args) {
      if (args[1].isNull()) {
        return;
      }
      fraction = Numbers.toDouble(args[1]);
      if (!(fraction >= 0 && fraction <= 1)) {
        throw new io.sabot.plan.error.QueryException(
            io.sabot.plan.error.ErrorCode.OUT_OF_RANGE,
            null,
            "found percentile " + fraction + ", expected a number from 0.0 to 1.0",
            "",
            "NumberOutOfRange",
            null);
      }
      if (!args[0].isNull()) {
        if (continuous && !Numbers.isNumber(args[0])) {
          throw Errors.typeMismatch(Kinds.name(args[0]), "a number", "a percentile");
        }
        values.add(args[0]);
      }
    }

    @Override
    public boolean keepsRows() {
      return true;
    }

    @Override
    public Value result() {
      if (values.isEmpty()) {
        return Value.NULL;
      }
      values.sort(order());
      if (!continuous) {
        int index = (int) Math.ceil(fraction * values.size()) - 1;
        return values.get(Math.max(0, index));
      }
      double place = fraction * (values.size() - 1);
      double low = Numbers.toDouble(values.get((int) Math.floor(place)));
      double high = Numbers.toDouble(values.get((int) Math.ceil(place)));
      return new Value.Real(low + (high - low) * (place - Math.floor(place)));
    }

    private Comparator<Value> order() {
      boolean areNumbers = values.stream().allMatch(Numbers::isNumber);
      Comparator<Value> rising =
          areNumbers ? Ordering::numbers : Ordering.comparator(OrderMode.SQL);
      return descending ? rising.reversed() : rising;
    }
  }

  /// SPARQL SUM and AVG: errors poison, 0 over no rows (§18.5.1).
  private static final class RdfSum implements Accumulator {
    private static final Supplier<Function> ADD = () -> Functions.named("sp.add");
    private static final Supplier<Function> DIV = () -> Functions.named("sp.div");
    private final boolean average;
    private Value sum = Value.of(0L);
    private long count;

    RdfSum(boolean average) {
      this.average = average;
    }

    @Override
    public void add(Value[] args) {
      count++;
      if (!sum.isNull()) {
        sum =
            RdfLiterals.number(args[0]) == null
                ? Value.NULL
                : ADD.get().scalar().apply(new Value[] {sum, args[0]}, NO_CONTEXT);
      }
    }

    @Override
    public Value result() {
      if (!average || count == 0 || sum.isNull()) {
        return sum;
      }
      return DIV.get().scalar().apply(new Value[] {sum, Value.of(count)}, NO_CONTEXT);
    }
  }

  private static final EvalContext NO_CONTEXT = new ConstantContext();

  /// Null arguments: skipped in SQL, poison in SPARQL.
  private static final class Concat implements Accumulator {
    private final boolean rdf;
    private final StringBuilder text = new StringBuilder();
    private boolean any;
    private boolean poisoned;

    Concat(boolean rdf) {
      this.rdf = rdf;
    }

    @Override
    public void add(Value[] args) {
      if (args[0].isNull() || (rdf && !isText(args[0]))) {
        poisoned |= rdf;
        return;
      }
      if (any) {
        text.append(((Value.Str) args[1]).value());
      }
      any = true;
      text.append(args[0] instanceof Value.Iri(String iri) ? iri : RdfLiterals.lexical(args[0]));
    }

    private static boolean isText(Value value) {
      return RdfLiterals.isLiteral(value) || value instanceof Value.Iri;
    }

    @Override
    public boolean keepsRows() {
      return true;
    }

    @Override
    public Value result() {
      if (rdf) {
        return poisoned ? Value.NULL : Value.of(text.toString());
      }
      return any ? Value.of(text.toString()) : Value.NULL;
    }
  }
}
