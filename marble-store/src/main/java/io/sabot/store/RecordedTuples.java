package io.sabot.store;

import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleReader;
import java.util.List;

/// A tuple set of which every read is noted.
record RecordedTuples(TupleReader tuples, long space, ReadSet reads) implements TupleReader {
  @Override
  public int arity() {
    return tuples.arity();
  }

  @Override
  public TupleCursor scan(long... prefix) {
    reads.prefix(space, arity(), prefix, prefix.length);
    return tuples.scan(prefix);
  }

  @Override
  public List<TupleCursor> scanParts(int parts, long... prefix) {
    reads.prefix(space, arity(), prefix, prefix.length);
    return tuples.scanParts(parts, prefix);
  }

  @Override
  public TupleCursor scanRange(long[] prefix, long from, long to) {
    reads.range(space, arity(), prefix, from, to);
    return tuples.scanRange(prefix, from, to);
  }

  @Override
  public TupleCursor scanBetween(long[] low, long[] high) {
    reads.between(space, low, high);
    return tuples.scanBetween(low, high);
  }

  @Override
  public long countBetween(long[] low, long[] high) {
    reads.between(space, low, high);
    return tuples.countBetween(low, high);
  }

  @Override
  public long count(long... prefix) {
    reads.prefix(space, arity(), prefix, prefix.length);
    return tuples.count(prefix);
  }

  @Override
  public long size() {
    reads.whole(space);
    return tuples.size();
  }

  @Override
  public boolean contains(long... tuple) {
    reads.prefix(space, arity(), tuple, tuple.length);
    return tuples.contains(tuple);
  }
}
