package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.Kv;
import io.sabot.store.segment.Bits;
import io.sabot.store.segment.SegmentDescriptor;
import io.sabot.store.tuple.BlockDirectory;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads tables and tuple sets back when a store opens. {@link Commit} has the keys.
record Manifest(Map<Integer, TableState> tables, Map<Long, TupleSet> spaces) {

  static Manifest load(Kv kv, CatalogData catalog) {
    return new Manifest(tables(kv, catalog), spaces(kv));
  }

  private static final class Deleted {
    final List<Integer> rows = new ArrayList<>();
    int lists;
  }

  private static Map<Integer, TableState> tables(Kv kv, CatalogData catalog) {
    Map<Long, Deleted> deleted = new HashMap<>();
    kv.scan(
        Family.MANIFEST,
        Key.of('d').bytes(),
        (key, value) -> {
          long segment = ByteBuffer.wrap(key).getLong(1);
          Deleted target = deleted.computeIfAbsent(segment, id -> new Deleted());
          ByteReader in = ByteReader.checked(value, "a delete list of segment " + segment);
          for (long left = in.unsigned(); left > 0; left--) {
            target.rows.add(in.intValue());
          }
          target.lists++;
          return true;
        });
    Map<Integer, List<SegmentState>> segments = new TreeMap<>();
    kv.scan(
        Family.MANIFEST,
        Key.of('s').bytes(),
        (key, value) -> {
          ByteBuffer buffer = ByteBuffer.wrap(key);
          long id = buffer.getLong(5);
          SegmentState state = SegmentState.stored(SegmentDescriptor.decode(id, value));
          segments
              .computeIfAbsent(buffer.getInt(1), t -> new ArrayList<>())
              .add(withDeleted(state, deleted.get(id)));
          return true;
        });
    Map<Integer, TableState> tables = new HashMap<>();
    segments.forEach((id, list) -> tables.put(id, new TableState(id, kinds(catalog, id), list)));
    for (TableDef table : catalog.tables().values()) {
      tables.computeIfAbsent(
          table.id(), id -> TableState.empty(id, StoreTransaction.kindsOf(table)));
    }
    return tables;
  }

  static TableState.ColumnKinds kinds(CatalogData catalog, int tableId) {
    TableDef table = catalog.tables().get(tableId);
    return table == null ? TableState.ColumnKinds.TERMS : StoreTransaction.kindsOf(table);
  }

  private static SegmentState withDeleted(SegmentState segment, @Nullable Deleted deleted) {
    if (deleted == null) {
      return segment;
    }
    long[] bits = new long[Bits.words(segment.rows())];
    for (int row : deleted.rows) {
      bits[row >>> 6] |= 1L << row;
    }
    int count = Arrays.stream(bits).mapToInt(Long::bitCount).sum();
    return segment.withDeleted(bits, count, deleted.lists);
  }

  private static Map<Long, TupleSet> spaces(Kv kv) {
    Map<Long, List<BlockDirectory.Entry>> blocks = new HashMap<>();
    kv.scan(
        Family.MANIFEST,
        Key.of('b').bytes(),
        (key, value) -> {
          ByteBuffer buffer = ByteBuffer.wrap(key);
          blocks
              .computeIfAbsent(buffer.getLong(1), s -> new ArrayList<>())
              .add(entry(buffer.getLong(9), value));
          return true;
        });
    Map<Long, TupleSet> spaces = new HashMap<>();
    blocks.forEach((space, entries) -> spaces.put(space, set(entries)));
    kv.scan(
        Family.MANIFEST,
        Key.of('r').bytes(),
        (key, value) -> {
          long space = ByteBuffer.wrap(key).getLong(1);
          TupleRun run = TupleRun.decode(value);
          spaces.merge(
              space, TupleSet.empty(run.arity()).with(run), (known, fresh) -> known.with(run));
          return true;
        });
    return spaces;
  }

  private static BlockDirectory.Entry entry(long id, byte[] value) {
    ByteReader in = ByteReader.checked(value, "the directory entry of block " + id);
    int bytes = in.intValue();
    int count = in.intValue();
    List<Long> first = new ArrayList<>();
    while (!in.atEnd()) {
      first.add(in.i64());
    }
    return new BlockDirectory.Entry(
        id, bytes, count, first.stream().mapToLong(Long::longValue).toArray());
  }

  private static TupleSet set(List<BlockDirectory.Entry> entries) {
    entries.sort(Comparator.comparing(BlockDirectory.Entry::first, (a, b) -> Arrays.compare(a, b)));
    int arity = entries.getFirst().first().length;
    BlockDirectory.Builder builder = new BlockDirectory.Builder(arity);
    entries.forEach(builder::add);
    return TupleSet.of(arity, builder.build());
  }
}
