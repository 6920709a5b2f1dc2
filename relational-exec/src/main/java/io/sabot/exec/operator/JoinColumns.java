package io.sabot.exec.operator;

import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.JoinKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a join stream delivers.
final class JoinColumns {
  private JoinColumns() {}

  static List<Column> delivered(
      JoinKind kind, List<Column> probe, List<Column> stored, @Nullable Column mark) {
    List<Column> delivered = new ArrayList<>(probe);
    switch (kind) {
      case INNER, LEFT, RIGHT, FULL, SINGLE -> delivered.addAll(stored);
      case SEMI, ANTI -> {}
      case MARK -> {
        if (mark != null) {
          delivered.add(mark);
        }
      }
    }
    return delivered;
  }

  static Vector[] vectors(List<Column> columns, QueryMemory memory) {
    Vector[] vectors = new Vector[columns.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = new Vector(columns.get(c).type().physical(), memory);
    }
    return vectors;
  }
}
