package io.sabot.optimizer.rule;

import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Drops what does not change whether a side has a matching row: sorting, duplicate removal, and
/// for a plain existence test also grouping by keys and a limit of at least one.
///
/// ```
/// apply semi a.k = b.k        apply semi a.k = b.k
///   $a                          $a
///   distinct              =>    $b
///     $b
/// ```
///
/// Not `LIMIT 0`, not a limit when there is a condition (the one row it keeps may be the wrong
/// one), and not a grouping without keys, which always has a row.
final class SimplifyExistence implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Apply a when isTest(a.kind()) && !Updates.in(a.right()) -> {
        LogicalNode right = simpler(a.right(), a.condition().equals(Expr.TRUE));
        yield right == null
            ? Optional.empty()
            : Optional.of(new Apply(a.kind(), a.left(), right, a.condition(), a.mark()));
      }
      case Join j when isTest(j.kind()) && !Updates.in(j.right()) -> {
        LogicalNode right = simpler(j.right(), j.condition().equals(Expr.TRUE));
        yield right == null
            ? Optional.empty()
            : Optional.of(new Join(j.kind(), j.left(), right, j.condition(), j.mark()));
      }
      default -> Optional.empty();
    };
  }

  private static boolean isTest(JoinKind kind) {
    return kind == JoinKind.SEMI || kind == JoinKind.ANTI || kind == JoinKind.MARK;
  }

  private static @Nullable LogicalNode simpler(LogicalNode right, boolean plain) {
    return switch (right) {
      case LogicalNode.Distinct n -> n.input();
      case LogicalNode.Sort n -> n.input();
      case LogicalNode.Aggregate n
          when plain && !n.keys().isEmpty() && n.groupingSets().isEmpty() ->
          n.input();
      case LogicalNode.Limit n
          when plain
              && n.skip() == null
              && n.fetch() instanceof Expr.Lit(Value.Int(long rows), _)
              && rows > 0 ->
          n.input();
      default -> null;
    };
  }
}
