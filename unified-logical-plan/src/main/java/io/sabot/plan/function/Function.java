package io.sabot.plan.function;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scalar function: its name, its flags and its meaning over values, side by side.
///
/// Rules and operators look at the flags, never at the name or at the language. The vectorised
/// engine has typed kernels for the hot functions, keyed by name; all others run {@link #scalar}
/// for each row of a batch.
///
/// @param name unique; functions with one language's own meaning carry a prefix (`cy.`, `sp.`,
///   `sql.`)
/// @param minArgs fewest arguments
/// @param maxArgs most arguments
/// @param nulls what a null argument does
/// @param faults what a bad argument does
/// @param volatility whether equal arguments give equal results
/// @param origin where the call was written, for the message of a fault at run time; two functions
///   of one name are equal wherever they stand
public record Function(
    String name,
    int minArgs,
    int maxArgs,
    Nulls nulls,
    Faults faults,
    Volatility volatility,
    TypeRule typeRule,
    Scalar scalar,
    @Nullable SourceSpan origin) {

  public Function(
      String name,
      int minArgs,
      int maxArgs,
      Nulls nulls,
      Faults faults,
      Volatility volatility,
      TypeRule typeRule,
      Scalar scalar) {
    this(name, minArgs, maxArgs, nulls, faults, volatility, typeRule, scalar, null);
  }

  /// `STRICT`: any null argument makes the result null and `scalar` is not called.
  public enum Nulls {
    STRICT,
    CUSTOM
  }

  /// `THROW`: some arguments are an error, so the call must not run for rows that a filter or join
  /// would have removed. `NULL`: errors become null. `NONE`: cannot fail.
  public enum Faults {
    THROW,
    NULL,
    NONE
  }

  /// `STABLE` functions are constant within a statement, `VOLATILE` ones differ at every call.
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }

  @FunctionalInterface
  public interface Scalar {
    Value apply(Value[] args, EvalContext context);
  }

  /// The result type for given argument types.
  @FunctionalInterface
  public interface TypeRule {
    Type of(List<Type> args);
  }

  public static final int ANY_COUNT = Integer.MAX_VALUE;

  public Expr.Call call(List<Expr> args) {
    if (args.size() < minArgs || args.size() > maxArgs) {
      throw new IllegalArgumentException(name + " with " + args.size() + " arguments");
    }
    return new Expr.Call(this, args, typeRule.of(args.stream().map(Expr::type).toList()));
  }

  public Expr.Call call(Expr... args) {
    return call(List.of(args));
  }

  /// The function as called at a place of the query text.
  public Function at(SourceSpan place) {
    return new Function(name, minArgs, maxArgs, nulls, faults, volatility, typeRule, scalar, place);
  }

  /// Runs the function under its null and fault flags.
  public Value evaluate(Value[] args, EvalContext context) {
    if (nulls == Nulls.STRICT) {
      for (Value arg : args) {
        if (arg.isNull()) {
          return Value.NULL;
        }
      }
    }
    try {
      return scalar.apply(args, context);
    } catch (QueryException fault) {
      throw fault.at(origin);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Function that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
