package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Aggregate;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts the arguments of aggregates in the place of the columns that hold them, and groups by the
/// columns of the data instead of by entities or other forms made of them.
///
/// ```
/// aggregate [n] s = sum(x)                      project [n = entity(a), s]
///   extend [n = entity(a), x = b * c]    =>       aggregate [a] s = sum(b * c)
///     $input                                        $input
/// ```
///
/// Not a key that two values share: grouping by `length(a)` is not grouping by `a`. Not a column of
/// an enclosing left side, which the input does not deliver.
final class PullComputedThroughAggregate implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Aggregate a) || !a.groupingSets().isEmpty()) {
      return Optional.empty();
    }
    return switch (a.input()) {
      case Project(var input, var assignments) -> pull(a, input, assignments, false);
      case Extend(var input, var assignments) -> pull(a, input, assignments, true);
      default -> Optional.empty();
    };
  }

  private static Optional<LogicalNode> pull(
      Aggregate a, LogicalNode input, List<Assignment> assignments, boolean extend) {
    Map<Column, Expr> definitions = new HashMap<>();
    assignments.forEach(x -> definitions.put(x.column(), x.expr()));
    List<Assignment> staying = new ArrayList<>();
    Set<Column> keys = new LinkedHashSet<>();
    List<Assignment> above = new ArrayList<>();
    for (Column key : a.keys()) {
      Expr definition = definitions.getOrDefault(key, key.ref());
      if (isInjective(definition) && PlanColumns.delivers(input, definition.columns())) {
        keys.addAll(PlanColumns.asDelivered(input, definition.columns()));
        above.add(new Assignment(key, definition));
      } else {
        staying.add(new Assignment(key, definition));
        keys.add(key);
        above.add(Assignment.same(key));
      }
    }
    Aggregate bare = new Aggregate(a.input(), List.of(), List.of(), a.calls(), a.keyMode());
    List<Expr> readers = PlanExprs.of(bare);
    if (keys.isEmpty() != a.keys().isEmpty()
        || !MergeProjects.canInlineInto(assignments, readers)
        || extend && staying.size() == assignments.size()) {
      return Optional.empty();
    }
    // A key that stays computed below may be an argument too: then both read the column.
    staying.forEach(s -> definitions.remove(s.column()));
    Aggregate inlined = (Aggregate) PlanExprs.map(bare, e -> ExprFacts.substitute(e, definitions));
    LogicalNode below = staying.isEmpty() ? input : new Extend(input, staying);
    if (!extend && below.equals(a.input())) {
      return Optional.empty();
    }
    for (AggregateCall call : a.calls()) {
      above.add(Assignment.same(call.out()));
    }
    Aggregate grouped =
        new Aggregate(below, List.copyOf(keys), List.of(), inlined.calls(), a.keyMode());
    return Optional.of(new Project(grouped, above));
  }

  /// Whether different values of the columns read give different results, and equal ones equal.
  static boolean isInjective(Expr expr) {
    return switch (expr) {
      case Expr.Col _ -> true;
      case Expr.Cast(Expr.Col(var column), _, var mode, _) ->
          mode == Expr.CastMode.FORM
              && Forms.isExact(column.type())
              && !(column.type() instanceof Type.Floating);
      case Expr.Call call when !StripTerms.isInjective(call) -> false;
      case Expr.Call(_, var args, _) ->
          Computed.isCheap(expr)
              && args.stream().allMatch(x -> x instanceof Expr.Lit || isInjective(x));
      default -> false;
    };
  }
}
