package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import java.util.List;

/// One window function. `function` is a ranking name (`row_number`, `rank`, `dense_rank`, `ntile`,
/// `lag`, `lead`, `first_value`, `last_value`, `percent_rank`, `cume_dist`) or an aggregate.
public record WindowCall(
    Column out,
    String function,
    List<Expr> args,
    List<Expr> partitionBy,
    List<SortKey> orderBy,
    Frame frame) {
  public WindowCall {
    args = List.copyOf(args);
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }

  /// @param rows ROWS (true) or RANGE (false)
  public record Frame(boolean rows, Bound start, Bound end) {}

  /// @param offset rows for `PRECEDING` and `FOLLOWING`, else 0
  public record Bound(BoundKind kind, long offset) {}

  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }
}
