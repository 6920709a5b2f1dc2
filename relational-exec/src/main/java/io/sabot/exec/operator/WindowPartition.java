package io.sabot.exec.operator;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.logical.WindowCall.Bound;
import io.sabot.plan.value.Value;

/// One window call over one partition: rows `sorted[from .. to-1]`.
final class WindowPartition {
  private final WindowCall call;
  private final int[] sorted;
  private final int from;
  private final int to;
  private final RowOrder order;
  private final Value[][] arguments;

  WindowPartition(
      WindowCall call, int[] sorted, int from, int to, RowOrder order, Value[][] arguments) {
    this.call = call;
    this.sorted = sorted;
    this.from = from;
    this.to = to;
    this.order = order;
    this.arguments = arguments;
  }

  /// Writes `results[row]` for each row of the partition.
  void compute(Value[] results) {
    switch (call.function()) {
      case "row_number" -> fill(results, i -> i - from + 1);
      case "rank" -> fill(results, i -> firstPeer(i) - from + 1);
      case "dense_rank" -> denseRank(results);
      case "percent_rank" -> percentRank(results);
      case "cume_dist" -> cumeDist(results);
      case "ntile" -> ntile(results);
      case "lag" -> shift(results, -1);
      case "lead" -> shift(results, 1);
      default -> framed(results);
    }
  }

  @FunctionalInterface
  private interface Number {
    long of(int place);
  }

  private void fill(Value[] results, Number number) {
    for (int i = from; i < to; i++) {
      results[sorted[i]] = Value.of(number.of(i));
    }
  }

  private boolean peers(int a, int b) {
    return order.compare(sorted[a], sorted[b]) == 0;
  }

  private int firstPeer(int place) {
    int first = place;
    while (first > from && peers(first - 1, place)) {
      first--;
    }
    return first;
  }

  private int afterLastPeer(int place) {
    int after = place + 1;
    while (after < to && peers(after, place)) {
      after++;
    }
    return after;
  }

  private void denseRank(Value[] results) {
    long rank = 0;
    for (int i = from; i < to; i++) {
      rank += i == from || !peers(i - 1, i) ? 1 : 0;
      results[sorted[i]] = Value.of(rank);
    }
  }

  private void percentRank(Value[] results) {
    for (int i = from; i < to; i++) {
      double rank = to - from == 1 ? 0 : (double) (firstPeer(i) - from) / (to - from - 1);
      results[sorted[i]] = Value.of(rank);
    }
  }

  private void cumeDist(Value[] results) {
    for (int i = from; i < to; i++) {
      results[sorted[i]] = Value.of((double) (afterLastPeer(i) - from) / (to - from));
    }
  }

  private void ntile(Value[] results) {
    for (int i = from; i < to; i++) {
      long buckets = ((Value.Int) arguments[0][sorted[i]]).value();
      long size = to - from;
      long small = size / buckets;
      long larger = size % buckets;
      long place = i - from;
      long bucket =
          place < larger * (small + 1)
              ? place / (small + 1)
              : larger + (place - larger * (small + 1)) / Math.max(1, small);
      results[sorted[i]] = Value.of(bucket + 1);
    }
  }

  private void shift(Value[] results, int sign) {
    for (int i = from; i < to; i++) {
      int row = sorted[i];
      long distance =
          arguments.length > 1 && arguments[1][row] instanceof Value.Int(long n) ? n : 1;
      long target = i + sign * distance;
      Value otherwise = arguments.length > 2 ? arguments[2][row] : Value.NULL;
      results[row] = target >= from && target < to ? arguments[0][sorted[(int) target]] : otherwise;
    }
  }

  private void framed(Value[] results) {
    for (int i = from; i < to; i++) {
      int start = Math.max(from, start(i));
      int end = Math.min(to, end(i));
      results[sorted[i]] = overFrame(start, end);
    }
  }

  private Value overFrame(int start, int end) {
    switch (call.function()) {
      case "first_value" -> {
        return start < end ? arguments[0][sorted[start]] : Value.NULL;
      }
      case "last_value" -> {
        return start < end ? arguments[0][sorted[end - 1]] : Value.NULL;
      }
      default -> {
        AggregateFunction function = Aggregates.find(call.function());
        if (function == null) {
          throw Errors.unsupported(null, "the window function '" + call.function() + "'");
        }
        Accumulator accumulator = function.accumulator().get();
        for (int i = start; i < end; i++) {
          Value[] args = new Value[arguments.length];
          for (int a = 0; a < args.length; a++) {
            args[a] = arguments[a][sorted[i]];
          }
          accumulator.add(args);
        }
        return accumulator.result();
      }
    }
  }

  private int start(int place) {
    Bound bound = call.frame().start();
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> from;
      case CURRENT_ROW -> call.frame().rows() ? place : firstPeer(place);
      case PRECEDING -> offset(place, -bound.offset());
      case FOLLOWING -> offset(place, bound.offset());
      case UNBOUNDED_FOLLOWING -> to;
    };
  }

  private int end(int place) {
    Bound bound = call.frame().end();
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> from;
      case CURRENT_ROW -> call.frame().rows() ? place + 1 : afterLastPeer(place);
      case PRECEDING -> offset(place, -bound.offset()) + 1;
      case FOLLOWING -> offset(place, bound.offset()) + 1;
      case UNBOUNDED_FOLLOWING -> to;
    };
  }

  private int offset(int place, long distance) {
    if (!call.frame().rows()) {
      throw Errors.unsupported(null, "RANGE with an offset in a window frame");
    }
    return (int) Math.max(from - 1L, Math.min(to, place + distance));
  }
}
