package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.ast.Projection;
import io.sabot.parser.cypher.ast.Projection.Item;
import io.sabot.parser.cypher.ast.Projection.SortItem;
import io.sabot.parser.cypher.check.Grouping;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.OrderMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Lowers the body of WITH and RETURN.
///
/// Without DISTINCT or aggregation the order of work is: compute the items beside the old columns,
/// sort, cut, filter, drop the old columns; so ORDER BY and the WHERE of WITH see both. Otherwise
/// the old columns are gone before anything is sorted.
final class ProjectionLowering {
  private final Lowering lowering;
  private final Bindings before;
  private final Rows rows;
  private final Projection projection;

  /// The projected columns by name, in order.
  private final Map<String, Column> projected = new LinkedHashMap<>();

  /// Projected expressions and the columns that hold them.
  private final Map<Expression, Column> known = new HashMap<>();

  ProjectionLowering(Lowering lowering, Bindings before, Rows rows, Projection projection) {
    this.lowering = lowering;
    this.before = before;
    this.rows = rows;
    this.projection = projection;
  }

  /// Adds the projection to the plan and returns what is in scope after it.
  ///
  /// @param keepOrder whether the next clause aggregates in the order of the rows
  Bindings lower(@Nullable Expression where, boolean keepOrder) {
    boolean aggregating = Grouping.aggregates(projection);
    if (aggregating) {
      aggregate();
    } else {
      compute(before, Map.of());
    }
    boolean narrow = aggregating || projection.distinct();
    if (narrow) {
      narrow(false);
      if (projection.distinct()) {
        rows.set(new LogicalNode.Distinct(rows.plan(), EqMode.EQUIVALENT));
      }
    }
    Bindings visible = narrow ? after() : both();
    sort(visible, narrow ? known : Map.of());
    limit();
    if (where != null) {
      filter(where, visible, narrow);
    }
    if (!narrow) {
      narrow(keepOrder);
    }
    return after();
  }

  private Bindings after() {
    Bindings after = new Bindings();
    projected.forEach(after::bind);
    return after;
  }

  private Bindings both() {
    Bindings both = before.copy();
    projected.forEach(both::bind);
    return both;
  }

  // ---- items

  /// Computes the items; a plain variable keeps its column. What `*` stands for is in alphabetical
  /// order.
  private void compute(Bindings scope, Map<Expression, Column> given) {
    List<Assignment> computed = new ArrayList<>();
    ExpressionLowering expressions = new ExpressionLowering(lowering, scope, given, rows);
    if (projection.star()) {
      for (String name : new TreeSet<>(before.all().keySet())) {
        item(name, scope.column(name).ref(), scope, computed);
      }
    }
    for (Item item : projection.items()) {
      Column column = item(item.name(), expressions.lower(item.expression()), scope, computed);
      known.put(item.expression(), column);
    }
    rows.extend(computed);
  }

  private Column item(String name, Expr value, Bindings scope, List<Assignment> computed) {
    Column column;
    if (value instanceof Expr.Col(var source) && !scope.isOuter(source)) {
      column = source;
    } else {
      column = lowering.columnFor(name, value);
      computed.add(new Assignment(column, value));
    }
    projected.put(name, column);
    return column;
  }

  /// Drops every column but the projected ones.
  private void narrow(boolean keepOrder) {
    Set<Column> kept = new LinkedHashSet<>(projected.values());
    List<SortKey> order = new ArrayList<>();
    for (SortKey key : keepOrder ? rows.order() : List.<SortKey>of()) {
      order.add(survivor(key, kept));
    }
    List<Assignment> assignments = kept.stream().map(Assignment::same).toList();
    rows.setOrdered(project(assignments), order);
  }

  /// A sort key whose columns would be dropped gets a column, for a later ordered aggregation.
  private SortKey survivor(SortKey key, Set<Column> kept) {
    if (kept.containsAll(key.expr().columns())) {
      return key;
    }
    Column column = lowering.columnFor("order", key.expr());
    rows.extend(List.of(new Assignment(column, key.expr())));
    kept.add(column);
    return new SortKey(column.ref(), key.descending(), key.nullsFirst(), key.mode());
  }

  /// Computes and drops in one node where the plan ends in the computation.
  private LogicalNode project(List<Assignment> assignments) {
    if (!(rows.plan() instanceof LogicalNode.Extend(var input, var computed))) {
      return new LogicalNode.Project(rows.plan(), assignments);
    }
    Map<Column, Assignment> byColumn = new HashMap<>();
    computed.forEach(assignment -> byColumn.put(assignment.column(), assignment));
    boolean independent =
        computed.stream()
            .flatMap(assignment -> assignment.expr().columns().stream())
            .noneMatch(byColumn::containsKey);
    if (!independent) {
      return new LogicalNode.Project(rows.plan(), assignments);
    }
    return new LogicalNode.Project(
        input, assignments.stream().map(a -> byColumn.getOrDefault(a.column(), a)).toList());
  }

