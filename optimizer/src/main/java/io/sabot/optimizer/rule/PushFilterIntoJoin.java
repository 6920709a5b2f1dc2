package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Moves the conjuncts of a filter over a join to the side they read, and for an inner join those
/// that read both sides into its condition.
///
/// ```
/// filter a.x = 1 AND b.y = 2 AND a.k = b.k        join inner a.k = b.k
///   join inner                               =>     filter a.x = 1
///     $a                                              $a
///     $b                                            filter b.y = 2
///                                                     $b
/// ```
///
/// Not to the null-filled side of an outer join: `filter b.y IS NULL` over `a LEFT JOIN b` keeps
/// the rows without partner; below the join it would make every row one. Not one that can raise an
/// error: `filter 1 / a.x > 2` must not run for rows that the join drops.
final class PushFilterIntoJoin implements Rule {
  private final boolean correlated;

  /// @param correlated whether to move conjuncts that read columns of an enclosing left side; not
  ///   while those are being brought up to it
  PushFilterIntoJoin(boolean correlated) {
    this.correlated = correlated;
  }

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Filter(Join join, var predicate) -> {
        Split split = new Split(join.kind(), join.left(), join.right(), correlated, context);
        yield split.sort(predicate)
            ? Optional.of(
                split.rest(
                    new Join(
                        join.kind(),
                        split.left(),
                        split.right(),
                        LogicFunctions.and(join.condition(), LogicFunctions.and(split.both)),
                        join.mark())))
            : Optional.empty();
      }
      case Filter(Apply apply, var predicate) -> {
        Split split = new Split(apply.kind(), apply.left(), apply.right(), correlated, context);
        yield split.sort(predicate)
            ? Optional.of(
                split.rest(
                    new Apply(
                        apply.kind(),
                        split.left(),
                        split.right(),
                        LogicFunctions.and(apply.condition(), LogicFunctions.and(split.both)),
                        apply.mark())))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static final class Split {
    private final JoinKind kind;
    private final LogicalNode left;
    private final LogicalNode right;
    private final Conjuncts sides;
    private final List<Expr> toLeft = new ArrayList<>();
    private final List<Expr> toRight = new ArrayList<>();
    private final List<Expr> both = new ArrayList<>();
    private final List<Expr> stay = new ArrayList<>();

    private final boolean correlated;

    Split(
        JoinKind kind,
        LogicalNode left,
        LogicalNode right,
        boolean correlated,
        RuleContext context) {
      this.correlated = correlated;
      this.kind = kind;
      this.left = left;
      this.right = right;
      this.sides = new Conjuncts(left, right, context);
    }

    /// Whether anything moves.
    boolean sort(Expr predicate) {
      for (Expr conjunct : LogicFunctions.conjuncts(predicate)) {
        place(conjunct).add(conjunct);
      }
      return !toLeft.isEmpty() || !toRight.isEmpty() || !both.isEmpty();
    }

    private List<Expr> place(Expr conjunct) {
      if (!correlated && sides.isCorrelated(conjunct)) {
        return stay;
      }
      boolean readsLeft = sides.readsLeft(conjunct);
      boolean readsRight = sides.readsRight(conjunct);
      if (kind == JoinKind.INNER && readsLeft && readsRight && !ExprFacts.isVolatile(conjunct)) {
        return both;
      }
      if (!Conjuncts.isPushable(conjunct)) {
        return stay;
      }
      return switch (kind) {
        case INNER -> readsRight ? toRight : toLeft;
        case LEFT, SEMI, ANTI, SINGLE -> readsLeft && !readsRight ? toLeft : stay;
        // The mark belongs to neither side.
        case MARK -> readsLeft && sides.isOfLeft(conjunct) ? toLeft : stay;
        case RIGHT -> readsRight && !readsLeft ? toRight : stay;
        case FULL -> stay;
      };
    }

    LogicalNode left() {
      return Conjuncts.filter(left, toLeft);
    }

    LogicalNode right() {
      return Conjuncts.filter(right, toRight);
    }

    LogicalNode rest(LogicalNode join) {
      return Conjuncts.filter(join, stay);
    }
  }
}
