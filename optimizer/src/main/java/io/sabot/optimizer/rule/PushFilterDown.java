package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Aggregate;
import io.sabot.plan.logical.LogicalNode.Distinct;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.SetOp;
import io.sabot.plan.logical.LogicalNode.Sort;
import io.sabot.plan.logical.LogicalNode.Unnest;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Moves a filter below grouping (when it reads keys only), duplicate removal, sorting, unnesting
/// (when it does not read the element) and set operations.
///
/// ```
/// filter k = 1 AND n > 5            filter n > 5
///   aggregate [k] n = count()   =>    aggregate [k] n = count()
///     $input                            filter k = 1
///                                         $input
/// ```
///
/// Not below a limit: the first ten rows with `x = 1` are not those with `x = 1` among the first
/// ten. Not below grouping sets, where a key is null in the sets without it, nor below a grouping
/// without keys, which has a row even when none is left.
final class PushFilterDown implements Rule {
  private final boolean correlated;

  /// @param correlated whether to move conjuncts that read columns of an enclosing left side
  PushFilterDown(boolean correlated) {
    this.correlated = correlated;
  }

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Filter(var input, var predicate))
        || !correlated && Conjuncts.isCorrelated(predicate, input, context)) {
      return Optional.empty();
    }
    return switch (input) {
      case Aggregate a when a.groupingSets().isEmpty() && !a.keys().isEmpty() ->
          push(
              predicate,
              c -> !c.columns().isEmpty() && a.keys().containsAll(c.columns()),
              down ->
                  new Aggregate(
                      Conjuncts.filter(a.input(), down),
                      a.keys(),
                      List.of(),
                      a.calls(),
                      a.keyMode()));
      case Distinct(var below, var mode) ->
          push(predicate, _ -> true, down -> new Distinct(Conjuncts.filter(below, down), mode));
      case Sort(var below, var keys) ->
          push(predicate, _ -> true, down -> new Sort(Conjuncts.filter(below, down), keys));
      case Unnest u -> {
        Set<Column> below = new HashSet<>(PlanColumns.of(u.input()));
        yield push(
            predicate,
            c -> below.containsAll(c.columns()),
            down ->
                new Unnest(
                    Conjuncts.filter(u.input(), down),
                    u.list(),
                    u.element(),
                    u.ordinal(),
                    u.outer()));
      }
      case SetOp set ->
          push(
              predicate,
              c -> correlated || set.columns().containsAll(c.columns()),
              down ->
                  new SetOp(
                      set.kind(),
                      set.all(),
                      set.mode(),
                      side(set.left(), down, set.columns(), set.leftColumns()),
                      side(set.right(), down, set.columns(), set.rightColumns()),
                      set.columns(),
                      set.leftColumns(),
                      set.rightColumns()));
      default -> Optional.empty();
    };
  }

  private static Optional<LogicalNode> push(
      Expr predicate,
      Predicate<Expr> mayPass,
      java.util.function.Function<List<Expr>, LogicalNode> rebuild) {
    List<Expr> down = new ArrayList<>();
    List<Expr> stay = new ArrayList<>();
    for (Expr conjunct : LogicFunctions.conjuncts(predicate)) {
      (mayPass.test(conjunct) && ExprFacts.isMovable(conjunct) ? down : stay).add(conjunct);
    }
    return down.isEmpty()
        ? Optional.empty()
        : Optional.of(Conjuncts.filter(rebuild.apply(down), stay));
  }

  private static LogicalNode side(
      LogicalNode side, List<Expr> conjuncts, List<Column> columns, List<@Nullable Column> own) {
    Map<Column, Expr> names = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = own.get(i);
      Expr value =
          column == null
              ? Expr.nullOf(columns.get(i).type())
              : Forms.as(column.ref(), columns.get(i).type());
      names.put(columns.get(i), value);
    }
    UnaryOperator<Expr> rename = c -> ExprFacts.substitute(c, names);
    return Conjuncts.filter(side, conjuncts.stream().map(rename).toList());
  }
}
