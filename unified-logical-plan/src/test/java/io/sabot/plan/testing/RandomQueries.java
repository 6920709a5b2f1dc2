package io.sabot.plan.testing;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.SharedColumn;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Queries over three small tables of integers, full of nulls, duplicates, correlated sides and
/// aggregates: what rewrites of plans get wrong.
///
/// Tables 1 to 3 have columns 1 (unique, not null), 2 and 3 (nullable).
public final class RandomQueries {
  private final Random random;
  private final ColumnAllocator columns;

  public RandomQueries(Random random, ColumnAllocator columns) {
    this.random = random;
    this.columns = columns;
  }

  /// The rows of the tables.
  public static Map<Integer, List<Map<Integer, Value>>> data(Random random) {
    Map<Integer, List<Map<Integer, Value>>> tables = new HashMap<>();
    for (int table = 1; table <= 3; table++) {
      List<Map<Integer, Value>> rows = new ArrayList<>();
      int count = random.nextInt(6);
      for (int i = 0; i < count; i++) {
        rows.add(Map.of(1, Value.of((long) i), 2, small(random), 3, small(random)));
      }
      tables.put(table, rows);
    }
    return tables;
  }

  private static Value small(Random random) {
    return random.nextInt(4) == 0 ? Value.NULL : Value.of((long) random.nextInt(3));
  }

