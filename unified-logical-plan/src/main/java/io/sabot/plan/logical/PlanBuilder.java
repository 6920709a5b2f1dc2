package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Builds plans bottom-up: each call puts a node on top of the plan so far.
public final class PlanBuilder {
  private final ColumnAllocator allocator;
  private LogicalNode plan;

  private PlanBuilder(ColumnAllocator allocator, LogicalNode plan) {
    this.allocator = allocator;
    this.plan = plan;
  }

  public static PlanBuilder from(ColumnAllocator allocator, LogicalNode leaf) {
    return new PlanBuilder(allocator, leaf);
  }

  public PlanBuilder filter(Expr... conjuncts) {
    return put(new LogicalNode.Filter(plan, LogicFunctions.and(List.of(conjuncts))));
  }

  public PlanBuilder join(JoinKind kind, LogicalNode right, Expr... conjuncts) {
    return put(
        new LogicalNode.Join(kind, plan, right, LogicFunctions.and(List.of(conjuncts)), null));
  }

  public PlanBuilder apply(JoinKind kind, LogicalNode right, Expr... conjuncts) {
    return put(
        new LogicalNode.Apply(kind, plan, right, LogicFunctions.and(List.of(conjuncts)), null));
  }

  /// Adds a computed column.
  public PlanBuilder extend(Column column, Expr expr) {
    return put(new LogicalNode.Extend(plan, List.of(new Assignment(column, expr))));
  }

  /// Keeps these columns only.
  public PlanBuilder keep(Column... columns) {
    return put(
        new LogicalNode.Project(plan, Arrays.stream(columns).map(Assignment::same).toList()));
  }

  public PlanBuilder aggregate(List<Column> keys, AggregateCall... calls) {
    return put(new LogicalNode.Aggregate(plan, keys, List.of(), List.of(calls), EqMode.SQL));
  }

  public PlanBuilder distinct(EqMode mode) {
    return put(new LogicalNode.Distinct(plan, mode));
  }

  public PlanBuilder sort(SortKey... keys) {
    return put(new LogicalNode.Sort(plan, List.of(keys)));
  }

  public PlanBuilder limit(long rows) {
    Expr fetch = Expr.lit(io.sabot.plan.value.Value.of(rows));
    return put(new LogicalNode.Limit(plan, null, fetch, false));
  }

  /// UNION ALL, column by column.
  public PlanBuilder union(LogicalNode right) {
    List<Column> left = PlanColumns.of(plan);
    List<Column> columns = left.stream().map(allocator::like).toList();
    return put(
        new LogicalNode.SetOp(
            LogicalNode.SetKind.UNION,
            true,
            EqMode.SQL,
            plan,
            right,
            columns,
            new ArrayList<>(left),
            new ArrayList<>(PlanColumns.of(right))));
  }

  public LogicalNode build() {
    return plan;
  }

  /// The plan as a query that delivers these columns under their own names.
  public LogicalNode output(Column... columns) {
    return new LogicalNode.Output(
        plan, Arrays.stream(columns).map(c -> new OutputColumn(c, c.name())).toList());
  }

  private PlanBuilder put(LogicalNode node) {
    plan = node;
    return this;
  }
}
