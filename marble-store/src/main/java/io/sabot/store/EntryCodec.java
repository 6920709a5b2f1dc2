package io.sabot.store;

import io.sabot.plan.value.Value;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How values become the leading components of the entries of a key or an index.
sealed interface EntryCodec permits KeyCodec, IndexCodec, PropertyCodec {
  /// How many columns or properties.
  int width();

  /// Components of an entry, the row address or element at the end included.
  int arity();

  /// Components of the column at `position`; 0 when they are hashed all together.
  int words(int position);

  /// How many of them an order can use.
  int orderedWords(int position);

  /// Writes words beyond which no value lies that is equal to or, with FLOOR, above, with CEILING,
  /// below `value`. False when `value` says nothing about where such values are.
  boolean bound(int position, Value value, RoundingMode mode, long[] out, int at);

  /// As the last words of all that compares with `value` at all; nothing when that is all there is.
  default void last(Value value, long[] out, int at) {}

  /// Writes the components of a whole key when they are hashed together. False otherwise, and when
  /// `key` cannot be hashed.
  boolean point(List<Value> key, long[] out);

  /// The entries among which all are whose leading columns equal `equal` and whose next column is
  /// in a range; more than those may be among them.
  ///
  /// @param low the lower end of the range, which may itself be in it; null for none
  /// @return null when there can be no such entry
  default IndexReader.@Nullable Span span(
      List<Value> equal, @Nullable Value low, @Nullable Value high) {
    boolean isNull =
        equal.stream().anyMatch(Value::isNull)
            || low != null && low.isNull()
            || high != null && high.isNull();
    if (isNull) {
      return null;
    }
    long[] from = new long[arity()];
    long[] to = new long[arity()];
    Arrays.fill(from, Long.MIN_VALUE);
    Arrays.fill(to, Long.MAX_VALUE);
    if (equal.size() == width() && point(equal, from)) {
      point(equal, to);
      return new IndexReader.Span(from, to);
    }
    int at = 0;
    for (int i = 0; i < equal.size(); i++) {
      int words = words(i);
      if (!limit(i, equal.get(i), words, RoundingMode.FLOOR, from, at)
          || !limit(i, equal.get(i), words, RoundingMode.CEILING, to, at)) {
        return new IndexReader.Span(from, to);
      }
      if (!Arrays.equals(from, at, at + words, to, at, at + words)) {
        return new IndexReader.Span(from, to);
      }
      at += words;
    }
    if (equal.size() < width()) {
      range(equal.size(), low, high, from, to, at);
    }
    return new IndexReader.Span(from, to);
  }

  private void range(
      int position, @Nullable Value low, @Nullable Value high, long[] from, long[] to, int at) {
    int words = orderedWords(position);
    if (low != null && limit(position, low, words, RoundingMode.FLOOR, from, at) && high == null) {
      last(low, to, at);
    }
    if (high != null && limit(position, high, words, RoundingMode.CEILING, to, at) && low == null) {
      first(high, from, at);
    }
  }

  /// As {@link #last}, the first words.
  default void first(Value value, long[] out, int at) {}

  /// Writes the first `words` words of a bound; leaves `out` alone when there is none.
  private boolean limit(
      int position, Value value, int words, RoundingMode mode, long[] out, int at) {
    long[] bound = new long[Math.max(1, words(position))];
    if (words == 0 || !bound(position, value, mode, bound, 0)) {
      return false;
    }
    System.arraycopy(bound, 0, out, at, words);
    return true;
  }
}
