package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.function.LongBinaryOperator;

/// PostgreSQL's operators on the bits of integers. A shift counts within the integer's own bits, as
/// the processor has it: `1 << 33` is 2 for an INTEGER.
final class SqlBits {
  private SqlBits() {}

  static List<Function> all() {
    return List.of(
        ofTwo("sql.bit_and", (a, b) -> a & b),
        ofTwo("sql.bit_or", (a, b) -> a | b),
        ofTwo("sql.bit_xor", (a, b) -> a ^ b),
        Functions.typed(
            Functions.total("sql.bit_not", 1, Type.INT64, (a, c) -> Value.of(~number(a[0]))),
            List::getFirst),
        shift("sql.bit_left", true),
        shift("sql.bit_right", false));
  }

  private static long number(Value value) {
    return ((Value.Int) value).value();
  }

  private static Function ofTwo(String name, LongBinaryOperator body) {
    return Functions.typed(
        Functions.total(
            name, 2, Type.INT64, (a, c) -> Value.of(body.applyAsLong(number(a[0]), number(a[1])))),
        types -> Type.union(types.get(0), types.get(1)));
  }

  /// The third argument is the number of bits of the first.
  private static Function shift(String name, boolean left) {
    return Functions.typed(
        Functions.total(
            name,
            3,
            Type.INT64,
            (a, c) -> Value.of(shifted(number(a[0]), number(a[1]), number(a[2]), left))),
        List::getFirst);
  }

  private static long shifted(long value, long by, long bits, boolean left) {
    if (bits == 64) {
      return left ? value << by : value >> by;
    }
    int moved = left ? (int) value << (int) by : (int) value >> (int) by;
    return bits == 16 ? (short) moved : moved;
  }
}
