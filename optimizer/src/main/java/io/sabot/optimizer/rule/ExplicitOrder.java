package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Aggregate;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.LogicalNode.Sort;
import io.sabot.plan.logical.LogicalNode.Unnest;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.OrderMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the order in which an aggregate sees its rows into the aggregate, where the result shows
/// it: that of a sort below, or of the list that the rows come from.
///
/// ```
/// aggregate [] l = collect(x)        aggregate [] l = collect(x) order [i]
///   unnest x = list             =>     unnest x = list ordinal i
/// ```
///
/// Other rules move joins in between, and joins keep no order. Not for a sum, which is the same in
/// any order.
final class ExplicitOrder implements Rule {
  /// A plan that delivers the columns of its sort keys.
  private record Ordered(LogicalNode plan, List<SortKey> keys) {}

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Aggregate a) || a.calls().stream().noneMatch(ExplicitOrder::asks)) {
      return Optional.empty();
    }
    Ordered input = ordered(a.input(), context);
    if (input == null) {
      return Optional.empty();
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : a.calls()) {
      calls.add(
          asks(call)
              ? new AggregateCall(
                  call.out(),
                  call.function(),
                  call.args(),
                  call.distinct(),
                  call.distinctMode(),
                  call.filter(),
                  input.keys())
              : call);
    }
    return Optional.of(new Aggregate(input.plan(), a.keys(), a.groupingSets(), calls, a.keyMode()));
  }

  private static boolean asks(AggregateCall call) {
    return call.function().orderSensitive() && call.orderBy().isEmpty();
  }

  /// The order of a plan's rows, if it has one that can be told by columns.
  private static @Nullable Ordered ordered(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Sort sort -> new Ordered(sort, sort.keys());
      case Unnest unnest when OneRowApply.hasOneRow(unnest.input()) -> listed(unnest, context);
      case Filter(var input, var predicate) -> {
        Ordered below = ordered(input, context);
        yield below == null ? null : new Ordered(new Filter(below.plan(), predicate), below.keys());
      }
      case Extend(var input, var assignments) -> {
        Ordered below = ordered(input, context);
        yield below == null
            ? null
            : new Ordered(new Extend(below.plan(), assignments), below.keys());
      }
      case Project(var input, var assignments) -> projected(ordered(input, context), assignments);
      case Apply apply when keepsRows(apply) -> {
        Ordered below = ordered(apply.left(), context);
        yield below == null
            ? null
            : new Ordered(
                new Apply(
                    apply.kind(), below.plan(), apply.right(), apply.condition(), apply.mark()),
                below.keys());
      }
      default -> null;
    };
  }

  private static Ordered listed(Unnest unnest, RuleContext context) {
    Column ordinal =
        unnest.ordinal() != null
            ? unnest.ordinal()
            : context.columns().column("ordinal", Type.INT64, unnest.outer());
    return new Ordered(
        new Unnest(unnest.input(), unnest.list(), unnest.element(), ordinal, unnest.outer()),
        List.of(new SortKey(ordinal.ref(), false, false, OrderMode.SQL)));
  }

  private static @Nullable Ordered projected(
      @Nullable Ordered below, List<Assignment> assignments) {
    if (below == null) {
      return null;
    }
    List<Assignment> all = new ArrayList<>(assignments);
    for (SortKey key : below.keys()) {
      for (Column column : key.expr().columns()) {
        if (assignments.stream().noneMatch(a -> a.column().equals(column))) {
          all.add(Assignment.same(column));
        } else if (!assignments.contains(Assignment.same(column))) {
          return null;
        }
      }
    }
    return new Ordered(new Project(below.plan(), all.stream().distinct().toList()), below.keys());
  }

  /// Whether each left row gives at most one row.
  private static boolean keepsRows(Apply apply) {
    return switch (apply.kind()) {
      case SEMI, ANTI, MARK, SINGLE -> true;
      case INNER, LEFT ->
          OneRowApply.hasOneRow(apply.right())
              && (apply.kind() == JoinKind.INNER || apply.condition().equals(Expr.TRUE));
      case RIGHT, FULL -> false;
    };
  }
}
