package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Aggregate;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Replaces a language's own aggregate by the common one, and its own grouping by SQL's, once types
/// are exact.
///
/// ```
/// aggregate [k] s = cy.sum(@cast(a, form))        project [k, s = @cast(s2, form)]
///   $input                                   =>     aggregate [k] s2 = sum(a)
///                                                     $input
/// ```
///
/// Not `cy.sum` without keys or over a column that may be null: over nothing it is 0, `sum` is
/// null. Not `sp.avg` of integers, which is a decimal.
final class SpecialiseAggregates implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Aggregate a)) {
      return Optional.empty();
    }
    Nullability nulls = Nullability.over(PlanColumns.of(a.input()));
    boolean grouped = !a.keys().isEmpty() && a.groupingSets().isEmpty();
    List<AggregateCall> calls = new ArrayList<>();
    List<Assignment> above = new ArrayList<>();
    a.keys().forEach(k -> above.add(Assignment.same(k)));
    boolean changed = false;
    for (AggregateCall call : a.calls()) {
      AggregateCall better = better(call, nulls, grouped, context);
      changed |= better != null;
      calls.add(better == null ? call : better);
      above.add(
          better == null
              ? Assignment.same(call.out())
              : new Assignment(call.out(), Forms.as(better.out().ref(), call.out().type())));
    }
    EqMode mode = a.keys().stream().allMatch(k -> isSettled(k.type())) ? EqMode.SQL : a.keyMode();
    if (!changed && mode == a.keyMode()) {
      return Optional.empty();
    }
    LogicalNode typed = new Aggregate(a.input(), a.keys(), a.groupingSets(), calls, mode);
    return Optional.of(changed ? new Project(typed, above) : typed);
  }

  /// Types on which all equalities of keys are the same.
  private static boolean isSettled(Type type) {
    return Forms.isExact(type) && !(type instanceof Type.Floating);
  }

  private static @Nullable AggregateCall better(
      AggregateCall call, Nullability nulls, boolean grouped, RuleContext context) {
    if (call.args().size() != 1) {
      return null;
    }
    Expr arg = Forms.strip(call.args().getFirst());
    boolean certain = !nulls.mayBeNull(arg);
    boolean count = call.function().equals(Aggregates.COUNT);
    if (count && certain && !call.distinct() && ExprFacts.isMovable(arg)) {
      return with(call, call.out(), Aggregates.COUNT_ROWS, List.of(), EqMode.SQL);
    }
    if (!Forms.isExact(arg.type())) {
      return null;
    }
    AggregateFunction typed = typed(call, arg.type(), certain && grouped && call.filter() == null);
    boolean strips = typed != null || count;
    List<Expr> args = strips ? List.of(arg) : call.args();
    EqMode mode =
        call.distinct() && strips && isSettled(arg.type()) ? EqMode.SQL : call.distinctMode();
    if (typed == null && args.equals(call.args()) && mode == call.distinctMode()) {
      return null;
    }
    AggregateFunction function = typed != null ? typed : call.function();
    Type type = function.resultType(List.of(args.getFirst().type()));
    Column out =
        type.equals(call.out().type())
            ? call.out()
            : context.columns().column(call.out().name(), type, call.out().nullable());
    return with(call, out, function, args, mode);
  }

  private static AggregateCall with(
      AggregateCall call, Column out, AggregateFunction function, List<Expr> args, EqMode mode) {
    return new AggregateCall(
        out, function, args, call.distinct(), mode, call.filter(), call.orderBy());
  }

  /// @param nonEmpty whether every group has an argument that is not null
  private static @Nullable AggregateFunction typed(
      AggregateCall call, Type type, boolean nonEmpty) {
    Set<String> sums = new HashSet<>(List.of("cy.sum", "sp.sum"));
    String name = call.function().name();
    if (sums.contains(name)) {
      return type.isNumeric() && nonEmpty ? Aggregates.SUM : null;
    }
    return switch (name) {
      case "cy.avg" ->
          type instanceof Type.Int || type instanceof Type.Floating ? Aggregates.AVG : null;
      case "cy.min" -> Aggregates.MIN;
      case "cy.max" -> Aggregates.MAX;
      case "sp.min" -> nonEmpty && !(type instanceof Type.Floating) ? Aggregates.MIN : null;
      case "sp.max" -> nonEmpty && !(type instanceof Type.Floating) ? Aggregates.MAX : null;
      default -> null;
    };
  }
}
