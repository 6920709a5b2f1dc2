package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;

/// Numbers of sequences. The first argument is always the id of the sequence.
public final class SequenceFunctions {
  /// The next number.
  public static final Function NEXT =
      function("sql.nextval", 1, (a, context) -> Value.of(context.nextNumber(id(a))));

  /// The number that this session got last.
  public static final Function CURRENT =
      function("sql.currval", 1, (a, context) -> Value.of(context.currentNumber(id(a))));

  /// Makes the second argument the number given last, or, when the third is false, the next.
  public static final Function SET =
      function(
          "sql.setval",
          4,
          (a, context) -> {
            long value = ((Value.Int) a[1]).value();
            boolean isGiven = a[2].equals(Value.TRUE);
            long step = ((Value.Int) a[3]).value();
            context.setNumber(id(a), isGiven ? value : Math.subtractExact(value, step));
            return a[1];
          });

  static final List<Function> ALL = List.of(NEXT, CURRENT, SET);

  private SequenceFunctions() {}

  private static Function function(String name, int args, Function.Scalar scalar) {
    return Functions.with(
        Functions.throwing(name, args, Type.INT64, scalar),
        Function.Nulls.STRICT,
        Function.Faults.THROW,
        Function.Volatility.VOLATILE);
  }

  private static int id(Value[] args) {
    return Math.toIntExact(((Value.Int) args[0]).value());
  }

  /// Whether a call moves a sequence.
  public static boolean moves(Function function) {
    return function.equals(NEXT) || function.equals(SET);
  }
}
