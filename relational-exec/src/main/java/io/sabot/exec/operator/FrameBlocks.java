package io.sabot.exec.operator;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregate over frames that slide, each in logarithmic time: of aligned blocks of rows, of
/// blocks of blocks and so on the result is kept, once a frame has asked for it (a segment tree;
/// Leis et al., "Efficient Processing of Window Functions in Analytical SQL Queries", VLDB 2015).
///
/// Only for aggregates whose result over results of parts is that over all rows.
final class FrameBlocks {
  /// How many rows, or blocks, a block holds.
  private static final int WIDTH = 32;

  private final AggregateFunction function;
  private final Value[] argument;
  private final int[] sorted;
  private final int from;
  private final @Nullable Value[][] levels;

  /// @param argument by row
  /// @param sorted the rows by place
  /// @param from the first place of the partition
  /// @param to the place after its last
  FrameBlocks(AggregateFunction function, Value[] argument, int[] sorted, int from, int to) {
    this.function = function;
    this.argument = argument;
    this.sorted = sorted;
    this.from = from;
    int depth = 0;
    for (int blocks = (to - from) / WIDTH; blocks > 0; blocks /= WIDTH) {
      depth++;
    }
    this.levels = new Value[depth][];
    for (int level = 0, blocks = (to - from) / WIDTH; level < depth; level++, blocks /= WIDTH) {
      levels[level] = new Value[blocks];
    }
  }

  /// Sums of floating-point numbers depend on the order of their parts, and are left out.
  static boolean suit(AggregateFunction function, List<Expr> args) {
    return function.equals(Aggregates.MIN)
        || function.equals(Aggregates.MAX)
        || function.equals(Aggregates.SUM) && isExact(args.getFirst().type());
  }

  private static boolean isExact(Type type) {
    return type instanceof Type.Int || type instanceof Type.Decimal;
  }

  /// The result over places; null where a part has none though the whole may, as a sum that is too
  /// large may become smaller again.
  ///
  /// @param parts the first place of each part and the one after its last
  @Nullable Value of(int[] parts) {
    try {
      Accumulator whole = function.accumulator().get();
      for (int p = 0; p < parts.length; p += 2) {
        add(whole, parts[p] - from, parts[p + 1] - from);
      }
      return whole.result();
    } catch (QueryException tooLarge) {
      return null;
    }
  }

  private void add(Accumulator whole, int start, int end) {
    int first = start;
    int after = end;
    for (int level = -1; first < after; level++) {
      boolean isTop = level == levels.length - 1;
      while (first < after && (isTop || first % WIDTH != 0)) {
        whole.add(new Value[] {unit(level, first++)});
      }
      while (first < after && after % WIDTH != 0) {
        whole.add(new Value[] {unit(level, --after)});
      }
      first /= WIDTH;
      after /= WIDTH;
    }
  }

  /// A row for level -1, else a block.
  private Value unit(int level, int number) {
    if (level < 0) {
      return argument[sorted[from + number]];
    }
    Value known = levels[level][number];
    if (known == null) {
      Accumulator block = function.accumulator().get();
      for (int i = 0; i < WIDTH; i++) {
        block.add(new Value[] {unit(level - 1, number * WIDTH + i)});
      }
      known = block.result();
      levels[level][number] = known;
    }
    return known;
  }
}
