package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Small things that graph operators share.
final class Terms {
  private Terms() {}

  /// A batch with a new vector for each column.
  static Batch batch(List<Column> columns, QueryRun run) {
    Vector[] vectors = new Vector[columns.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = new Vector(columns.get(c).type().physical(), run.memory());
    }
    return new Batch(vectors);
  }

  static void nulls(Vector vector, int rows) {
    vector.reset(rows);
    for (int row = 0; row < rows; row++) {
      vector.setNull(row, rows);
    }
  }

  static void fill(Vector vector, long[] values, int count) {
    vector.reset(count);
    MemorySegment.copy(values, 0, vector.data(), Vector.LONG, 0, count);
  }
}
