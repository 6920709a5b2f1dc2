package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A condition of a path section over all edges that leave one node, at once.
final class StarTest {
  private final List<Column> columns;
  private final VectorExpr condition;
  private final Batch batch;

  /// @param columns what the condition reads, in the order of the vectors that it is evaluated over
  StarTest(List<Column> columns, VectorExpr condition, QueryRun run) {
    this.columns = columns;
    this.condition = condition;
    this.batch = Terms.batch(columns, run);
  }

  /// What the columns hold: the same for all edges, or one value an edge.
  interface Source {
    /// The value for the edge at a place of the star.
    long at(Column column, int place);

    /// The arguments from outside, by column.
    Map<Column, Vector> arguments();

    /// The row of the arguments.
    int row();
  }

  /// Keeps of the first `count` places those for which the condition is true.
  int keep(int[] places, int count, Source source) {
    int kept = 0;
    for (int from = 0; from < count; from += Batch.ROWS_MAX) {
      int rows = Math.min(Batch.ROWS_MAX, count - from);
      fill(places, from, rows, source);
      Vector result = condition.eval(batch);
      for (int i = 0; i < rows; i++) {
        if (!result.isNull(i) && result.getBool(i)) {
          places[kept++] = places[from + i];
        }
      }
    }
    return kept;
  }

  private void fill(int[] places, int from, int rows, Source source) {
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      Vector argument = source.arguments().get(column);
      Vector vector = batch.vector(c);
      vector.reset(rows);
      if (argument == null) {
        for (int i = 0; i < rows; i++) {
          vector.setLong(i, source.at(column, places[from + i]));
        }
      } else {
        int[] same = new int[rows];
        Arrays.fill(same, source.row());
        vector.gather(argument, same, rows);
      }
    }
    batch.all(rows);
  }
}
