package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns queries and patterns inside expressions into `Apply` nodes below the expression.
final class SubqueryLowering {
  private final Lowering lowering;
  private final Bindings scope;
  private final Rows rows;

  SubqueryLowering(Lowering lowering, Bindings scope, Rows rows) {
    this.lowering = lowering;
    this.scope = scope;
    this.rows = rows;
  }

  /// Whether a query or pattern is inside, so that the expression cannot stand alone.
  static boolean needsRows(@Nullable Expression expression) {
    return expression != null && Expressions.contains(expression, SubqueryLowering::isSubquery);
  }

  private static boolean isSubquery(Expression expression) {
    return switch (expression) {
      case Expression.PatternPredicate _,
          Expression.PatternComprehension _,
          Expression.ShortestPath _,
          Expression.Exists _,
          Expression.CountRows _,
          Expression.CollectRows _ ->
          true;
      default -> false;
    };
  }

  /// Filters by a condition. Subqueries that are conjuncts of their own only decide which rows
  /// stay, which is cheaper than a truth value for each row.
  static void filter(Lowering lowering, Bindings scope, Rows rows, Expression where) {
    SubqueryLowering subqueries = new SubqueryLowering(lowering, scope, rows);
    ExpressionLowering expressions = new ExpressionLowering(lowering, scope, rows);
    List<Expression> conjuncts = Expressions.conjuncts(where);
    List<Expr> plain =
        conjuncts.stream().filter(c -> !needsRows(c)).map(expressions::condition).toList();
    rows.filter(LogicFunctions.and(plain));
    for (Expression conjunct : conjuncts) {
      if (needsRows(conjunct)) {
        subqueries.filter(conjunct, expressions);
      }
    }
  }

  private void filter(Expression conjunct, ExpressionLowering expressions) {
    Expression positive = conjunct instanceof Expression.Not not ? not.operand() : conjunct;
    LogicalNode tested = tested(positive);
    if (tested == null) {
      rows.filter(expressions.condition(conjunct));
    } else {
      rows.apply(positive == conjunct ? JoinKind.SEMI : JoinKind.ANTI, tested, null);
    }
  }

  /// The rows whose existence the expression asks for; null when it asks for something else.
  private @Nullable LogicalNode tested(Expression expression) {
    return switch (expression) {
      case Expression.PatternPredicate(var pattern, _) -> pattern(pattern, null, scope.asOuter());
      case Expression.Exists(var query, _) ->
          new QueryLowering(lowering).subquery(query, scope.asOuter()).plan();
      case Expression.Call call
          when call.function().equalsIgnoreCase("exists")
              && call.arguments().getFirst() instanceof Expression.PatternPredicate ->
          tested(call.arguments().getFirst());
      default -> null;
    };
  }

  /// A truth value for each row.
  Column exists(Expression test) {
    LogicalNode tested = tested(test);
    if (tested == null) {
      throw new IllegalStateException("not a test of existence: " + test);
    }
    Column mark = lowering.certain("exists", Type.BOOL);
    rows.apply(JoinKind.MARK, tested, mark);
    return mark;
  }

  Expr count(Expression.CountRows e) {
    LogicalNode counted = new QueryLowering(lowering).subquery(e.query(), scope.asOuter()).plan();
    Column count = lowering.certain("count", Type.INT64);
    return aggregated(counted, count, Aggregates.COUNT_ROWS, List.of());
  }

  Expr collect(Expression.CollectRows e) {
    QueryLowering.Result result =
        new QueryLowering(lowering, true).subquery(e.query(), scope.asOuter());
    Expr value = result.columns().values().iterator().next().ref();
    Column out = lowering.certain("list", new Type.ListOf(value.type()));
    AggregateCall call =
        new AggregateCall(
            out,
            Aggregates.COLLECT_ALL,
            List.of(value),
            false,
            EqMode.EQUIVALENT,
            null,
            result.order());
    return aggregated(result.plan(), call);
  }

  Expr comprehension(Expression.PatternComprehension e) {
    Bindings inner = scope.asOuter();
    Rows matches = new Rows(pattern(e.pattern(), e.where(), inner));
    Expr result = new ExpressionLowering(lowering, inner, matches).lower(e.result());
    return collected(matches.plan(), "list", result);
  }

  Expr shortestPath(Expression.ShortestPath e) {
    Name name = new Name(" path", e.place());
    PatternPart part = e.pattern();
    PatternPart named =
        new PatternPart(name, part.selector(), part.start(), part.steps(), part.place());
    Bindings inner = scope.asOuter();
    LogicalNode matches = pattern(named, null, inner);
    Expr path = inner.column(name.text()).ref();
    if (part.selector() == PatternPart.Selector.ALL_SHORTEST) {
      return collected(matches, "paths", path);
    }
    Column out = lowering.column("path", Type.PATH);
    return aggregated(matches, out, Aggregates.ANY_VALUE, List.of(path));
  }

  /// A comprehension over the elements of a list whose parts need rows: unnested, then collected.
  Expr perElement(
      Name name,
      Column element,
      Expr list,
      @Nullable Expression where,
      @Nullable Expression result) {
    Rows elements =
        new Rows(new LogicalNode.Unnest(LogicalNode.Values.UNIT, list, element, null, false));
    Bindings inner = scope.asOuter().with(name.text(), element);
    if (where != null) {
      filter(lowering, inner, elements, where);
    }
    Expr value =
        result == null
            ? element.ref()
            : new ExpressionLowering(lowering, inner, elements).lower(result);
    Expr collected = collected(elements.plan(), "list", value);
    Expr.When isNull =
        new Expr.When(LogicFunctions.IS_NULL.call(list), Expr.nullOf(collected.type()));
    return new Expr.Case(List.of(isNull), collected, collected.type());
  }

  private LogicalNode pattern(PatternPart pattern, @Nullable Expression where, Bindings inner) {
    Rows matches = new Rows(LogicalNode.Values.UNIT);
    new MatchLowering(lowering).match(List.of(pattern), where, inner, matches);
    return matches.plan();
  }

  private Expr collected(LogicalNode input, String name, Expr value) {
    Column out = lowering.certain(name, new Type.ListOf(value.type()));
    return aggregated(input, out, Aggregates.COLLECT_ALL, List.of(value));
  }

  /// One row for each outer row, also when nothing matches.
  private Expr aggregated(
      LogicalNode input, Column out, AggregateFunction function, List<Expr> args) {
    return aggregated(
        input, new AggregateCall(out, function, args, false, EqMode.EQUIVALENT, null, List.of()));
  }

  private Expr aggregated(LogicalNode input, AggregateCall call) {
    rows.apply(
        JoinKind.INNER,
        new LogicalNode.Aggregate(input, List.of(), List.of(), List.of(call), EqMode.EQUIVALENT),
        null);
    return call.out().ref();
  }
}
