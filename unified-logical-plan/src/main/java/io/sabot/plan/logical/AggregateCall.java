package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.value.EqMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One aggregate of an `Aggregate` node.
///
/// @param distinct drop arguments equal to an earlier one of the group, by `distinctMode`
/// @param filter only rows for which this is true are seen; null for all
/// @param orderBy the order in which rows are seen; empty for any
public record AggregateCall(
    Column out,
    AggregateFunction function,
    List<Expr> args,
    boolean distinct,
    EqMode distinctMode,
    @Nullable Expr filter,
    List<SortKey> orderBy) {
  public AggregateCall {
    args = List.copyOf(args);
    orderBy = List.copyOf(orderBy);
  }
}
