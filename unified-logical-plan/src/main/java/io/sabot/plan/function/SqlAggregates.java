package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Aggregates of PostgreSQL that the other languages lack: of bits, and those of ordered values.
final class SqlAggregates {
  static final List<AggregateFunction> ALL =
      List.of(
          bits("bit_and", (a, b) -> a & b),
          bits("bit_or", (a, b) -> a | b),
          bits("bit_xor", (a, b) -> a ^ b),
          new AggregateFunction("mode", 1, 1, false, List::getFirst, () -> new Mode(false)),
          new AggregateFunction("mode_desc", 1, 1, false, List::getFirst, () -> new Mode(true)));

  private SqlAggregates() {}

  private static AggregateFunction bits(String name, LongBinaryOperator join) {
    return new AggregateFunction(name, 1, 1, false, List::getFirst, () -> new Bits(name, join));
  }

  private static final class Bits implements Accumulator {
    private final String name;
    private final LongBinaryOperator join;
    private @Nullable Value bits;

    Bits(String name, LongBinaryOperator join) {
      this.name = name;
      this.join = join;
    }

    @Override
    public void add(Value[] args) {
      switch (args[0]) {
        case Value.Int(long number) ->
            bits =
                bits instanceof Value.Int(long before)
                    ? Value.of(join.applyAsLong(before, number))
                    : args[0];
        case Value value when value.isNull() -> {}
        default -> throw Errors.typeMismatch(Kinds.name(args[0]), "an integer", name + "()");
      }
    }

    @Override
    public Value result() {
      return bits == null ? Value.NULL : bits;
    }
  }

  /// The value that comes most often; of several the first in the order.
  private static final class Mode implements Accumulator {
    private final Comparator<Value> order;
    private final List<Value> values = new ArrayList<>();

    Mode(boolean descending) {
      Comparator<Value> rising = Ordering.comparator(OrderMode.SQL);
      this.order = descending ? rising.reversed() : rising;
    }

    @Override
    public void add(Value[] args) {
      if (!args[0].isNull()) {
        values.add(args[0]);
      }
    }

    @Override
    public boolean keepsRows() {
      return true;
    }

    @Override
    public Value result() {
      values.sort(order);
      Value best = Value.NULL;
      int most = 0;
      int start = 0;
      for (int i = 0; i < values.size(); i++) {
        if (order.compare(values.get(start), values.get(i)) != 0) {
          start = i;
        }
        if (i - start + 1 > most) {
          most = i - start + 1;
          best = values.get(start);
        }
      }
      return best;
    }
  }
}
