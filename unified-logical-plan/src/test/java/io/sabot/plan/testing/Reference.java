package io.sabot.plan.testing;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.function.Casts;
import io.sabot.plan.function.ConstantContext;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.SharedColumn;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Runs logical plans over tables row by row, straight from what the nodes mean. Slow, and short
/// enough to be read: the oracle for whatever rewrites plans.
///
/// It knows no graph, no RDF and no updates.
public final class Reference {
  private final IntFunction<List<Map<Integer, Value>>> tables;

  /// @param tables the rows of a table, by table id; a row maps column ids to values
  public Reference(IntFunction<List<Map<Integer, Value>>> tables) {
    this.tables = tables;
  }

  /// The rows of a plan whose root is an `Output`, column by column.
  public List<List<Value>> run(LogicalNode.Output root) {
    List<List<Value>> rows = new ArrayList<>();
    for (Map<Column, Value> row : rows(root.input(), Map.of())) {
      rows.add(root.columns().stream().map(c -> get(row, c.column())).toList());
    }
    return rows;
  }

  private static Value get(Map<Column, Value> row, Column column) {
    Value value = row.get(column);
    if (value == null) {
      throw new IllegalStateException("no column " + column + " in " + row.keySet());
    }
    return value;
  }

  private List<Map<Column, Value>> rows(LogicalNode node, Map<Column, Value> outer) {
    List<Map<Column, Value>> out = new ArrayList<>();
    switch (node) {
      case LogicalNode.Values n -> {
        for (List<Expr> exprs : n.rows()) {
          Map<Column, Value> row = new HashMap<>();
          for (int i = 0; i < exprs.size(); i++) {
            row.put(n.columns().get(i), eval(exprs.get(i), outer));
          }
          out.add(row);
        }
      }
      case LogicalNode.TableScan n -> {
        for (Map<Integer, Value> stored : tables.apply(n.tableId())) {
          Map<Column, Value> row = new HashMap<>();
          n.reads().forEach(r -> row.put(r.column(), stored.get(r.columnId())));
          out.add(row);
        }
      }
      case LogicalNode.Filter n -> {
        for (Map<Column, Value> row : rows(n.input(), outer)) {
          if (isTrue(n.predicate(), union(outer, row))) {
            out.add(row);
          }
        }
      }
      case LogicalNode.Project n -> {
        for (Map<Column, Value> row : rows(n.input(), outer)) {
          out.add(computed(n.assignments(), union(outer, row)));
        }
      }
      case LogicalNode.Extend n -> {
        for (Map<Column, Value> row : rows(n.input(), outer)) {
          out.add(union(row, computed(n.assignments(), union(outer, row))));
        }
      }
      case LogicalNode.Aggregate n -> aggregate(n, outer, out);
      case LogicalNode.Distinct n -> {
        List<Column> columns = PlanColumns.of(n.input());
        Set<List<Value>> seen = new HashSet<>();
        for (Map<Column, Value> row : rows(n.input(), outer)) {
          if (seen.add(key(row, columns, n.mode()))) {
            out.add(row);
          }
        }
      }
      case LogicalNode.Sort n -> {
        out.addAll(rows(n.input(), outer));
        out.sort(order(n.keys(), outer));
      }
      case LogicalNode.Limit n -> {
        List<Map<Column, Value>> rows = rows(n.input(), outer);
        long skip = n.skip() == null ? 0 : number(n.skip(), outer);
        long fetch = n.fetch() == null ? Long.MAX_VALUE : number(n.fetch(), outer);
        rows.stream().skip(skip).limit(fetch).forEach(out::add);
      }
      case LogicalNode.Unnest n -> unnest(n, outer, out);
      case LogicalNode.Eager n -> out.addAll(rows(n.input(), outer));
      case LogicalNode.Join n ->
          join(n.kind(), n.left(), n.right(), n.condition(), n.mark(), false, outer, out);
      case LogicalNode.Apply n ->
          join(n.kind(), n.left(), n.right(), n.condition(), n.mark(), true, outer, out);
      case LogicalNode.CompatJoin n -> compatible(n, outer, out);
      case LogicalNode.SetOp n -> setOp(n, outer, out);
      default -> throw new UnsupportedOperationException("the reference does not run " + node);
    }
    return out;
  }