  public LogicalNode.Output query(int depth) {
    LogicalNode input = node(depth, List.of());
    return new LogicalNode.Output(
        input,
        PlanColumns.of(input).stream()
            .map(c -> new LogicalNode.OutputColumn(c, c.name()))
            .toList());
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private Column column(Type type, boolean nullable) {
    return columns.column("c", type, nullable);
  }

  /// @param outer columns of enclosing left sides
  private LogicalNode node(int depth, List<Column> outer) {
    if (depth == 0) {
      return leaf(outer);
    }
    return switch (random.nextInt(16)) {
      case 15 -> list(depth, outer);
      case 13, 14 -> scalarSubquery(depth, outer);
      case 0, 1 -> {
        LogicalNode input = node(depth - 1, outer);
        yield new LogicalNode.Filter(input, condition(scope(input, outer)));
      }
      case 2 -> {
        LogicalNode input = node(depth - 1, outer);
        List<Assignment> all = new ArrayList<>();
        for (Column c : PlanColumns.of(input)) {
          if (random.nextBoolean()) {
            all.add(Assignment.same(c));
          }
        }
        all.add(new Assignment(column(Type.INT64, true), number(scope(input, outer))));
        yield new LogicalNode.Project(input, all);
      }
      case 3 -> {
        LogicalNode input = node(depth - 1, outer);
        Expr expr = number(scope(input, outer));
        yield new LogicalNode.Extend(
            input, List.of(new Assignment(column(Type.INT64, true), expr)));
      }
      case 4 -> aggregate(node(depth - 1, outer), outer);
      case 5 -> new LogicalNode.Distinct(node(depth - 1, outer), EqMode.SQL);
      case 6 -> union(depth, outer);
      case 7 -> compatible(depth, outer);
      case 8 -> mark(depth, outer);
      case 9, 10 -> join(depth, outer);
      default -> apply(depth, outer);
    };
  }

  private static List<Column> scope(LogicalNode input, List<Column> outer) {
    List<Column> scope = new ArrayList<>(PlanColumns.of(input));
    scope.addAll(outer);
    return scope;
  }

  private LogicalNode leaf(List<Column> outer) {
    if (random.nextInt(8) == 0) {
      Column element = column(Type.INT64, true);
      return new LogicalNode.Unnest(
          LogicalNode.Values.UNIT,
          ListFunctions.LIST.call(number(outer), number(outer)),
          element,
          null,
          random.nextBoolean());
    }
    List<LogicalNode.ColumnRead> reads = new ArrayList<>();
    reads.add(new LogicalNode.ColumnRead(column(Type.INT64, false), 1));
    reads.add(new LogicalNode.ColumnRead(column(Type.INT64, true), 2));
    reads.add(new LogicalNode.ColumnRead(column(Type.INT64, true), 3));
    int table = 1 + random.nextInt(3);
    return new LogicalNode.TableScan(table, "t" + table, reads, null);
  }

  private Expr number(List<Column> scope) {
    List<Column> numbers = scope.stream().filter(c -> c.type().isNumeric()).toList();
    if (numbers.isEmpty() || random.nextInt(6) == 0) {
      return random.nextInt(5) == 0
          ? Expr.nullOf(Type.INT64)
          : Expr.lit(Value.of((long) random.nextInt(3)));
    }
    Expr column = pick(numbers).ref();
    return switch (random.nextInt(10)) {
      case 0 ->
          new Expr.Call(
              LogicFunctions.COALESCE, List.of(column, Expr.lit(Value.of(1L))), Type.INT64);
      case 1 ->
          ArithmeticFunctions.of(ArithmeticFunctions.Op.ADD).call(column, Expr.lit(Value.of(1L)));
      case 2 ->
          new Expr.Case(
              List.of(new Expr.When(LogicFunctions.IS_NULL.call(column), Expr.lit(Value.of(2L)))),
              pick(numbers).ref(),
              Type.INT64);
      default -> column;
    };
  }

  private Expr condition(List<Column> scope) {
    return switch (random.nextInt(9)) {
      case 0 -> LogicFunctions.IS_NULL.call(number(scope));
      case 1 -> LogicFunctions.not(condition(scope));
      case 2 -> LogicFunctions.or(List.of(condition(scope), condition(scope)));
      case 3 -> LogicFunctions.and(condition(scope), condition(scope));
      default -> {
        List<Column> marks = scope.stream().filter(c -> c.type() == Type.BOOL).toList();
        if (!marks.isEmpty() && random.nextBoolean()) {
          yield pick(marks).ref();
        }
        Op op = random.nextInt(3) > 0 ? Op.EQ : pick(List.of(Op.values()));
        yield ComparisonFunctions.compare(op, Rules.SQL, number(scope), number(scope));
      }
    };
  }

  private LogicalNode aggregate(LogicalNode input, List<Column> outer) {
    List<Column> all = PlanColumns.of(input);
    List<Column> keys = new ArrayList<>();
    if (random.nextBoolean()) {
      keys.add(pick(all));
    }
    AggregateFunction function =
        pick(
            List.of(
                Aggregates.COUNT_ROWS,
                Aggregates.COUNT,
                Aggregates.SUM,
                Aggregates.CY_SUM,
                Aggregates.MIN,
                Aggregates.CY_MAX,
                Aggregates.SP_MIN));
    List<Expr> args = function.minArgs() == 0 ? List.of() : List.of(number(scope(input, outer)));
    AggregateCall call =
        new AggregateCall(
            column(Type.INT64, true),
            function,
            args,
            function.minArgs() > 0 && random.nextInt(4) == 0,
            EqMode.SQL,
            random.nextInt(5) == 0 ? condition(scope(input, outer)) : null,
            List.of());
    return new LogicalNode.Aggregate(input, keys, List.of(), List.of(call), EqMode.SQL);
  }

  /// Inputs with commas between them, and conditions in WHERE.
  private LogicalNode list(int depth, List<Column> outer) {
    LogicalNode joined = leaf(outer);
    int more = 1 + random.nextInt(3);
    for (int i = 0; i < more; i++) {
      LogicalNode next = random.nextInt(3) == 0 ? node(depth - 1, outer) : leaf(outer);
      joined = new LogicalNode.Join(JoinKind.INNER, joined, next, Expr.TRUE, null);
    }
    List<Expr> conditions = new ArrayList<>();
    for (int i = 0; i <= more; i++) {
      conditions.add(condition(scope(joined, outer)));
    }
    return new LogicalNode.Filter(joined, LogicFunctions.and(conditions));
  }

  private LogicalNode join(int depth, List<Column> outer) {
    LogicalNode left = node(depth - 1, outer);
    LogicalNode right = node(depth - 1, outer);
    List<JoinKind> kinds = new ArrayList<>(List.of(JoinKind.values()));
    kinds.removeAll(List.of(JoinKind.SINGLE, JoinKind.MARK));
    List<Column> scope = scope(left, PlanColumns.of(right));
    scope.addAll(outer);
    return new LogicalNode.Join(pick(kinds), left, right, condition(scope), null);
  }

  private LogicalNode apply(int depth, List<Column> outer) {
    LogicalNode left = node(depth - 1, outer);
    List<Column> visible = scope(left, outer);
    LogicalNode right = node(depth - 1, visible);
    JoinKind kind = pick(List.of(JoinKind.INNER, JoinKind.LEFT, JoinKind.SEMI, JoinKind.ANTI));
    List<Column> scope = scope(right, visible);
    Expr condition = random.nextBoolean() ? Expr.TRUE : condition(scope);
    return new LogicalNode.Apply(kind, left, right, condition, null);
  }

  /// `SELECT ..., (SELECT count(*) FROM b WHERE b.x = a.y AND ...) FROM a`.
  private LogicalNode scalarSubquery(int depth, List<Column> outer) {
    LogicalNode left = node(depth - 1, outer);
    LogicalNode rows = node(random.nextInt(depth), outer);
    List<Column> l = numbers(left);
    List<Column> r = numbers(rows);
    if (l.isEmpty() || r.isEmpty()) {
      return left;
    }
    Expr link = ComparisonFunctions.compare(Op.EQ, Rules.SQL, pick(l).ref(), pick(r).ref());
    Expr more = random.nextBoolean() ? Expr.TRUE : condition(scope(rows, outer));
    LogicalNode matches = new LogicalNode.Filter(rows, LogicFunctions.and(link, more));
    LogicalNode right = aggregate(matches, outer);
    if (random.nextInt(3) == 0) {
      Column out = column(Type.INT64, true);
      right =
          new LogicalNode.Project(
              right, List.of(new Assignment(out, number(PlanColumns.of(right)))));
    }
    JoinKind kind = pick(List.of(JoinKind.INNER, JoinKind.LEFT));
    return new LogicalNode.Apply(kind, left, right, Expr.TRUE, null);
  }

  private LogicalNode mark(int depth, List<Column> outer) {
    LogicalNode left = node(depth - 1, outer);
    List<Column> visible = scope(left, outer);
    LogicalNode right = node(depth - 1, visible);
    Column mark = column(Type.BOOL, true);
    Expr condition = random.nextInt(3) == 0 ? Expr.TRUE : condition(scope(right, visible));
    LogicalNode marked = new LogicalNode.Apply(JoinKind.MARK, left, right, condition, mark);
    return switch (random.nextInt(3)) {
      case 0 -> new LogicalNode.Filter(marked, mark.ref());
      case 1 -> new LogicalNode.Filter(marked, LogicFunctions.not(mark.ref()));
      default -> marked;
    };
  }

  private LogicalNode union(int depth, List<Column> outer) {
    LogicalNode left = node(depth - 1, outer);
    LogicalNode right = node(depth - 1, outer);
    List<Column> l = new ArrayList<>(numbers(left));
    List<Column> r = new ArrayList<>(numbers(right));
    int width = Math.min(l.size(), r.size());
    List<Column> out = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      out.add(column(Type.INT64, true));
    }
    return new LogicalNode.SetOp(
        pick(List.of(LogicalNode.SetKind.values())),
        random.nextBoolean(),
        EqMode.SQL,
        left,
        right,
        out,
        new ArrayList<>(l.subList(0, width)),
        new ArrayList<>(r.subList(0, width)));
  }

  private static List<Column> numbers(LogicalNode node) {
    return PlanColumns.of(node).stream().filter(c -> c.type().isNumeric()).toList();
  }

  private LogicalNode compatible(int depth, List<Column> outer) {
    LogicalNode left = node(depth - 1, outer);
    LogicalNode right = node(depth - 1, outer);
    List<Column> l = numbers(left);
    List<Column> r = numbers(right);
    if (l.isEmpty() || r.isEmpty()) {
      return left;
    }
    Column out = column(Type.INT64, true);
    List<SharedColumn> shared = List.of(new SharedColumn(pick(l), pick(r), out));
    CompatKind kind = pick(List.of(CompatKind.values()));
    Expr condition =
        kind == CompatKind.LEFT && random.nextBoolean() ? condition(List.of(out)) : Expr.TRUE;
    return new LogicalNode.CompatJoin(kind, left, right, shared, condition);
  }
}
