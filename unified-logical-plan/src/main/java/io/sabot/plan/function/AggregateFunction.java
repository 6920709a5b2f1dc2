package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.function.Supplier;

/// An aggregate function over values; typed kernels exist beside it for the hot ones.
///
/// @param name unique, with the language's prefix where the meaning is its own
/// @param orderSensitive whether the order of the input rows shows in the result
public record AggregateFunction(
    String name,
    int minArgs,
    int maxArgs,
    boolean orderSensitive,
    Function.TypeRule typeRule,
    Supplier<Accumulator> accumulator) {

  /// The running state of one group. Nulls reach it like any other value.
  public interface Accumulator {
    void add(Value[] args);

    /// The result so far; also for a group without rows.
    Value result();

    /// Whether it holds on to the arguments, so that its memory grows with the rows.
    default boolean keepsRows() {
      return false;
    }
  }

  public Type resultType(List<Type> args) {
    return typeRule.of(args);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AggregateFunction that && name.equals(that.name);
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
