package io.sabot.exec.scan;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.StringDictionary;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A condition on one string column, tested once for each entry of a chunk's dictionary and then
/// looked up by code, so that the strings of the rows are not read at all. Confined to one thread.
///
/// The condition must not be able to fail: entries may belong to rows that are deleted or that
/// another condition drops.
public final class DictionaryTest {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final VectorExpr condition;
  private final Vector entries;
  private final QueryMemory memory;
  private final MemorySegment codes;
  private @Nullable StringDictionary known;
  private boolean[] verdicts = new boolean[0];
  private boolean verdictOfNull;

  /// @param condition over a batch of the one column
  public DictionaryTest(VectorExpr condition, QueryMemory memory) {
    this.condition = condition;
    this.memory = memory;
    this.entries = new Vector(Physical.STRING, memory);
    this.codes = memory.allocate(4L * Batch.ROWS_MAX).segment();
  }

  /// Whether a chunk has so few different strings that testing them all is the shorter way.
  public static boolean suits(ColumnChunk chunk, int rows) {
    StringDictionary dictionary = chunk.dictionary();
    return dictionary != null && dictionary.bytes().isNative() && dictionary.size() <= rows / 4;
  }

  /// Narrows the batch to the rows that pass, and returns how many there are.
  ///
  /// @param chunk one that suits
  /// @param from the row of the chunk that is row 0 of the batch
  /// @param out has room for the rows
  public int select(ColumnChunk chunk, int from, Batch batch, int[] out) {
    StringDictionary dictionary = chunk.dictionary();
    if (dictionary == null) {
      throw new IllegalStateException("a chunk without a dictionary");
    }
    if (dictionary != known) {
      test(dictionary);
      known = dictionary;
    }
    chunk.decodeCodes(from, batch.rows(), codes, 0);
    boolean hasNulls = chunk.nullCount() > 0;
    int n = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      out[n] = row;
      boolean passes =
          hasNulls && chunk.isNull(from + row) ? verdictOfNull : verdicts[codes.get(INT, 4L * row)];
      n += passes ? 1 : 0;
    }
    batch.select(batch.rows(), out, n);
    return n;
  }

  /// Tests all entries, and null.
  private void test(StringDictionary dictionary) {
    int size = dictionary.size();
    verdicts = new boolean[size];
    for (int from = 0; from < size; from += Batch.ROWS_MAX) {
      int count = Math.min(Batch.ROWS_MAX, size - from);
      entries.reset(count);
      entries.borrowBytes(dictionary.bytes());
      for (int i = 0; i < count; i++) {
        int start = dictionary.start(from + i);
        entries.setView(i, start, dictionary.end(from + i) - start);
      }
      Vector passed = verdict(count);
      for (int i = 0; i < count; i++) {
        verdicts[from + i] = passed.getBool(i) && !passed.isNull(i);
      }
    }
    entries.reset(1);
    entries.setNull(0, 1);
    Vector passed = verdict(1);
    verdictOfNull = passed.getBool(0) && !passed.isNull(0);
  }

  private Vector verdict(int count) {
    Batch batch = new Batch(new Vector[] {entries});
    batch.all(count);
    return condition.eval(batch);
  }
}
