package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.plan.expr.Column;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The columns of one row as values, for a side that runs once a row.
public final class OuterRows {
  private OuterRows() {}

  public static Map<Column, Value> of(
      List<Column> wanted, List<Column> columns, Batch batch, int row, BuildContext context) {
    Map<Column, Value> values = new HashMap<>();
    for (Column column : wanted) {
      int position = columns.indexOf(column);
      if (position >= 0) {
        values.put(
            column,
            Cells.get(
                batch.vector(position),
                row,
                columns.get(position).type(),
                context.run().dictionary()));
      }
    }
    return values;
  }
}