  private static Map<Column, Value> union(Map<Column, Value> a, Map<Column, Value> b) {
    Map<Column, Value> union = new HashMap<>(a);
    union.putAll(b);
    return union;
  }

  private Map<Column, Value> computed(List<Assignment> assignments, Map<Column, Value> row) {
    Map<Column, Value> computed = new HashMap<>();
    assignments.forEach(a -> computed.put(a.column(), eval(a.expr(), row)));
    return computed;
  }

  private static List<Value> key(Map<Column, Value> row, List<Column> columns, EqMode mode) {
    return columns.stream().map(c -> Equality.key(get(row, c), mode)).toList();
  }

  private Comparator<Map<Column, Value>> order(List<SortKey> keys, Map<Column, Value> outer) {
    return (a, b) -> {
      for (SortKey key : keys) {
        Value x = eval(key.expr(), union(outer, a));
        Value y = eval(key.expr(), union(outer, b));
        if (x.isNull() || y.isNull()) {
          if (x.isNull() != y.isNull()) {
            return x.isNull() == key.nullsFirst() ? -1 : 1;
          }
          continue;
        }
        int order = Ordering.comparator(key.mode()).compare(x, y);
        if (order != 0) {
          return key.descending() ? -order : order;
        }
      }
      return 0;
    };
  }

  private long number(Expr expr, Map<Column, Value> row) {
    return ((Value.Int) eval(expr, row)).value();
  }

  private void aggregate(
      LogicalNode.Aggregate n, Map<Column, Value> outer, List<Map<Column, Value>> out) {
    List<Map<Column, Value>> input = rows(n.input(), outer);
    List<List<Column>> sets = n.groupingSets().isEmpty() ? List.of(n.keys()) : n.groupingSets();
    for (List<Column> set : sets) {
      Map<List<Value>, List<Map<Column, Value>>> groups = new LinkedHashMap<>();
      if (set.isEmpty()) {
        groups.put(List.of(), new ArrayList<>());
      }
      for (Map<Column, Value> row : input) {
        groups.computeIfAbsent(key(row, set, n.keyMode()), _ -> new ArrayList<>()).add(row);
      }
      for (List<Map<Column, Value>> group : groups.values()) {
        Map<Column, Value> result = new HashMap<>();
        for (Column k : n.keys()) {
          result.put(k, set.contains(k) ? get(group.getFirst(), k) : Value.NULL);
        }
        n.calls().forEach(c -> result.put(c.out(), call(c, group, outer)));
        out.add(result);
      }
    }
  }

  private Value call(AggregateCall call, List<Map<Column, Value>> group, Map<Column, Value> outer) {
    List<Map<Column, Value>> rows = new ArrayList<>(group);
    rows.sort(order(call.orderBy(), outer));
    Accumulator accumulator = call.function().accumulator().get();
    Set<List<Value>> seen = new HashSet<>();
    for (Map<Column, Value> row : rows) {
      Map<Column, Value> scope = union(outer, row);
      Expr filter = call.filter();
      if (filter != null && !isTrue(filter, scope)) {
        continue;
      }
      List<Value> args = call.args().stream().map(a -> eval(a, scope)).toList();
      List<Value> key = args.stream().map(a -> Equality.key(a, call.distinctMode())).toList();
      if (!call.distinct() || seen.add(key)) {
        accumulator.add(args.toArray(Value[]::new));
      }
    }
    return accumulator.result();
  }

  private void unnest(
      LogicalNode.Unnest n, Map<Column, Value> outer, List<Map<Column, Value>> out) {
    for (Map<Column, Value> row : rows(n.input(), outer)) {
      Value list = eval(n.list(), union(outer, row));
      List<Value> items = list instanceof Value.ListValue(var all) ? all : List.of();
      for (int i = 0; i < items.size(); i++) {
        out.add(element(n, row, items.get(i), Value.of(i + 1L)));
      }
      if (items.isEmpty() && n.outer()) {
        out.add(element(n, row, Value.NULL, Value.NULL));
      }
    }
  }

