package io.sabot.store;

import io.sabot.plan.value.Value;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the entries of a key or an index in one state.
final class StateIndexReader implements IndexReader {
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
