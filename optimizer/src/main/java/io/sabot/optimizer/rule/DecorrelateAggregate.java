package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Aggregate;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Groups once by the columns that the left row is compared with, instead of once for each left
/// row.
///
/// ```
/// apply inner true                     project [a.*, n = case k IS NULL then 0 else n2]
///   $a                                   join left a.k = k
///   aggregate [] n = count()        =>     $a
///     filter a.k = b.k                     aggregate [k] n2 = count()
///       $b                                   $b
/// ```
///
/// Without the CASE a row of `a` without partner would get null instead of 0, the COUNT bug: the
/// group of no rows, which every left row has in the original, is missing here. Not for `filter a.k
/// < b.k`, where a row of `b` belongs to many left rows.
final class DecorrelateAggregate implements Rule {
  /// A comparison of an expression over the left row with one over the right side.
  private record Link(Function function, Expr outer, Expr inner) {}

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Apply apply)
        || apply.kind() != JoinKind.INNER
        || !(apply.right() instanceof Aggregate a)
        || !a.keys().isEmpty()
        || !a.groupingSets().isEmpty()
        || !(a.input() instanceof Filter(var rows, var predicate))) {
      return Optional.empty();
    }
    Set<Column> left = new LinkedHashSet<>(PlanColumns.of(apply.left()));
    List<Link> links = new ArrayList<>();
    List<Expr> own = new ArrayList<>();
    for (Expr conjunct : LogicFunctions.conjuncts(predicate)) {
      if (conjunct.columns().stream().noneMatch(left::contains)) {
        own.add(conjunct);
        continue;
      }
      Link link = link(conjunct, left, rows);
      if (link == null) {
        return Optional.empty();
      }
      links.add(link);
    }
    boolean argsRead =
        PlanExprs.of(a).stream().anyMatch(e -> e.columns().stream().anyMatch(left::contains));
    boolean deeper = PlanExprs.free(rows).stream().anyMatch(left::contains);
    if (links.isEmpty() || argsRead || deeper) {
      return Optional.empty();
    }
    return Optional.of(grouped(apply, a, Conjuncts.filter(rows, own), links, context));
  }

  private static @Nullable Link link(Expr conjunct, Set<Column> left, LogicalNode rows) {
    if (!(conjunct instanceof Expr.Call(var function, var args, _))
        || args.size() != 2
        || !isKey(function, args.get(0).type(), args.get(1).type())) {
      return null;
    }
    Expr a = args.get(0);
    Expr b = args.get(1);
    if (left.containsAll(a.columns()) && PlanColumns.delivers(rows, b.columns())) {
      return new Link(function, a, b);
    }
    return left.containsAll(b.columns()) && PlanColumns.delivers(rows, a.columns())
        ? new Link(function, b, a)
        : null;
  }

  /// Whether values for which the function is true are the same group.
  private static boolean isKey(Function function, Type a, Type b) {
    return switch (function.name()) {
      case "same_term" -> true;
      case "eq", "sql.eq" -> ComparisonFunctions.sameKind(a, b) && !(a instanceof Type.Floating);
      default -> false;
    };
  }

  private static LogicalNode grouped(
      Apply apply, Aggregate a, LogicalNode rows, List<Link> links, RuleContext context) {
    Set<Column> keys = new LinkedHashSet<>();
    List<Assignment> computed = new ArrayList<>();
    List<Expr> condition = new ArrayList<>();
    for (Link link : links) {
      Column key;
      if (link.inner() instanceof Expr.Col(var column)) {
        key = column;
      } else {
        key = context.columns().column("key", link.inner().type(), true);
        computed.add(new Assignment(key, link.inner()));
      }
      keys.add(key);
      condition.add(new Expr.Call(link.function(), List.of(link.outer(), key.ref()), Type.BOOL));
    }
    LogicalNode input = computed.isEmpty() ? rows : new Extend(rows, computed);
    boolean terms =
        links.stream().anyMatch(l -> l.function().equals(ComparisonFunctions.SAME_TERM));
    List<AggregateCall> calls = new ArrayList<>();
    Map<Column, Expr> outs = new HashMap<>();
    Expr unmatched = LogicFunctions.IS_NULL.call(keys.iterator().next().ref());
    for (AggregateCall call : a.calls()) {
      Column out = context.columns().like(call.out());
      calls.add(
          new AggregateCall(
              out,
              call.function(),
              call.args(),
              call.distinct(),
              call.distinctMode(),
              call.filter(),
              call.orderBy()));
      Value empty = call.function().accumulator().get().result();
      outs.put(
          call.out(),
          empty.isNull()
              ? out.ref()
              : new Expr.Case(
                  List.of(new Expr.When(unmatched, new Expr.Lit(empty, out.type()))),
                  out.ref(),
                  out.type()));
    }
    LogicalNode groups =
        new Aggregate(input, List.copyOf(keys), List.of(), calls, terms ? EqMode.TERM : EqMode.SQL);
    LogicalNode join =
        new Join(JoinKind.LEFT, apply.left(), groups, LogicFunctions.and(condition), null);
    List<Assignment> above = new ArrayList<>();
    for (Column column : PlanColumns.of(apply)) {
      Expr out = outs.get(column);
      above.add(out == null ? Assignment.same(column) : new Assignment(column, out));
    }
    return Conjuncts.filter(new Project(join, above), LogicFunctions.conjuncts(apply.condition()));
  }
}