  private static Map<Column, Value> element(
      LogicalNode.Unnest n, Map<Column, Value> row, Value item, Value ordinal) {
    Map<Column, Value> result = new HashMap<>(row);
    result.put(n.element(), item);
    if (n.ordinal() != null) {
      result.put(n.ordinal(), ordinal);
    }
    return result;
  }

  private void join(
      JoinKind kind,
      LogicalNode left,
      LogicalNode right,
      Expr condition,
      @Nullable Column mark,
      boolean correlated,
      Map<Column, Value> outer,
      List<Map<Column, Value>> out) {
    List<Map<Column, Value>> independent = correlated ? List.of() : rows(right, outer);
    Set<Integer> matchedRight = new HashSet<>();
    Map<Column, Value> noLeft = nulls(left);
    Map<Column, Value> noRight = nulls(right);
    for (Map<Column, Value> l : rows(left, outer)) {
      List<Map<Column, Value>> candidates = correlated ? rows(right, union(outer, l)) : independent;
      int matches = 0;
      boolean unknown = false;
      for (int i = 0; i < candidates.size(); i++) {
        Map<Column, Value> both = union(l, candidates.get(i));
        Value holds = eval(condition, union(outer, both));
        unknown |= holds.isNull();
        if (holds.equals(Value.TRUE)) {
          matches++;
          matchedRight.add(i);
          switch (kind) {
            case INNER, LEFT, RIGHT, FULL, SINGLE -> out.add(both);
            case SEMI, ANTI, MARK -> {}
          }
        }
      }
      switch (kind) {
        case LEFT, FULL -> unmatched(matches, union(noRight, l), out);
        case SINGLE -> {
          if (matches > 1) {
            throw Errors.moreThanOneRow();
          }
          unmatched(matches, union(noRight, l), out);
        }
        case SEMI -> {
          if (matches > 0) {
            out.add(l);
          }
        }
        case ANTI -> unmatched(matches, l, out);
        case MARK -> {
          Value value = matches > 0 ? Value.TRUE : unknown ? Value.NULL : Value.FALSE;
          out.add(union(l, mark == null ? Map.of() : Map.of(mark, value)));
        }
        case INNER, RIGHT -> {}
      }
    }
    if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
      for (int i = 0; i < independent.size(); i++) {
        if (!matchedRight.contains(i)) {
          out.add(union(noLeft, independent.get(i)));
        }
      }
    }
  }

  private static void unmatched(int matches, Map<Column, Value> row, List<Map<Column, Value>> out) {
    if (matches == 0) {
      out.add(row);
    }
  }

  private static Map<Column, Value> nulls(LogicalNode node) {
    Map<Column, Value> nulls = new HashMap<>();
    PlanColumns.of(node).forEach(c -> nulls.put(c, Value.NULL));
    return nulls;
  }

  private void compatible(
      LogicalNode.CompatJoin n, Map<Column, Value> outer, List<Map<Column, Value>> out) {
    List<Map<Column, Value>> right = rows(n.right(), outer);
    for (Map<Column, Value> l : rows(n.left(), outer)) {
      boolean matched = false;
      for (Map<Column, Value> r : right) {
        Map<Column, Value> both = union(l, r);
        int common = 0;
        boolean fits = true;
        for (SharedColumn shared : n.shared()) {
          Value a = get(l, shared.left());
          Value b = get(r, shared.right());
          boolean bound = !a.isNull() && !b.isNull();
          common += bound ? 1 : 0;
          fits &= !bound || a.equals(b);
          both.put(shared.out(), a.isNull() ? b : a);
        }
        boolean minus = n.kind() == CompatKind.MINUS;
        if (!fits || minus && common == 0 || !minus && !isTrue(n.condition(), union(outer, both))) {
          continue;
        }
        matched = true;
        if (!minus) {
          out.add(both);
        }
      }
      if (!matched && n.kind() != CompatKind.INNER) {
        Map<Column, Value> alone = union(nulls(n.right()), l);
        n.shared().forEach(s -> alone.put(s.out(), get(l, s.left())));
        out.add(alone);
      }
    }
  }

  private void setOp(LogicalNode.SetOp n, Map<Column, Value> outer, List<Map<Column, Value>> out) {
    List<List<Value>> left = side(n, n.left(), n.leftColumns(), outer);
    List<List<Value>> right = side(n, n.right(), n.rightColumns(), outer);
    List<List<Value>> result = new ArrayList<>();
    List<List<Value>> rightKeys = new ArrayList<>();
    right.forEach(r -> rightKeys.add(keyed(r, n.mode())));
    switch (n.kind()) {
      case UNION -> {
        result.addAll(left);
        result.addAll(right);
      }
      case INTERSECT ->
          left.stream()
              .filter(l ->
                  rightKeys.remove(keyed(l, n.mode())) || !n.all() && contains(right, l, n.mode()))
              .forEach(result::add);
      case EXCEPT ->
          left.stream()
              .filter(l ->
                  n.all() ? !rightKeys.remove(keyed(l, n.mode())) : !contains(right, l, n.mode()))
              .forEach(result::add);
    }
    Set<List<Value>> seen = new LinkedHashSet<>();
    for (List<Value> row : result) {
      if (n.all() || seen.add(keyed(row, n.mode()))) {
        Map<Column, Value> named = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
          named.put(n.columns().get(i), row.get(i));
        }
        out.add(named);
      }
    }
  }

  private static boolean contains(List<List<Value>> rows, List<Value> row, EqMode mode) {
    return rows.stream().anyMatch(r -> keyed(r, mode).equals(keyed(row, mode)));
  }

  private static List<Value> keyed(List<Value> row, EqMode mode) {
    return row.stream().map(v -> Equality.key(v, mode)).toList();
  }

  private List<List<Value>> side(
      LogicalNode.SetOp n,
      LogicalNode side,
      List<@Nullable Column> columns,
      Map<Column, Value> outer) {
    List<List<Value>> rows = new ArrayList<>();
    for (Map<Column, Value> row : rows(side, outer)) {
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < n.columns().size(); i++) {
        Column column = columns.get(i);
        values.add(column == null ? Value.NULL : get(union(outer, row), column));
      }
      rows.add(values);
    }
    return rows;
  }

  // ---- expressions

  private static final ConstantContext CONTEXT = new ConstantContext();

  private boolean isTrue(Expr expr, Map<Column, Value> row) {
    return eval(expr, row).equals(Value.TRUE);
  }

  private Value eval(Expr expr, Map<Column, Value> row) {
    return switch (expr) {
      case Expr.Col(var column) -> get(row, column);
      case Expr.Lit(var value, _) -> value;
      case Expr.Call call when call.function().name().equals("and") ->
          junction(call.args(), row, Value.FALSE);
      case Expr.Call call when call.function().name().equals("or") ->
          junction(call.args(), row, Value.TRUE);
      case Expr.Call(var function, var args, _) ->
          function.evaluate(args.stream().map(a -> eval(a, row)).toArray(Value[]::new), CONTEXT);
      case Expr.Case(var branches, var otherwise, _) -> {
        for (Expr.When when : branches) {
          if (isTrue(when.condition(), row)) {
            yield eval(when.result(), row);
          }
        }
        yield eval(otherwise, row);
      }
      case Expr.Cast(var input, var type, var mode, _) ->
          mode == Expr.CastMode.FORM ? eval(input, row) : Casts.cast(eval(input, row), type, mode);
      default -> throw new UnsupportedOperationException("the reference does not know " + expr);
    };
  }

  /// AND and OR stop at the first operand that decides.
  private Value junction(List<Expr> args, Map<Column, Value> row, Value deciding) {
    Value result = deciding.equals(Value.TRUE) ? Value.FALSE : Value.TRUE;
    for (Expr arg : args) {
      Value value = eval(arg, row);
      if (value.equals(deciding)) {
        return deciding;
      }
      result = value.isNull() ? Value.NULL : result;
    }
    return result;
  }
}
