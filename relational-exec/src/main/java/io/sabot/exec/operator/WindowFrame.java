package io.sabot.exec.operator;

import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ArithmeticFunctions.Op;
import io.sabot.plan.function.EvalContext;
import io.sabot.plan.function.SqlFunctions;
import io.sabot.plan.logical.WindowCall.Bound;
import io.sabot.plan.logical.WindowCall.Exclusion;
import io.sabot.plan.logical.WindowCall.Frame;
import io.sabot.plan.logical.WindowCall.Unit;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.Value;

/// Which rows of a partition a window function sees from each of them.
///
/// Places are indexes into `sorted`; a partition is those from `from` to `to - 1`.
final class WindowFrame {
  private final Frame frame;
  private final int[] sorted;
  private final int from;
  private final int to;
  private final RowOrder order;
  private final OrderKey key;
  private final EvalContext context;

  /// By place in the partition; empty until asked for.
  private int[] firstPeers = {};

  private int[] afterPeers = {};
  private int[] groupOf = {};

  /// Where groups of peers start, by their number.
  private int[] groupStarts = {};

  private int groups;

  /// The rows seen, as places `parts[0] .. parts[1] - 1`, `parts[2] .. parts[3] - 1` and so on.
  final int[] parts = new int[6];

  /// The only order key, for frames whose bounds are a distance from its value.
  ///
  /// @param values by row; empty where no bound is a distance
  record OrderKey(Value[] values, boolean descending) {}

  WindowFrame(
      Frame frame,
      int[] sorted,
      int from,
      int to,
      RowOrder order,
      OrderKey key,
      EvalContext context) {
    this.frame = frame;
    this.sorted = sorted;
    this.from = from;
    this.to = to;
    this.order = order;
    this.key = key;
    this.context = context;
  }

  /// Whether a bound is a distance from the value of the order key.
  static boolean isDistance(Frame frame) {
    return frame.unit() == Unit.RANGE && (frame.start().isDistance() || frame.end().isDistance());
  }

  int firstPeer(int place) {
    findPeers();
    return firstPeers[place - from];
  }

  int afterLastPeer(int place) {
    findPeers();
    return afterPeers[place - from];
  }

  private void findPeers() {
    if (firstPeers.length > 0) {
      return;
    }
    firstPeers = new int[to - from];
    afterPeers = new int[to - from];
    boolean isCounted = frame.unit() == Unit.GROUPS;
    groupOf = isCounted ? new int[to - from] : groupOf;
    groupStarts = isCounted ? new int[to - from] : groupStarts;
    int first = from;
    while (first < to) {
      int after = first + 1;
      while (after < to && order.compare(sorted[after], sorted[first]) == 0) {
        after++;
      }
      for (int i = first; i < after; i++) {
        firstPeers[i - from] = first;
        afterPeers[i - from] = after;
        if (isCounted) {
          groupOf[i - from] = groups;
        }
      }
      if (isCounted) {
        groupStarts[groups] = first;
      }
      groups++;
      first = after;
    }
  }

  /// Sets {@link #parts} to what is seen from a place; the first part starts where the frame does.
  void moveTo(int place) {
    int start = Math.max(from, start(place));
    int end = Math.max(start, Math.min(to, end(place)));
    Exclusion excluded = frame.excluded();
    int goneFrom = end;
    int goneTo = end;
    if (excluded == Exclusion.CURRENT_ROW) {
      goneFrom = place;
      goneTo = place + 1;
    } else if (excluded != Exclusion.NO_OTHERS) {
      goneFrom = firstPeer(place);
      goneTo = afterLastPeer(place);
    }
    boolean stays = excluded == Exclusion.TIES && place >= start && place < end;
    part(0, start, Math.min(end, goneFrom));
    part(1, place, stays ? place + 1 : place);
    part(2, Math.max(start, goneTo), end);
  }

