package io.sabot.store;

import io.sabot.plan.value.Value;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the entries of a key or an index in one state.
final class StateIndexReader implements IndexReader {
  /// More entries than this are extrapolated.
  private static final long COUNTED_MAX = 200_000;

  private static final int COUNTED_BATCH = 4096;

  private final TupleReader tuples;
  private final EntryCodec codec;

  /// @param reads where to note what is read; null for nowhere
  StateIndexReader(State state, long space, EntryCodec codec, @Nullable ReadSet reads) {
    this.codec = codec;
    TupleReader all = state.reader(space, codec.arity());
    this.tuples = reads == null ? all : new RecordedTuples(all, space, reads);
  }

  @Override
  public @Nullable Span span(List<Value> equal, @Nullable Value low, @Nullable Value high) {
    return codec.span(equal, low, high);
  }

  @Override
  public long count(Span span) {
    return tuples.countBetween(span.low(), span.high());
  }

  @Override
  public long size() {
    return tuples.size();
  }

  /// How many different combinations of values the first columns have, counted over the first
  /// entries and extrapolated.
  double distinct(int columns) {
    int words = 0;
    for (int i = 0; i < columns; i++) {
      words += codec.words(i);
    }
    int counted = words == 0 ? codec.arity() - 1 : words;
    TupleCursor cursor = tuples.scan();
    long[][] batch = new long[codec.arity()][];
    for (int c = 0; c < counted; c++) {
      batch[c] = new long[COUNTED_BATCH];
    }
    long[] previous = new long[counted];
    long distinct = 0;
    long seen = 0;
    for (int count; seen < COUNTED_MAX && (count = cursor.next(batch, COUNTED_BATCH)) > 0; ) {
      for (int i = 0; i < count; i++) {
        boolean isSame = seen > 0;
        for (int c = 0; c < counted; c++) {
          isSame &= previous[c] == batch[c][i];
          previous[c] = batch[c][i];
        }
        distinct += isSame ? 0 : 1;
        seen++;
      }
    }
    return seen == 0 ? 0 : Math.max(1.0, (double) distinct / seen * size());
  }

  @Override
  public Cursor scan(Span span) {
    TupleCursor cursor = tuples.scanBetween(span.low(), span.high());
    int last = codec.arity() - 1;
    long[][] columns = new long[last + 1][];
    return (found, max) -> {
      columns[last] = found;
      return cursor.next(columns, max);
    };
  }
}
