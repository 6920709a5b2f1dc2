package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.value.Value;
import java.util.List;

/// One window function. `function` is a ranking name (`row_number`, `rank`, `dense_rank`, `ntile`,
/// `lag`, `lead`, `first_value`, `last_value`, `nth_value`, `percent_rank`, `cume_dist`) or an
/// aggregate.
///
/// @param ignoresNulls whether `lag`, `lead` and the values of a frame pass by rows whose argument
///   is null
public record WindowCall(
    Column out,
    String function,
    List<Expr> args,
    List<Expr> partitionBy,
    List<SortKey> orderBy,
    Frame frame,
    boolean ignoresNulls) {
  public WindowCall {
    args = List.copyOf(args);
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }

  /// @param excluded which of the rows between the bounds are left out
  public record Frame(Unit unit, Bound start, Bound end, Exclusion excluded) {}

  /// What a bound counts: rows, groups of rows with the same order keys, or how far the order key
  /// is away.
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /// @param offset for `PRECEDING` and `FOLLOWING`: of ROWS and GROUPS how many, of RANGE what the
  ///   order key may differ by, a number or a duration; else 0
  public record Bound(BoundKind kind, Value offset) {
    private static final Value NONE = Value.of(0);

    public static Bound of(BoundKind kind) {
      return new Bound(kind, NONE);
    }

    /// Whether it is a distance from the row's own place.
    public boolean isDistance() {
      return kind == BoundKind.PRECEDING || kind == BoundKind.FOLLOWING;
    }
  }

  /// A group is the row and its peers, ties are its peers without it.
  public enum Exclusion {
    NO_OTHERS,
    CURRENT_ROW,
    GROUP,
    TIES
  }

  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }
}
