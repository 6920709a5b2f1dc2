package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import java.lang.foreign.MemorySegment;

/// Null bitmaps of strict functions, word by word.
final class Nulls {
  private Nulls() {}

  /// Makes a row of `out` null where `a` or `b` is.
  static void either(Vector a, Vector b, Vector out, Batch batch) {
    if (!a.hasNulls() && !b.hasNulls()) {
      return;
    }
    int rows = batch.rows();
    MemorySegment target = out.validityForWrite(rows);
    long words = ((long) rows + 63) / 64;
    for (long word = 0; word < words; word++) {
      long bits = -1;
      if (a.hasNulls()) {
        bits &= a.validity().get(Vector.LONG, 8 * word);
      }
      if (b.hasNulls()) {
        bits &= b.validity().get(Vector.LONG, 8 * word);
      }
      target.set(Vector.LONG, 8 * word, bits);
    }
  }
}
