package io.sabot.exec.operator;

import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a join stream delivers.
final class JoinColumns {
  private JoinColumns() {}

  static List<Column> delivered(
      ProbeKind kind, List<Column> probe, List<Column> stored, @Nullable Column mark) {
    if (kind.isStoredOnly()) {
      return stored;
    }
    List<Column> delivered = new ArrayList<>(probe);
    switch (kind) {
      case INNER, LEFT, RIGHT, FULL, SINGLE -> delivered.addAll(stored);
      case SEMI, ANTI, STORED_SEMI, STORED_ANTI -> {}
      case MARK -> {
        if (mark != null) {
          delivered.add(mark);
        }
      }
    }
    return delivered;
  }

  /// Which columns of a pair are needed to test the condition or in the result.
  static boolean[] wanted(List<Column> pair, Expr condition, List<Column> result) {
    Set<Column> needed = new HashSet<>(condition.columns());
    needed.addAll(result);
    boolean[] wanted = new boolean[pair.size()];
    for (int c = 0; c < wanted.length; c++) {
      wanted[c] = needed.contains(pair.get(c));
    }
    return wanted;
  }

  static Vector[] vectors(List<Column> columns, QueryMemory memory) {
    Vector[] vectors = new Vector[columns.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = new Vector(columns.get(c).type().physical(), memory);
    }
    return vectors;
  }
}
