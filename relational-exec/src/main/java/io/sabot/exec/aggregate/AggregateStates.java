package io.sabot.exec.aggregate;

import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;

/// Chooses the state of an aggregate call: a typed one for the hot cases, the generic one
/// otherwise.
public final class AggregateStates {
  private AggregateStates() {}

  public static AggregateState open(AggregateCall call, ExprCompiler compiler, QueryRun run) {
    List<VectorExpr> args = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    for (Expr arg : call.args()) {
      args.add(compiler.compile(arg));
      types.add(arg.type());
    }
    AggregateState state = plain(call, args, types, compiler, run);
    if (call.distinct()) {
      List<VectorExpr> again = call.args().stream().map(compiler::compile).toList();
      state =
          new DistinctState(
              state, again, types.stream().map(Type::physical).toList(), call.distinctMode(), run);
    }
    return call.filter() == null
        ? state
        : new FilteredState(state, compiler.compileAs(call.filter(), Type.BOOL));
  }

  private static AggregateState plain(
      AggregateCall call,
      List<VectorExpr> args,
      List<Type> types,
      ExprCompiler compiler,
      QueryRun run) {
    Type result = call.out().type();
    String name = call.function().name();
    if (name.equals("count_rows")) {
      return new CountState(null);
    }
    if (name.equals("count")) {
      return new CountState(args.getFirst());
    }
    if (types.size() == 1) {
      Physical kind = types.getFirst().physical();
      boolean number = types.getFirst().isNumeric();
      boolean cypher = name.startsWith("cy.");
      if ((name.equals("sum") || name.equals("cy.sum")) && number && isSum(kind, result)) {
        return new SumState(args.getFirst(), types.getFirst(), result, false, cypher);
      }
      if ((name.equals("avg") || name.equals("cy.avg")) && number && isMean(result)) {
        return new SumState(args.getFirst(), types.getFirst(), result, true, false);
      }
      boolean min = name.equals("min") || name.equals("cy.min");
      boolean max = name.equals("max") || name.equals("cy.max");
      boolean word = kind == Physical.LONG || kind == Physical.DOUBLE;
      if ((min || max) && word && result.physical() == kind) {
        return new ExtremeState(args.getFirst(), kind, max);
      }
    }
    List<VectorExpr> order =
        call.orderBy().stream().map(key -> compiler.compile(key.expr())).toList();
    return new GenericState(call.function(), args, types, call.orderBy(), order, result, run);
  }

  private static boolean isSum(Physical kind, Type result) {
    return kind == Physical.LONG && (result instanceof Type.Int || result instanceof Type.Decimal)
        || kind == Physical.DECIMAL && result instanceof Type.Decimal
        || kind == Physical.DOUBLE && result instanceof Type.Floating;
  }

  private static boolean isMean(Type result) {
    return result instanceof Type.Decimal || result instanceof Type.Floating;
  }
}
