package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Moves conjuncts of a join condition that read one side only to that side; those of a correlated
/// join all go into its right side, where they can become lookups.
///
/// ```
/// join left a.k = b.k AND b.y = 2        join left a.k = b.k
///   $a                               =>    $a
///   $b                                     filter b.y = 2
///                                            $b
/// ```
///
/// Not a conjunct over the side whose rows are kept: in `a LEFT JOIN b ON a.x = 1` a row with
/// another `x` stays, without partner. Not into the right side of a MARK join if it may be null: an
/// unknown condition makes the mark null, a dropped row makes it false.
final class PushJoinCondition implements Rule {
  private final boolean correlated;

  /// @param correlated whether to move conjuncts that read columns of an enclosing left side
  PushJoinCondition(boolean correlated) {
    this.correlated = correlated;
  }

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Join join when !join.condition().equals(Expr.TRUE) -> {
        Conjuncts sides = new Conjuncts(join.left(), join.right(), context);
        Split split = new Split(join.kind(), sides, false, correlated);
        yield split.sort(join.condition())
            ? Optional.of(
                new Join(
                    join.kind(),
                    Conjuncts.filter(join.left(), split.toLeft),
                    Conjuncts.filter(join.right(), split.toRight),
                    LogicFunctions.and(split.stay),
                    join.mark()))
            : Optional.empty();
      }
      case Apply apply when correlated -> {
        Conjuncts sides = new Conjuncts(apply.left(), apply.right(), context);
        Split split = new Split(apply.kind(), sides, true, true);
        yield split.sort(apply.condition())
            ? Optional.of(
                new Apply(
                    apply.kind(),
                    Conjuncts.filter(apply.left(), split.toLeft),
                    Conjuncts.filter(apply.right(), split.toRight),
                    LogicFunctions.and(split.stay),
                    apply.mark()))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static final class Split {
    private final JoinKind kind;
    private final Conjuncts sides;
    private final boolean intoRight;
    private final boolean correlated;
    private final List<Expr> toLeft = new ArrayList<>();
    private final List<Expr> toRight = new ArrayList<>();
    private final List<Expr> stay = new ArrayList<>();

    Split(JoinKind kind, Conjuncts sides, boolean intoRight, boolean correlated) {
      this.kind = kind;
      this.sides = sides;
      this.intoRight = intoRight;
      this.correlated = correlated;
    }

    boolean sort(Expr condition) {
      for (Expr conjunct : LogicFunctions.conjuncts(condition)) {
        place(conjunct).add(conjunct);
      }
      return !toLeft.isEmpty() || !toRight.isEmpty();
    }

    private List<Expr> place(Expr conjunct) {
      if (!Conjuncts.isPushable(conjunct) || !correlated && sides.isCorrelated(conjunct)) {
        return stay;
      }
      boolean readsLeft = sides.readsLeft(conjunct);
      boolean readsRight = sides.readsRight(conjunct);
      return switch (kind) {
        case INNER -> !readsRight ? toLeft : !readsLeft || intoRight ? toRight : stay;
        case SEMI -> !readsRight ? toLeft : !readsLeft || intoRight ? toRight : stay;
        case LEFT, SINGLE, ANTI -> !readsLeft || intoRight ? toRight : stay;
        case RIGHT -> !readsRight ? toLeft : stay;
        case MARK, FULL -> stay;
      };
    }
  }
}
