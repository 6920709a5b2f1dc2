package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.CellOrder;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.Value;
import java.util.List;

/// The last row that is still wanted of an order of which only the first rows are: those that come
/// after it, or are equal to it, need not be kept.
final class SortBound {
  private final List<SortKey> keys;
  private final Vector[] vectors;
  private final int last;
  private final QueryRun run;

  /// By key; null where cells are compared.
  private final Value[] values;

  SortBound(List<SortKey> keys, RowStore keyRows, int last, QueryRun run) {
    this.keys = keys;
    this.vectors = keyRows.columns();
    this.last = last;
    this.run = run;
    this.values = new Value[vectors.length];
    for (int k = 0; k < values.length; k++) {
      values[k] =
          vectors[k].kind() == Physical.TERM
              ? run.dictionary().decode(vectors[k].getLong(last))
              : Value.NULL;
    }
  }

  /// Leaves only the rows of a batch that come before; false when there are none.
  ///
  /// @param keyValues the sort keys of the batch
  boolean select(Vector[] keyValues, Batch batch) {
    int[] kept = new int[batch.count()];
    int n = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (isBefore(keyValues, row)) {
        kept[n++] = row;
      }
    }
    batch.select(batch.rows(), kept, n);
    return n > 0;
  }

  private boolean isBefore(Vector[] keyValues, int row) {
    for (int k = 0; k < keyValues.length; k++) {
      int order = compare(k, keyValues[k], row);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  private int compare(int k, Vector vector, int row) {
    SortKey key = keys.get(k);
    boolean isNull = vector.isNull(row);
    boolean isLastNull = vectors[k].isNull(last);
    if (isNull || isLastNull) {
      return isNull == isLastNull ? 0 : isNull == key.nullsFirst() ? -1 : 1;
    }
    int order =
        vector.kind() == Physical.TERM
            ? Ordering.comparator(key.mode())
                .compare(run.dictionary().decode(vector.getLong(row)), values[k])
            : CellOrder.compare(vector, row, vectors[k], last);
    return key.descending() ? -order : order;
  }
}
