package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.expr.Column;
import java.util.List;

/// Picks and orders columns without touching rows.
public final class Columns {
  private Columns() {}

  public static BatchStream pick(BatchStream stream, List<Column> from, List<Column> to) {
    return from.equals(to) ? stream : positions(stream, from, to);
  }

  /// The same for batches that have more columns behind those of `from`.
  static BatchStream positions(BatchStream stream, List<Column> from, List<Column> to) {
    int[] positions = new int[to.size()];
    for (int c = 0; c < positions.length; c++) {
      positions[c] = Operator.position(from, to.get(c));
    }
    Batch out = new Batch(new Vector[to.size()]);
    return () -> {
      Batch batch = stream.next();
      if (batch == null) {
        return null;
      }
      for (int c = 0; c < positions.length; c++) {
        out.setVector(c, batch.vector(positions[c]));
      }
      out.select(batch.rows(), batch.selection(), batch.count());
      return out;
    };
  }
}
