package io.sabot.store;

import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.Probe;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks rows up by key in one state.
final class StateKeyIndex implements KeyIndex {
  private static final int CANDIDATES_MAX = 64;

  private final State state;
  private final StateTableReader table;
  private final KeyCodec codec;
  private final TupleSet set;
  private final long space;
  private final @Nullable ReadSet reads;

  StateKeyIndex(
      State state, StateTableReader table, int keyNumber, KeyCodec codec, @Nullable ReadSet reads) {
    this.state = state;
    this.table = table;
    this.codec = codec;
    this.reads = reads;
    this.space = Spaces.key(table.tableId(), keyNumber);
    this.set = state.set(space, codec.arity());
  }

  private void note(long[] prefix) {
    if (reads != null) {
      reads.prefix(space, codec.arity(), prefix, prefix.length);
    }
  }

  @Override
  public List<Integer> columnIds() {
    return codec.columnIds();
  }

  @Override
  public boolean isOrdered() {
    return codec.isOrdered();
  }

  @Override
  public void lookup(ColumnData[] keys, int count, long[] addresses) {
    ColumnChunk[] chunks = new ColumnChunk[keys.length];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].kind() != codec.kind(i)) {
        throw new IllegalArgumentException(
            "key column " + i + ": found " + keys[i].kind() + ", expected " + codec.kind(i));
      }
      ColumnBuilder builder = new ColumnBuilder(keys[i].kind());
      builder.append(keys[i], 0, count);
      chunks[i] = builder.chunk();
    }
    Probe probe = new Probe(set, state.blobs());
    long[] prefix = new long[codec.length()];
    for (int row = 0; row < count; row++) {
      addresses[row] =
          codec.components(chunks, row, prefix) ? find(probe, prefix, chunks, row) : -1;
    }
  }

  private long find(Probe probe, long[] prefix, ColumnChunk[] keys, int row) {
    note(prefix);
    long[] found = probe.first(prefix, prefix.length);
    if (found == null) {
      return -1;
    }
    long address = found[prefix.length];
    if (codec.isOrdered() || hasKey(address, keys, row)) {
      return address;
    }
    return findAmongSameHash(prefix, keys, row);
  }

  private long findAmongSameHash(long[] prefix, ColumnChunk[] keys, int row) {
    TupleCursor cursor = set.reader(state.blobs()).scan(prefix);
    long[][] columns = {null, new long[CANDIDATES_MAX]};
    int count = cursor.next(columns, CANDIDATES_MAX);
    for (int i = 0; i < count; i++) {
      if (hasKey(columns[1][i], keys, row)) {
        return columns[1][i];
      }
    }
    return -1;
  }

  private boolean hasKey(long address, ColumnChunk[] keys, int row) {
    return codec.sameKey(chunksOf(address), Segment.row(address), keys, row);
  }

  ColumnChunk[] chunksOf(long address) {
    ColumnChunk[] chunks = new ColumnChunk[codec.columnIds().size()];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = table.chunk(Segment.segmentId(address), codec.columnIds().get(i));
    }
    return chunks;
  }

  @Override
  public long lookup(long... key) {
    if (key.length != codec.columnIds().size()) {
      throw new IllegalArgumentException("a key of " + key.length + " columns");
    }
    for (int i = 0; i < key.length; i++) {
      if (codec.kind(i) != ColumnKind.LONG) {
        throw new IllegalArgumentException("key column " + i + " is " + codec.kind(i));
      }
    }
    if (codec.isOrdered()) {
      note(key);
      long[] found = new Probe(set, state.blobs()).first(key, key.length);
      return found == null ? -1 : found[key.length];
    }
    ColumnData[] columns = new ColumnData[key.length];
    for (int i = 0; i < key.length; i++) {
      columns[i] = ColumnData.longs(new long[] {key[i]}, 1);
    }
    long[] address = new long[1];
    lookup(columns, 1, address);
    return address[0];
  }

  @Override
  public TupleCursor range(long from, long to) {
    if (!codec.isOrdered()) {
      throw new UnsupportedOperationException("a range of a hashed key");
    }
    if (reads != null) {
      reads.range(space, codec.arity(), new long[0], from, to);
    }
    return set.reader(state.blobs()).scanRange(new long[0], from, to);
  }
}
