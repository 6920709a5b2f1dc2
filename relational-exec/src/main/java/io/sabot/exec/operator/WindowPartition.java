package io.sabot.exec.operator;

import io.sabot.exec.run.QueryRun;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.value.Value;
import java.util.Arrays;

/// One window call over one partition: rows `sorted[from .. to-1]`.
final class WindowPartition {
  /// How often a partition asks whether its query is to stop.
  private static final int CHECK_MASK = 15;

  private static final Value NEXT = Value.of(1L);

  private final WindowCall call;
  private final int[] sorted;
  private final int from;
  private final int to;
  private final WindowFrame frame;
  private final Value[][] arguments;
  private final QueryRun run;

  /// The places that count, and for each place of the partition and the one after it how many of
  /// them come before; empty where all places count.
  private int[] counted = {};

  private int[] countedBefore = {};

  WindowPartition(
      WindowCall call,
      int[] sorted,
      int from,
      int to,
      WindowFrame frame,
      Value[][] arguments,
      QueryRun run) {
    this.call = call;
    this.sorted = sorted;
    this.from = from;
    this.to = to;
    this.frame = frame;
    this.arguments = arguments;
    this.run = run;
    if (call.ignoresNulls()) {
      findCounted();
    }
  }

  private void findCounted() {
    counted = new int[to - from];
    countedBefore = new int[to - from + 1];
    int count = 0;
    for (int i = from; i < to; i++) {
      countedBefore[i - from] = count;
      if (!arguments[0][sorted[i]].isNull()) {
        counted[count++] = i;
      }
    }
    countedBefore[to - from] = count;
  }

  /// How many places that count come before a place.
  private int before(int place) {
    return call.ignoresNulls() ? countedBefore[place - from] : place - from;
  }

  /// The argument at the place that as many places that count come before.
  private Value counted(long number) {
    int place = call.ignoresNulls() ? counted[(int) number] : from + (int) number;
    return arguments[0][sorted[place]];
  }

  /// Writes `results[row]` for each row of the partition.
  void compute(Value[] results) {
    switch (call.function()) {
      case "row_number" -> fill(results, i -> i - from + 1);
      case "rank" -> fill(results, i -> frame.firstPeer(i) - from + 1);
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

  private void denseRank(Value[] results) {
    long rank = 0;
    for (int i = from; i < to; i++) {
      rank += frame.firstPeer(i) == i ? 1 : 0;
      results[sorted[i]] = Value.of(rank);
    }
  }

  private void percentRank(Value[] results) {
    for (int i = from; i < to; i++) {
      double rank = to - from == 1 ? 0 : (double) (frame.firstPeer(i) - from) / (to - from - 1);
      results[sorted[i]] = Value.of(rank);
    }
  }

  private void cumeDist(Value[] results) {
    for (int i = from; i < to; i++) {
      results[sorted[i]] = Value.of((double) (frame.afterLastPeer(i) - from) / (to - from));
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
      Value distance = arguments.length > 1 ? arguments[1][row] : NEXT;
      Value otherwise = arguments.length > 2 ? arguments[2][row] : Value.NULL;
      results[row] =
          distance instanceof Value.Int(long n) ? away(i, sign * n, otherwise) : Value.NULL;
    }
  }

  private Value away(int place, long distance, Value otherwise) {
    if (distance == 0) {
      return arguments[0][sorted[place]];
    }
    long target = distance < 0 ? before(place) + distance : before(place + 1) + distance - 1;
    return target >= 0 && target < before(to) ? counted(target) : otherwise;
  }

  private void framed(Value[] results) {
    AggregateFunction function = Aggregates.find(call.function());
    Running running = function == null ? null : new Running(function);
    for (int i = from; i < to; i++) {
      if ((i & CHECK_MASK) == 0) {
        run.check();
      }
      frame.moveTo(i);
      results[sorted[i]] =
          switch (call.function()) {
            case "first_value" -> seen(0);
            case "last_value" -> seen(rowsSeen() - 1);
            case "nth_value" -> nth(sorted[i]);
            default -> {
              if (running == null) {
                throw Errors.unsupported(null, "the window function '" + call.function() + "'");
              }
              yield running.result();
            }
          };
    }
  }

  private Value nth(int row) {
    if (!(arguments[1][row] instanceof Value.Int(long number))) {
      return Value.NULL;
    }
    if (number < 1) {
      throw Errors.invalidArgument("NTH_VALUE counts rows from 1, and found " + number);
    }
    return seen(number - 1);
  }

  private long rowsSeen() {
    long count = 0;
    for (int p = 0; p < frame.parts.length; p += 2) {
      count += before(frame.parts[p + 1]) - before(frame.parts[p]);
    }
    return count;
  }

  /// The argument in a row of the frame, null where it has not as many.
  private Value seen(long number) {
    long left = number;
    for (int p = 0; p < frame.parts.length && left >= 0; p += 2) {
      int first = before(frame.parts[p]);
      int size = before(frame.parts[p + 1]) - first;
      if (left < size) {
        return counted(first + left);
      }
      left -= size;
    }
    return Value.NULL;
  }

  /// An aggregate over a frame that goes on where the last one ended, if it starts where that did:
  /// a running total is linear in the rows.
  private final class Running {
    private final AggregateFunction function;
    private final int[] done = new int[frame.parts.length];
    private Accumulator accumulator;
    private Value result;

    Running(AggregateFunction function) {
      this.function = function;
      this.accumulator = function.accumulator().get();
      this.result = accumulator.result();
    }

    Value result() {
      int[] parts = frame.parts;
      if (Arrays.equals(parts, done)) {
        return result;
      }
      boolean goesOn =
          parts[0] == done[0] && parts[1] >= done[1] && done[2] == done[3] && done[4] == done[5];
      if (!goesOn) {
        accumulator = function.accumulator().get();
      }
      add(goesOn ? done[1] : parts[0], parts[1]);
      add(parts[2], parts[3]);
      add(parts[4], parts[5]);
      System.arraycopy(parts, 0, done, 0, parts.length);
      result = accumulator.result();
      return result;
    }

    private void add(int start, int end) {
      for (int i = start; i < end; i++) {
        Value[] args = new Value[arguments.length];
        for (int a = 0; a < args.length; a++) {
          args[a] = arguments[a][sorted[i]];
        }
        accumulator.add(args);
      }
    }
  }
}
