package io.sabot.optimizer.rule;

import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Values;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Removes what cannot have rows.
///
/// ```
/// join inner ...            values [...] without rows
///   $left             =>
///   filter false
///     $right
/// ```
///
/// Not what changes data on the way: `CREATE (n) WITH n WHERE false` creates all the same. Not a
/// grouping without keys, which has one row over no rows.
final class PruneEmpty implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case LogicalNode.Filter(var input, var predicate)
          when predicate instanceof Expr.Lit && !predicate.equals(Expr.TRUE) ->
          empty(node, input);
      case LogicalNode.Filter n when isEmpty(n.input()) -> empty(node);
      case LogicalNode.Project n when isEmpty(n.input()) -> empty(node);
      case LogicalNode.Extend n when isEmpty(n.input()) -> empty(node);
      case LogicalNode.Distinct n when isEmpty(n.input()) -> empty(node);
      case LogicalNode.Sort n when isEmpty(n.input()) -> empty(node);
      case LogicalNode.Limit n when isEmpty(n.input()) -> empty(node);
      case LogicalNode.Limit n
          when n.fetch() instanceof Expr.Lit(Value.Int(long rows), _)
              && rows == 0
              && !n.exhaustive() ->
          empty(node, n.input());
      case LogicalNode.Unnest n when isEmpty(n.input()) -> empty(node);
      case LogicalNode.Window n when isEmpty(n.input()) -> empty(node);
      case LogicalNode.Aggregate n
          when isEmpty(n.input()) && !n.keys().isEmpty() && n.groupingSets().isEmpty() ->
          empty(node);
      case LogicalNode.Join n -> join(n, n.kind(), n.left(), n.right());
      case LogicalNode.Apply n -> join(n, n.kind(), n.left(), n.right());
      case LogicalNode.SetOp n -> set(n);
      default -> Optional.empty();
    };
  }

  private static boolean isEmpty(LogicalNode node) {
    return node instanceof Values values && values.rows().isEmpty();
  }

  private static Optional<LogicalNode> empty(LogicalNode node, LogicalNode... dropped) {
    for (LogicalNode input : dropped) {
      if (Updates.in(input)) {
        return Optional.empty();
      }
    }
    return Optional.of(Values.empty(PlanColumns.of(node)));
  }

  private static Optional<LogicalNode> join(
      LogicalNode node, JoinKind kind, LogicalNode left, LogicalNode right) {
    boolean never =
        switch (node) {
          case LogicalNode.Join n -> n.condition().equals(Expr.FALSE);
          case LogicalNode.Apply n -> n.condition().equals(Expr.FALSE);
          default -> false;
        };
    boolean noLeft = isEmpty(left);
    boolean noRight = isEmpty(right) || never && !Updates.in(right);
    return switch (kind) {
      case INNER, SEMI -> noLeft ? empty(node, right) : noRight ? empty(node, left) : nothing();
      case LEFT, SINGLE ->
          noLeft ? empty(node, right) : noRight ? Optional.of(unmatched(node, left)) : nothing();
      case ANTI -> noLeft ? empty(node, right) : noRight ? Optional.of(left) : nothing();
      case MARK -> noLeft ? empty(node, right) : nothing();
      case RIGHT -> isEmpty(right) ? empty(node, left) : nothing();
      case FULL -> nothing();
    };
  }

  private static Optional<LogicalNode> nothing() {
    return Optional.empty();
  }

  /// The left rows with nulls for the right columns.
  private static LogicalNode unmatched(LogicalNode node, LogicalNode left) {
    Set<Column> own = Set.copyOf(PlanColumns.of(left));
    List<Assignment> nulls = new ArrayList<>();
    for (Column column : PlanColumns.of(node)) {
      if (!own.contains(column)) {
        nulls.add(new Assignment(column, Expr.nullOf(column.type())));
      }
    }
    return new LogicalNode.Extend(left, nulls);
  }

  private static Optional<LogicalNode> set(LogicalNode.SetOp set) {
    boolean noLeft = isEmpty(set.left());
    boolean noRight = isEmpty(set.right());
    return switch (set.kind()) {
      case UNION ->
          noLeft && noRight
              ? empty(set)
              : noLeft
                  ? Optional.of(side(set, set.right(), set.rightColumns()))
                  : noRight ? Optional.of(side(set, set.left(), set.leftColumns())) : nothing();
      case INTERSECT -> noLeft || noRight ? empty(set, set.left(), set.right()) : nothing();
      case EXCEPT -> noLeft ? empty(set, set.right()) : nothing();
    };
  }

  private static LogicalNode side(
      LogicalNode.SetOp set, LogicalNode side, List<@Nullable Column> own) {
    List<Assignment> names = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      Column column = own.get(i);
      Column out = set.columns().get(i);
      names.add(
          new Assignment(
              out, column == null ? Expr.nullOf(out.type()) : Forms.as(column.ref(), out.type())));
    }
    LogicalNode project = new LogicalNode.Project(side, names);
    return set.all() ? project : new LogicalNode.Distinct(project, set.mode());
  }
}