  private void part(int number, int start, int end) {
    parts[2 * number] = start;
    parts[2 * number + 1] = Math.max(start, end);
  }

  private int start(int place) {
    Bound bound = frame.start();
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> from;
      case CURRENT_ROW -> frame.unit() == Unit.ROWS ? place : firstPeer(place);
      case PRECEDING -> firstAway(place, bound, -1);
      case FOLLOWING -> firstAway(place, bound, 1);
      case UNBOUNDED_FOLLOWING -> to;
    };
  }

  private int end(int place) {
    Bound bound = frame.end();
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> from;
      case CURRENT_ROW -> frame.unit() == Unit.ROWS ? place + 1 : afterLastPeer(place);
      case PRECEDING -> afterLastAway(place, bound, -1);
      case FOLLOWING -> afterLastAway(place, bound, 1);
      case UNBOUNDED_FOLLOWING -> to;
    };
  }

  private int firstAway(int place, Bound bound, int sign) {
    return switch (frame.unit()) {
      case ROWS -> rowsAway(place, bound, sign);
      case RANGE -> firstWithin(place, bound, sign);
      case GROUPS -> groupStart(place, bound, sign, 0);
    };
  }

  private int afterLastAway(int place, Bound bound, int sign) {
    return switch (frame.unit()) {
      case ROWS -> rowsAway(place, bound, sign) + 1;
      case RANGE -> afterLastWithin(place, bound, sign);
      case GROUPS -> groupStart(place, bound, sign, 1);
    };
  }

  /// Where the group starts that is as far from the row's own as the bound says, or the one after
  /// it.
  private int groupStart(int place, Bound bound, int sign, int after) {
    findPeers();
    long group = groupOf[place - from] + sign * distance(bound) + after;
    return group < 0 ? from : group >= groups ? to : groupStarts[(int) group];
  }

  private int rowsAway(int place, Bound bound, int sign) {
    return (int) Math.max(from - 1L, Math.min(to, place + sign * distance(bound)));
  }

  /// Not beyond any partition, and far from an overflow.
  private static long distance(Bound bound) {
    return Math.min(((Value.Int) bound.offset()).value(), Integer.MAX_VALUE);
  }

  /// The first place whose key is not before the row's own, moved by the bound. Rows whose key is
  /// null see each other.
  private int firstWithin(int place, Bound bound, int sign) {
    return key.values[sorted[place]].isNull() ? firstPeer(place) : search(place, bound, sign, 0);
  }

  private int afterLastWithin(int place, Bound bound, int sign) {
    return key.values[sorted[place]].isNull()
        ? afterLastPeer(place)
        : search(place, bound, sign, 1);
  }

  /// The first place of those with a key that is after the edge, or at the edge and `atEdge` is 0.
  private int search(int place, Bound bound, int sign, int atEdge) {
    Value edge = moved(key.values[sorted[place]], bound.offset(), key.descending ? -sign : sign);
    int low = from;
    int high = to;
    while (low < high && key.values[sorted[low]].isNull()) {
      low = afterLastPeer(low);
    }
    while (low < high && key.values[sorted[high - 1]].isNull()) {
      high = firstPeer(high - 1);
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      int compared = Ordering.sql(key.values[sorted[middle]], edge);
      if ((key.descending ? -compared : compared) < atEdge) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Value moved(Value from, Value distance, int sign) {
    if (distance instanceof Value.Duration) {
      var shift = sign < 0 ? SqlFunctions.MINUS_INTERVAL : SqlFunctions.PLUS_INTERVAL;
      return shift.scalar().apply(new Value[] {from, distance}, context);
    }
    // Decimals, so that an edge may lie beyond the largest integer.
    Value start = from instanceof Value.Int ? new Value.Dec(Numbers.toDecimal(from)) : from;
    return ArithmeticFunctions.apply(sign < 0 ? Op.SUB : Op.ADD, start, distance);
  }
}
