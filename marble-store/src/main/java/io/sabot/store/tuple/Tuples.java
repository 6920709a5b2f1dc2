package io.sabot.store.tuple;

import java.util.Arrays;

/// Order and sorting of tuples that lie one after the other in a flat array.
public final class Tuples {
  private static final int SMALL = 512;

  /// Rows in a group of equal first components, on average, that make it worth sorting groups.
  private static final int GROUP_MIN = 4;

  private static final int INSERTED_MAX = 24;

  private Tuples() {}

  /// Compares `arity` components, signed, first component first.
  static int compare(long[] left, int leftAt, long[] right, int rightAt, int arity) {
    for (int c = 0; c < arity; c++) {
      int order = Long.compare(left[leftAt + c], right[rightAt + c]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /// Index of the first of `count` tuples that is not before `key`; with `after`, the first beyond
  /// it.
  static int bound(long[] rows, int from, int count, int arity, long[] key, boolean after) {
    int low = from;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = compare(rows, middle * arity, key, 0, arity);
      if (order < 0 || (after && order == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Sorts `count` rows of `stride` words by their first `arity` words; stable. Returns the sorted
  /// array, which may be `rows` or a new one.
  public static long[] sort(long[] rows, int count, int stride, int arity) {
    if (count <= SMALL) {
      return mergeSort(rows, count, stride, arity);
    }
    int groups = arity < 2 ? count : groups(rows, count, stride);
    return (long) groups * GROUP_MIN <= count
        ? sortGroups(rows, count, stride, arity, groups)
        : radixSort(rows, count, stride, arity);
  }

  /// How often the first component changes, counted up to where it no longer matters.
  private static int groups(long[] rows, int count, int stride) {
    int groups = 1;
    int most = count / GROUP_MIN;
    for (int i = 1; i < count && groups <= most; i++) {
      groups += rows[i * stride] == rows[(i - 1) * stride] ? 0 : 1;
    }
    return groups;
  }

  /// Triples of a file mostly come subject by subject: sorts the subjects, then each by itself.
  private static long[] sortGroups(long[] rows, int count, int stride, int arity, int groups) {
    long[] heads = new long[2 * groups];
    int group = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || rows[i * stride] != rows[(i - 1) * stride]) {
        heads[2 * group] = rows[i * stride];
        heads[2 * group++ + 1] = i;
      }
    }
    heads = groups <= SMALL ? mergeSort(heads, groups, 2, 1) : radixSort(heads, groups, 2, 1);
    long[] out = new long[count * stride];
    int size = 0;
    int first = 0;
    for (int g = 0; g < groups; g++) {
      int from = (int) heads[2 * g + 1];
      int to = from + 1;
      while (to < count && rows[to * stride] == rows[from * stride]) {
        to++;
      }
      System.arraycopy(rows, from * stride, out, size * stride, (to - from) * stride);
      size += to - from;
      if (g + 1 == groups || heads[2 * g + 2] != heads[2 * g]) {
        sortPart(out, first, size, stride, arity);
        first = size;
      }
    }
    return out;
  }

  private static void sortPart(long[] rows, int from, int to, int stride, int arity) {
    if (to - from > INSERTED_MAX) {
      long[] part = Arrays.copyOfRange(rows, from * stride, to * stride);
      part =
          to - from <= SMALL
              ? mergeSort(part, to - from, stride, arity)
              : radixSort(part, to - from, stride, arity);
      System.arraycopy(part, 0, rows, from * stride, (to - from) * stride);
      return;
    }
    long[] row = new long[stride];
    for (int i = from + 1; i < to; i++) {
      int target = i;
      while (target > from && compare(rows, (target - 1) * stride, rows, i * stride, arity) > 0) {
        target--;
      }
      if (target < i) {
        System.arraycopy(rows, i * stride, row, 0, stride);
        System.arraycopy(rows, target * stride, rows, (target + 1) * stride, (i - target) * stride);
        System.arraycopy(row, 0, rows, target * stride, stride);
      }
    }
  }

  static boolean isSorted(long[] rows, int from, int count, int stride, int arity) {
    for (int i = from + 1; i < count; i++) {
      if (compare(rows, (i - 1) * stride, rows, i * stride, arity) > 0) {
        return false;
      }
    }
    return true;
  }

  private static long[] mergeSort(long[] rows, int count, int stride, int arity) {
    long[] from = rows;
    long[] to = new long[count * stride];
    for (int width = 1; width < count; width *= 2) {
      for (int start = 0; start < count; start += 2 * width) {
        int middle = Math.min(start + width, count);
        merge(from, to, start, middle, Math.min(start + 2 * width, count), stride, arity);
      }
      long[] swapped = from;
      from = to;
      to = swapped;
    }
    return from;
  }

  private static void merge(
      long[] from, long[] to, int start, int middle, int end, int stride, int arity) {
    int left = start;
    int right = middle;
    for (int out = start; out < end; out++) {
      boolean takeLeft =
          left < middle
              && (right >= end || compare(from, left * stride, from, right * stride, arity) <= 0);
      int source = takeLeft ? left++ : right++;
      System.arraycopy(from, source * stride, to, out * stride, stride);
    }
  }

  /// Least significant digit first, 8 bits a pass, over the bytes that vary at all.
  private static long[] radixSort(long[] rows, int count, int stride, int arity) {
    long[] from = rows;
    long[] to = new long[count * stride];
    for (int component = arity - 1; component >= 0; component--) {
      long varying = 0;
      for (int i = 1; i < count; i++) {
        varying |= rows[i * stride + component] ^ rows[component];
      }
      for (int shift = 0; shift < 64; shift += 8) {
        if ((varying >>> shift & 0xFF) != 0) {
          radixPass(from, to, count, stride, component, shift);
          long[] swapped = from;
          from = to;
          to = swapped;
        }
      }
    }
    return from;
  }

  private static void radixPass(
      long[] from, long[] to, int count, int stride, int component, int shift) {
    // The sign bit is flipped so that negative numbers come first.
    long flip = shift == 56 ? 0x80 : 0;
    int[] starts = new int[257];
    for (int i = 0; i < count; i++) {
      starts[(int) (from[i * stride + component] >>> shift & 0xFF ^ flip) + 1]++;
    }
    for (int i = 0; i < 256; i++) {
      starts[i + 1] += starts[i];
    }
    for (int i = 0; i < count; i++) {
      int source = i * stride;
      int target = starts[(int) (from[source + component] >>> shift & 0xFF ^ flip)]++ * stride;
      for (int w = 0; w < stride; w++) {
        to[target + w] = from[source + w];
      }
    }
  }
}
