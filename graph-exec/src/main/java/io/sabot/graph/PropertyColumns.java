package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.store.GraphReader;
import java.util.List;

/// Columns with properties of nodes or edges.
final class PropertyColumns {
  private PropertyColumns() {}

  static List<Column> of(List<PropertyRead> reads) {
    return reads.stream().map(PropertyRead::column).toList();
  }

  /// Fills the columns of `out` from `first` on.
  static void fill(
      List<PropertyRead> reads,
      GraphReader graph,
      long[] entities,
      int count,
      Batch out,
      int first) {
    for (int p = 0; p < reads.size(); p++) {
      Vector values = out.vector(first + p);
      int key = graph.keyId(reads.get(p).key());
      if (key < 0) {
        Terms.nulls(values, count);
      } else {
        values.reset(count);
        graph.properties(entities, count, key, values.data(), 0);
      }
    }
  }
}
