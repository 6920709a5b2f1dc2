package io.sabot.parser.sparql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.aggregate.AggAvg;
import org.apache.jena.sparql.expr.aggregate.AggAvgDistinct;
import org.apache.jena.sparql.expr.aggregate.AggCount;
import org.apache.jena.sparql.expr.aggregate.AggCountDistinct;
import org.apache.jena.sparql.expr.aggregate.AggCountVar;
import org.apache.jena.sparql.expr.aggregate.AggCountVarDistinct;
import org.apache.jena.sparql.expr.aggregate.AggCustom;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcat;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcatDistinct;
import org.apache.jena.sparql.expr.aggregate.AggMax;
import org.apache.jena.sparql.expr.aggregate.AggMaxDistinct;
import org.apache.jena.sparql.expr.aggregate.AggMin;
import org.apache.jena.sparql.expr.aggregate.AggMinDistinct;
import org.apache.jena.sparql.expr.aggregate.AggSample;
import org.apache.jena.sparql.expr.aggregate.AggSampleDistinct;
import org.apache.jena.sparql.expr.aggregate.AggSum;
import org.apache.jena.sparql.expr.aggregate.AggSumDistinct;
import org.apache.jena.sparql.expr.aggregate.Aggregator;

/// GROUP BY and aggregates.
final class GroupLowering {
  private final Context context;

  GroupLowering(Context context) {
    this.context = context;
  }

  Solutions lower(OpGroup op, Solutions input) {
    Solutions keyed = input;
    Map<String, Column> variables = new LinkedHashMap<>();
    List<Column> keys = new ArrayList<>();
    for (Var variable : op.getGroupVars().getVars()) {
      org.apache.jena.sparql.expr.Expr expr = op.getGroupVars().getExpr(variable);
      Column key = expr == null ? keyed.variables().get(variable.getName()) : null;
      if (key == null) {
        ExprLowering exprs = new ExprLowering(context, keyed.variables());
        Expr value = expr == null ? Expr.nullOf(Type.ANY) : exprs.term(expr);
        key = context.variable(variable.getName(), true);
        LogicalNode plan =
            new LogicalNode.Extend(exprs.over(keyed.plan()), List.of(new Assignment(key, value)));
        keyed = keyed.with(plan, variable.getName(), key);
      }
      keys.add(key);
      variables.put(variable.getName(), key);
    }
    ExprLowering exprs = new ExprLowering(context, keyed.variables());
    List<AggregateCall> calls = new ArrayList<>();
    for (ExprAggregator aggregator : op.getAggregators()) {
      AggregateCall call = call(aggregator.getAggregator(), exprs, keyed);
      calls.add(call);
      variables.put(aggregator.getVar().getName(), call.out());
    }
    LogicalNode plan =
        new LogicalNode.Aggregate(exprs.over(keyed.plan()), keys, List.of(), calls, EqMode.TERM);
    return new Solutions(plan, variables);
  }

  private AggregateCall call(Aggregator aggregator, ExprLowering exprs, Solutions input) {
    return switch (aggregator) {
      case AggCount _ -> of(Aggregates.COUNT_ROWS, List.of(), false);
      case AggCountDistinct _ -> countDistinctRows(input);
      case AggCountVar a -> of(Aggregates.COUNT, args(a, exprs), false);
      case AggCountVarDistinct a -> of(Aggregates.COUNT, args(a, exprs), true);
      case AggSum a -> of(Aggregates.SP_SUM, args(a, exprs), false);
      case AggSumDistinct a -> of(Aggregates.SP_SUM, args(a, exprs), true);
      case AggAvg a -> of(Aggregates.SP_AVG, args(a, exprs), false);
      case AggAvgDistinct a -> of(Aggregates.SP_AVG, args(a, exprs), true);
      case AggMin a -> of(Aggregates.SP_MIN, args(a, exprs), false);
      case AggMinDistinct a -> of(Aggregates.SP_MIN, args(a, exprs), false);
      case AggMax a -> of(Aggregates.SP_MAX, args(a, exprs), false);
      case AggMaxDistinct a -> of(Aggregates.SP_MAX, args(a, exprs), false);
      case AggSample a -> of(Aggregates.SP_SAMPLE, args(a, exprs), false);
      case AggSampleDistinct a -> of(Aggregates.SP_SAMPLE, args(a, exprs), false);
      case AggGroupConcatDistinct a -> concat(a.getSeparator(), a, exprs, true);
      case AggGroupConcat a -> concat(a.getSeparator(), a, exprs, false);
      case AggCustom a -> custom(a, exprs);
      default -> throw Errors.unsupported(null, "the aggregate " + aggregator.getName());
    };
  }

  private AggregateCall custom(AggCustom aggregator, ExprLowering exprs) {
    UserFunction user = UserFunctions.find(aggregator.getIRI(), context.binding().catalog());
    if (!(user instanceof UserFunction.Aggregate aggregate)) {
      throw Errors.unknownFunction(
          null, aggregator.getIRI(), UserFunctions.iris(context.binding().catalog()));
    }
    List<Expr> args = args(aggregator, exprs);
    UserFunctions.checkCount(user, args.size());
    return of(aggregate.function(), args, false);
  }

  private static List<Expr> args(Aggregator aggregator, ExprLowering exprs) {
    ExprList list = aggregator.getExprList();
    return list.getList().stream().map(exprs::term).toList();
  }

  private AggregateCall concat(
      String separator, Aggregator aggregator, ExprLowering exprs, boolean distinct) {
    Expr value = exprs.term(aggregator.getExprList().get(0));
    Expr between = Expr.lit(Value.of(separator == null ? " " : separator));
    return of(Aggregates.SP_GROUP_CONCAT, List.of(value, between), distinct);
  }

  /// `COUNT(DISTINCT *)`: counts lists of all visible variables.
  private AggregateCall countDistinctRows(Solutions input) {
    List<Expr> all = new ArrayList<>();
    input.named().variables().values().forEach(column -> all.add(column.ref()));
    Expr row = io.sabot.plan.function.ListFunctions.LIST.call(all);
    return of(Aggregates.COUNT, List.of(row), true);
  }

  private AggregateCall of(AggregateFunction function, List<Expr> args, boolean distinct) {
    Type type = function.resultType(args.stream().map(Expr::type).toList());
    boolean count = function.equals(Aggregates.COUNT) || function.equals(Aggregates.COUNT_ROWS);
    Column out = context.columns().column(function.name(), type, !count);
    return new AggregateCall(out, function, args, distinct, EqMode.TERM, null, List.of());
  }
}