  // ---- aggregation

  private void aggregate() {
    Bindings grouped = new Bindings();
    Map<Expression, Column> given = new HashMap<>();
    List<SortKey> order = rows.order();
    ExpressionLowering expressions = new ExpressionLowering(lowering, before, rows);
    List<Assignment> computed = new ArrayList<>();
    Set<Column> keys = new LinkedHashSet<>();
    if (projection.star()) {
      before.all().forEach((name, column) -> grouped.bind(name, key(name, column.ref(), computed)));
      before.all().keySet().forEach(name -> keys.add(grouped.column(name)));
    }
    for (Item item : projection.items()) {
      if (!Grouping.aggregates(item.expression())) {
        Column key = key(item.name(), expressions.lower(item.expression()), computed);
        keys.add(key);
        given.put(item.expression(), key);
        if (item.expression() instanceof Expression.Variable(var name, _)) {
          grouped.bind(name, key);
        }
      }
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (Item item : projection.items()) {
      collect(item.expression(), expressions, given, calls, order);
    }
    rows.extend(computed);
    rows.set(
        new LogicalNode.Aggregate(
            rows.plan(), List.copyOf(keys), List.of(), calls, EqMode.EQUIVALENT));
    compute(grouped, given);
  }

  private Column key(String name, Expr value, List<Assignment> computed) {
    if (value instanceof Expr.Col(var source) && !before.isOuter(source)) {
      return source;
    }
    Column column = lowering.columnFor(name, value);
    computed.add(new Assignment(column, value));
    return column;
  }

  /// Finds the aggregations inside an item, each once.
  private void collect(
      Expression expression,
      ExpressionLowering expressions,
      Map<Expression, Column> given,
      List<AggregateCall> calls,
      List<SortKey> order) {
    if (given.containsKey(expression)) {
      return;
    }
    if (!Grouping.isAggregation(expression)) {
      for (Expression child : Expressions.children(expression)) {
        collect(child, expressions, given, calls, order);
      }
      return;
    }
    AggregateCall call = call(expression, expressions, order);
    calls.add(call);
    given.put(expression, call.out());
  }

  private AggregateCall call(
      Expression expression, ExpressionLowering expressions, List<SortKey> order) {
    if (!(expression instanceof Expression.Call e)) {
      Column out = lowering.certain("count", Aggregates.COUNT_ROWS.resultType(List.of()));
      return new AggregateCall(
          out, Aggregates.COUNT_ROWS, List.of(), false, EqMode.EQUIVALENT, null, List.of());
    }
    AggregateFunction function = FunctionLowering.aggregate(e.function());
    List<Expr> args = expressions.lower(e.arguments());
    Column out =
        lowering.column(
            function.name(), function.resultType(args.stream().map(Expr::type).toList()));
    return new AggregateCall(
        out,
        function,
        args,
        e.distinct(),
        EqMode.EQUIVALENT,
        null,
        function.orderSensitive() ? order : List.of());
  }

  // ---- order, cuts and filters

  private void sort(Bindings visible, Map<Expression, Column> columns) {
    if (projection.order().isEmpty()) {
      return;
    }
    ExpressionLowering expressions = new ExpressionLowering(lowering, visible, columns, rows);
    List<SortKey> keys = new ArrayList<>();
    for (SortItem item : projection.order()) {
      Expr key = expressions.lower(item.expression());
      keys.add(new SortKey(key, item.descending(), item.descending(), OrderMode.CYPHER));
    }
    rows.setOrdered(new LogicalNode.Sort(rows.plan(), keys), keys);
  }

  private void limit() {
    if (projection.skip() == null && projection.limit() == null) {
      return;
    }
    ExpressionLowering expressions = new ExpressionLowering(lowering, new Bindings(), rows);
    Expr skip = projection.skip() == null ? null : expressions.lower(projection.skip());
    Expr fetch = projection.limit() == null ? null : expressions.lower(projection.limit());
    rows.setOrdered(new LogicalNode.Limit(rows.plan(), skip, fetch, rows.updates()), rows.order());
  }

  private void filter(Expression where, Bindings visible, boolean narrow) {
    List<SortKey> order = rows.order();
    if (narrow) {
      ExpressionLowering expressions = new ExpressionLowering(lowering, visible, known, rows);
      rows.filter(expressions.condition(where));
    } else {
      SubqueryLowering.filter(lowering, visible, rows, where);
    }
    rows.setOrdered(rows.plan(), order);
  }
}
