package io.sabot.engine;

import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Casts;
import io.sabot.plan.function.ConstantContext;
import io.sabot.plan.function.EvalContext;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.GraphAccess;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// From functions in Java to those of a plan.
final class JavaFunctions {
  private JavaFunctions() {}

  static UserFunction scalar(JavaFunction.Scalar function) {
    Function.Scalar body =
        (args, context) ->
            value(
                function.name(),
                function.returns(),
                () -> function.body().apply(objects(args, context.graph())));
    return new UserFunction.Scalar(
        function.name(),
        fields(function.parameters()),
        function.returns(),
        function(function.name(), function.parameters().size(), function.returns(), body));
  }

  static UserFunction batch(JavaFunction.Batch function) {
    return new UserFunction.Scalar(
        function.name(),
        fields(function.parameters()),
        function.returns(),
        function(
            function.name(), function.parameters().size(), function.returns(), new Rows(function)));
  }

  private record Rows(JavaFunction.Batch function) implements UserFunction.Batched {
    @Override
    public Value apply(Value[] args, EvalContext context) {
      return applyAll(new Value[][] {args}, context)[0];
    }

    @Override
    public Value[] applyAll(Value[][] args, EvalContext context) {
      List<Object[]> rows = new ArrayList<>(args.length);
      for (Value[] row : args) {
        rows.add(objects(row, context.graph()));
      }
      @Nullable Object[] results = run(function.name(), () -> function.body().apply(rows));
      if (results.length != args.length) {
        throw failed(
            function.name(), "it gave " + results.length + " results for " + args.length, null);
      }
      Value[] values = new Value[results.length];
      for (int i = 0; i < results.length; i++) {
        Object result = results[i];
        values[i] = value(function.name(), function.returns(), () -> result);
      }
      return values;
    }
  }

  /// Strict and immutable; it may fail.
  private static Function function(String name, int args, Type returns, Function.Scalar body) {
    return new Function(
        "user." + name.toLowerCase(Locale.ROOT),
        args,
        args,
        Function.Nulls.STRICT,
        Function.Faults.THROW,
        Function.Volatility.IMMUTABLE,
        _ -> returns,
        body);
  }

  static UserFunction aggregate(JavaFunction.Aggregate function) {
    AggregateFunction aggregate =
        new AggregateFunction(
            "user." + function.name().toLowerCase(Locale.ROOT),
            function.parameters().size(),
            function.parameters().size(),
            true,
            _ -> function.returns(),
            () -> new Group(function, function.state().get()));
    return new UserFunction.Aggregate(
        function.name(), fields(function.parameters()), function.returns(), aggregate);
  }

  private record Group(JavaFunction.Aggregate function, JavaFunction.State state)
      implements AggregateFunction.Accumulator {
    @Override
    public void add(Value[] args) {
      Value[] converted = new Value[args.length];
      for (int i = 0; i < args.length; i++) {
        if (args[i].isNull()) {
          return;
        }
        converted[i] = Casts.cast(args[i], function.parameters().get(i), Expr.CastMode.SQL);
      }
      run(
          function.name(),
          () -> {
            state.add(objects(converted, new ConstantContext().graph()));
            return "";
          });
    }

    @Override
    public Value result() {
      return value(function.name(), function.returns(), state::result);
    }

    /// It may hold on to what it is given.
    @Override
    public boolean keepsRows() {
      return true;
    }
  }

  static RegisteredProcedure table(JavaFunction.Table function) {
    RegisteredProcedure.Body body =
        args -> {
          @Nullable Object[] arguments = new @Nullable Object[args.size()];
          for (int i = 0; i < arguments.length; i++) {
            arguments[i] = JavaValues.toJava(args.get(i), new ConstantContext().graph());
          }
          return run(
              function.name(),
              () -> {
                List<Map<String, Value>> rows = new ArrayList<>();
                for (@Nullable Object[] row : function.body().rows(arguments)) {
                  rows.add(row(function, row));
                }
                return rows;
              });
        };
    return new RegisteredProcedure(
        new ProcedureDef(function.name(), function.inputs(), function.outputs()), body);
  }

  private static Map<String, Value> row(JavaFunction.Table function, @Nullable Object[] row) {
    if (row.length != function.outputs().size()) {
      throw failed(
          function.name(),
          "it gave a row of " + row.length + " values for " + function.outputs().size(),
          null);
    }
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < row.length; i++) {
      Field output = function.outputs().get(i);
      Object cell = row[i];
      values.put(output.name(), value(function.name(), output.type(), () -> cell));
    }
    return values;
  }

  // ---- shared

  private static List<Field> fields(List<Type> types) {
    List<Field> fields = new ArrayList<>();
    for (Type type : types) {
      fields.add(new Field("a" + (fields.size() + 1), type));
    }
    return fields;
  }

  /// Arguments that are not null.
  private static Object[] objects(Value[] values, GraphAccess graph) {
    Object[] objects = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      objects[i] = java.util.Objects.requireNonNull(JavaValues.toJava(values[i], graph));
    }
    return objects;
  }

  private static Value value(String name, Type type, Callable<@Nullable Object> body) {
    return run(
        name,
        () -> {
          Value value = JavaValues.toValue(body.call());
          return value.isNull() ? value : Casts.cast(value, type, Expr.CastMode.SQL);
        });
  }

  private static <T> T run(String name, Callable<T> work) {
    try {
      return work.call();
    } catch (QueryException known) {
      throw known;
    } catch (Exception failure) {
      throw failed(name, String.valueOf(failure), failure);
    }
  }

  private static QueryException failed(String name, String why, @Nullable Exception cause) {
    return new QueryException(
        ErrorCode.FUNCTION_FAILED,
        null,
        "function '" + name + "' ended with an error: " + why,
        "",
        "",
        cause);
  }
}
