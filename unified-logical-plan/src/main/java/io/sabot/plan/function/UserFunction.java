package io.sabot.plan.function;

import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A function that users made, callable from every language. Names compare without case.
///
/// A call becomes an ordinary expression of the plan: of a SQL function its body, with the
/// arguments in place of the parameters; of a Java function a call of its {@link Function}.
public sealed interface UserFunction {
  /// From how many parts on an argument that is read several times is computed only once.
  int REPEATED_PARTS_MAX = 8;

  String name();

  List<Field> parameters();

  Type returns();

  /// A Java function of one row.
  record Scalar(String name, List<Field> parameters, Type returns, Function function)
      implements UserFunction {
    public Scalar {
      parameters = List.copyOf(parameters);
    }
  }

  /// A SQL function.
  record Inlined(String name, List<Field> parameters, Type returns, Bodies body)
      implements UserFunction {
    public Inlined {
      parameters = List.copyOf(parameters);
    }
  }

  /// A Java aggregate.
  record Aggregate(String name, List<Field> parameters, Type returns, AggregateFunction function)
      implements UserFunction {
    public Aggregate {
      parameters = List.copyOf(parameters);
    }
  }

  /// Binds the body of a SQL function, with columns that are new each time.
  @FunctionalInterface
  interface Bodies {
    Body bind(ColumnAllocator columns);
  }

  /// An expression over columns that stand for the parameters.
  record Body(List<Column> parameters, Expr result) {
    public Body {
      parameters = List.copyOf(parameters);
    }
  }

  /// A call, its arguments converted to the types of the parameters.
  ///
  /// @param mode what becomes of an argument that does not convert
  default Expr call(List<Expr> args, ColumnAllocator columns, Expr.CastMode mode) {
    List<Expr> converted = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      converted.add(cast(args.get(i), parameters().get(i).type(), mode));
    }
    return switch (this) {
      case Scalar(_, _, _, Function function) -> function.call(converted);
      case Inlined(_, _, Type returns, Bodies bodies) ->
          cast(inline(bodies.bind(columns), converted), returns, Expr.CastMode.SQL);
      case Aggregate _ -> throw new IllegalStateException("an aggregate is no expression");
    };
  }

  private static Expr cast(Expr expr, Type type, Expr.CastMode mode) {
    if (expr.type().equals(type)) {
      return expr;
    }
    return expr instanceof Expr.Lit(var value, _) && value.isNull()
        ? Expr.nullOf(type)
        : new Expr.Cast(expr, type, mode);
  }

  private static Expr inline(Body body, List<Expr> args) {
    Map<Column, Expr> replaced = new HashMap<>();
    Expr result = body.result();
    for (int i = 0; i < args.size(); i++) {
      Column parameter = body.parameters().get(i);
      Expr arg = args.get(i);
      if (uses(result, parameter) > 1 && !mayRepeat(arg)) {
        result = once(parameter, arg, result);
      } else {
        replaced.put(parameter, arg);
      }
    }
    return result.transform(part ->
        part instanceof Expr.Col(Column column) ? replaced.getOrDefault(column, part) : part);
  }

  /// The body over the only element of a list, which is the argument.
  private static Expr once(Column parameter, Expr arg, Expr body) {
    Expr list = ListFunctions.LIST.call(arg);
    Expr all = new Expr.ListComprehension(parameter, list, null, body);
    Expr only = Functions.named("cy.head").call(all);
    return only.type().equals(body.type())
        ? only
        : new Expr.Cast(only, body.type(), Expr.CastMode.FORM);
  }

  private static int uses(Expr expr, Column column) {
    AtomicInteger uses =
        new AtomicInteger(expr instanceof Expr.Col(Column read) && read.equals(column) ? 1 : 0);
    expr.forEachChild(child -> uses.addAndGet(uses(child, column)));
    return uses.get();
  }

  private static boolean mayRepeat(Expr expr) {
    return parts(expr) <= REPEATED_PARTS_MAX && !isVolatile(expr);
  }

  private static int parts(Expr expr) {
    AtomicInteger parts = new AtomicInteger(1);
    expr.forEachChild(child -> parts.addAndGet(parts(child)));
    return parts.get();
  }

  private static boolean isVolatile(Expr expr) {
    boolean isItself =
        expr instanceof Expr.Call(Function function, _, _)
            && function.volatility() == Function.Volatility.VOLATILE;
    AtomicInteger found = new AtomicInteger(isItself ? 1 : 0);
    expr.forEachChild(child -> found.addAndGet(isVolatile(child) ? 1 : 0));
    return found.get() > 0;
  }

  /// A scalar of rows that may also be called for many rows at once.
  interface Batched extends Function.Scalar {
    /// @param args of each row
    /// @return a result for each row
    Value[] applyAll(Value[][] args, EvalContext context);
  }
}
