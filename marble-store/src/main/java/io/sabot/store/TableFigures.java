package io.sabot.store;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.Kv;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.HyperLogLog;
import io.sabot.store.segment.KeyHash;
import io.sabot.store.segment.Segment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// What ANALYZE counted in the live rows of a table.
///
/// Stored in META as `'t' table(4)` -> u8 version (1), rows, and a count of columns with, for each,
/// its id, i64 bits of the distinct values and of the share of nulls, and a count of bounds with
/// those as i64; CRC32C at the end. A bound is the stored word of a value; strings and wide
/// decimals have none.
///
/// @param rows how many there were
/// @param columns by column id
record TableFigures(long rows, Map<Integer, Figures> columns) {
  private static final int VERSION = 1;
  private static final int PARTS = 32;

  /// Of more rows than this only every so-many-th counts for the bounds.
  private static final int SAMPLED = 32 * 1024;

  /// @param bounds words of values between which about equally many rows lie, ascending
  record Figures(double distinct, double nullFraction, List<Long> bounds) {}

  static byte[] key(int tableId) {
    return Key.of('t').add32(tableId).bytes();
  }

  static TableFigures count(Root root, TableDef table) {
    TableState state = root.table(table.id());
    TreeMap<Integer, Figures> columns = new TreeMap<>();
    if (state == null) {
      return new TableFigures(0, columns);
    }
    StateTableReader rows = new StateTableReader(root, state);
    for (ColumnDef column : table.columns()) {
      columns.put(column.id(), new Counting(column, state.rowCount()).run(rows));
    }
    return new TableFigures(state.rowCount(), columns);
  }

  /// The count of one column.
  private static final class Counting {
    private final ColumnDef column;
    private final ColumnKind kind;
    private final HyperLogLog sketch = new HyperLogLog();
    private final long step;
    private final long[] sample = new long[2 * SAMPLED];
    private int sampled;
    private long seen;
    private long nulls;

    Counting(ColumnDef column, long rows) {
      this.column = column;
      this.kind = ColumnKind.of(column.type());
      this.step = Math.max(1, rows / SAMPLED);
    }

    Figures run(StateTableReader rows) {
      for (Segment segment : rows.segments()) {
        ColumnChunk chunk = segment.column(column.id());
        for (int row = 0; row < segment.rowCount(); row++) {
          if (segment.isLive(row)) {
            count(chunk, row);
          }
        }
      }
      double distinct = Math.clamp(sketch.estimate(), 1.0, Math.max(1.0, seen - nulls));
      return new Figures(distinct, seen == 0 ? 0 : (double) nulls / seen, bounds());
    }

    private void count(ColumnChunk chunk, int row) {
      seen++;
      if (chunk.isNull(row)) {
        nulls++;
        return;
      }
      sketch.addHash(KeyHash.of(chunk, row));
      if (seen % step == 0 && sampled < sample.length) {
        switch (kind) {
          case LONG -> sample[sampled++] = chunk.longAt(row);
          case DOUBLE -> sample[sampled++] = ColumnWords.sortable(chunk.doubleAt(row));
          case BOOL, STRING, WIDE -> {}
        }
      }
    }

    private List<Long> bounds() {
      List<Long> bounds = new ArrayList<>();
      if (sampled < PARTS) {
        return bounds;
      }
      Arrays.sort(sample, 0, sampled);
      for (int i = 0; i <= PARTS; i++) {
        long word = sample[(int) ((long) i * (sampled - 1) / PARTS)];
        bounds.add(kind == ColumnKind.DOUBLE ? bits(word) : word);
      }
      return bounds;
    }

    /// The bits of a double from its sortable word.
    private static long bits(long word) {
      return word ^ ((word >> 63) & Long.MAX_VALUE);
    }
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter().u8(VERSION).unsigned(rows).unsigned(columns.size());
    columns.forEach((id, figures) -> {
      out.signed(id)
          .i64(Double.doubleToLongBits(figures.distinct))
          .i64(Double.doubleToLongBits(figures.nullFraction))
          .unsigned(figures.bounds.size());
      figures.bounds.forEach(out::i64);
    });
    return out.checked();
  }

  private static TableFigures decode(byte[] stored) {
    ByteReader in = ByteReader.checked(stored, "the figures of a table");
    int version = in.u8();
    if (version != VERSION) {
      throw new IllegalStateException("table figures of version " + version);
    }
    long rows = in.unsigned();
    TreeMap<Integer, Figures> columns = new TreeMap<>();
    for (int left = in.intValue(); left > 0; left--) {
      int id = (int) in.signed();
      double distinct = Double.longBitsToDouble(in.i64());
      double nullFraction = Double.longBitsToDouble(in.i64());
      List<Long> bounds = new ArrayList<>();
      for (int more = in.intValue(); more > 0; more--) {
        bounds.add(in.i64());
      }
      columns.put(id, new Figures(distinct, nullFraction, bounds));
    }
    return new TableFigures(rows, columns);
  }

  static void load(Kv kv, BiConsumer<Integer, TableFigures> into) {
    kv.scan(
        Family.META,
        Key.of('t').bytes(),
        (key, value) -> {
          into.accept(ByteBuffer.wrap(key).getInt(1), decode(value));
          return true;
        });
  }
}
