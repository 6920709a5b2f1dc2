package io.sabot.exec.operator;

import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.CellOrder;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of stored rows by sort keys. Term keys are decoded once a row, up front.
final class RowOrder {
  private final List<SortKey> keys;
  private final Vector[] vectors;

  /// By key; null for keys that are compared in their vectors.
  private final List<Value @Nullable []> values = new ArrayList<>();

  /// By key, what {@link RdfLiterals#instant} says of the values; null where that is not asked.
  private final List<@Nullable Instant @Nullable []> instants = new ArrayList<>();

  RowOrder(List<SortKey> keys, RowStore rows, QueryRun run) {
    this(keys, rows.columns(), rows.rows(), run);
  }

  /// @param vectors of the keys, in their order
  RowOrder(List<SortKey> keys, Vector[] vectors, int rows, QueryRun run) {
    this.keys = keys;
    this.vectors = vectors;
    for (int k = 0; k < vectors.length; k++) {
      if (vectors[k].kind() != Physical.TERM) {
        values.add(null);
        instants.add(null);
      } else {
        Value[] decoded = new Value[rows];
        for (int row = 0; row < decoded.length; row++) {
          decoded[row] = run.dictionary().decode(vectors[k].getLong(row));
        }
        values.add(decoded);
        instants.add(keys.get(k).mode() == OrderMode.SPARQL ? instants(decoded) : null);
      }
    }
  }

  /// Times are parsed once a row and not once a comparison.
  private static @Nullable Instant[] instants(Value[] decoded) {
    @Nullable Instant[] all = new Instant[decoded.length];
    for (int row = 0; row < all.length; row++) {
      all[row] = RdfLiterals.instant(decoded[row]);
    }
    return all;
  }

  int compare(int a, int b) {
    return compare(a, this, b);
  }

  /// Compares a row with one of other rows with the same keys.
  int compare(int a, RowOrder other, int b) {
    for (int k = 0; k < vectors.length; k++) {
      int order = compareKey(k, a, other, b);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int compareKey(int k, int a, RowOrder other, int b) {
    SortKey key = keys.get(k);
    boolean nullA = vectors[k].isNull(a);
    boolean nullB = other.vectors[k].isNull(b);
    if (nullA || nullB) {
      return nullA == nullB ? 0 : nullA == key.nullsFirst() ? -1 : 1;
    }
    Value[] valuesA = values.get(k);
    Value[] valuesB = other.values.get(k);
    int order;
    int byInstant = compareInstants(instants.get(k), a, other.instants.get(k), b);
    if (byInstant != 0) {
      order = byInstant;
    } else if (valuesA != null && valuesB != null) {
      Comparator<Value> comparator = Ordering.comparator(key.mode());
      order = comparator.compare(valuesA[a], valuesB[b]);
    } else {
      order = CellOrder.compare(vectors[k], a, other.vectors[k], b);
    }
    return key.descending() ? -order : order;
  }

  /// The order of two times; 0 when one is no time, or when they are the same.
  private static int compareInstants(
      @Nullable Instant @Nullable [] timesA, int a, @Nullable Instant @Nullable [] timesB, int b) {
    Instant first = timesA == null ? null : timesA[a];
    Instant second = timesB == null ? null : timesB[b];
    return first == null || second == null ? 0 : first.compareTo(second);
  }
}
