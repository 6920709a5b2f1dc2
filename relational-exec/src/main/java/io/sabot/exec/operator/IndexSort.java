package io.sabot.exec.operator;

/// A stable merge sort of row numbers.
final class IndexSort {
  private static final int RUN = 16;

  private IndexSort() {}

  /// Compares two row numbers.
  @FunctionalInterface
  interface Comparison {
    int compare(int a, int b);
  }

  static void sort(int[] indexes, Comparison comparison) {
    int length = indexes.length;
    for (int from = 0; from < length; from += RUN) {
      insertion(indexes, from, Math.min(from + RUN, length), comparison);
    }
    int[] source = indexes;
    int[] target = new int[length];
    for (int width = RUN; width < length; width *= 2) {
      for (int from = 0; from < length; from += 2 * width) {
        int middle = Math.min(from + width, length);
        merge(source, target, from, middle, Math.min(middle + width, length), comparison);
      }
      int[] swap = source;
      source = target;
      target = swap;
    }
    if (source != indexes) {
      System.arraycopy(source, 0, indexes, 0, length);
    }
  }

  private static void insertion(int[] indexes, int from, int to, Comparison comparison) {
    for (int i = from + 1; i < to; i++) {
      int index = indexes[i];
      int at = i;
      while (at > from && comparison.compare(indexes[at - 1], index) > 0) {
        indexes[at] = indexes[at - 1];
        at--;
      }
      indexes[at] = index;
    }
  }

  private static void merge(
      int[] source, int[] target, int from, int middle, int to, Comparison comparison) {
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takeLeft =
          left < middle && (right >= to || comparison.compare(source[left], source[right]) <= 0);
      target[at] = takeLeft ? source[left++] : source[right++];
    }
  }
}
