package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.hash.KeyTable;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An `Apply` whose right side runs once for the distinct outer rows of each left batch. Its rows
/// are joined as they come, by the number of the outer row, and need not be kept.
final class ManyRuns extends JoinStream {
  private final PhysicalNode right;
  private final List<Column> outer;
  private final int[] outerPositions;
  private final int[] storedPositions;
  private final int numberPosition;
  private final BuildContext context;
  private final RowStore found;
  private final Vector numbers;

  /// For each distinct outer row the last left row that has it, and for each left row the one
  /// before it with the same outer row; -1 for none.
  private int[] lastOf = {};

  private int[] before = new int[Batch.ROWS_MAX];
  private int[] numberOf = new int[Batch.ROWS_MAX];
  private @Nullable KeyTable table;
  private @Nullable BatchStream rightRows;
  private int[] rowNumbers = new int[Batch.ROWS_MAX];
  private int at;
  private int chain = -1;

  /// @param outer the columns of the left side that the right side uses
  /// @param right the right side as a {@link RowWisePlan}
  ManyRuns(
      PhysicalNode.Apply node,
      BatchStream left,
      List<Column> leftColumns,
      List<Column> outer,
      PhysicalNode right,
      @Nullable VectorExpr condition,
      BuildContext context) {
    super(
        ProbeKind.of(node.kind(), false),
        left,
        JoinColumns.vectors(leftColumns, context.run().memory()),
        JoinColumns.vectors(node.right().columns(), context.run().memory()),
        condition,
        context);
    this.right = right;
    this.outer = outer;
    this.context = context;
    this.outerPositions = outer.stream().mapToInt(leftColumns::indexOf).toArray();
    this.storedPositions =
        node.right().columns().stream().mapToInt(right.columns()::indexOf).toArray();
    this.numberPosition = right.columns().indexOf(RowWisePlan.NUMBER);
    this.found = new RowStore(Operator.kinds(node.right().columns()), context.run().memory());
    this.numbers = new Vector(Physical.LONG, context.run().memory());
  }

  @Override
  RowStore store() {
    return found;
  }

  @Override
  void start(Batch batch) {
    int distinct = number(batch);
    KeyTable keys = table;
    if (keys == null) {
      throw new IllegalStateException("no outer rows");
    }
    numbers.reset(distinct);
    for (int i = 0; i < distinct; i++) {
      numbers.setLong(i, i);
    }
    Vector[] vectors = Arrays.copyOf(keys.keys().columns(), outerPositions.length + 1);
    vectors[outerPositions.length] = numbers;
    Batch rows = new Batch(vectors);
    rows.all(distinct);
    List<Column> columns = new ArrayList<>(outer);
    columns.add(RowWisePlan.NUMBER);
    Operator operator = context.with(new OuterBatch(columns, rows)).build(right);
    operator.prepare();
    rightRows = distinct == 0 ? () -> null : operator.open();
    found.clear();
    at = 0;
    chain = -1;
  }

  /// Numbers the distinct outer rows of a batch and chains the left rows that share one.
  private int number(Batch batch) {
    if (table != null) {
      table.release();
    }
    KeyTable fresh =
        new KeyTable(
            outer.stream().map(column -> column.type().physical()).toList(),
            context.run().memory());
    table = fresh;
    if (numberOf.length < batch.count()) {
      numberOf = new int[batch.count()];
    }
    if (before.length < batch.rows()) {
      before = new int[batch.rows()];
    }
    Vector[] keys = new Vector[outerPositions.length];
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.vector(outerPositions[k]);
    }
    fresh.findOrAdd(keys, batch, numberOf);
    lastOf = new int[fresh.size()];
    Arrays.fill(lastOf, -1);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      before[row] = lastOf[numberOf[i]];
      lastOf[numberOf[i]] = row;
    }
    return fresh.size();
  }

  @Override
  int propose(Batch batch, int[] probeOut, int[] storeOut, int max) {
    int n = 0;
    while (n == 0) {
      if (chain < 0 && at >= found.rows() && !fetch()) {
        return 0;
      }
      n = pairs(probeOut, storeOut, max);
    }
    return n;
  }

  /// Pairs of the fetched rows from `at` on.
  private int pairs(int[] probeOut, int[] storeOut, int max) {
    int n = 0;
    while (n < max) {
      if (chain < 0) {
        if (at >= found.rows()) {
          break;
        }
        chain = lastOf[rowNumbers[at++]];
      }
      probeOut[n] = chain;
      storeOut[n++] = at - 1;
      chain = before[chain];
    }
    return n;
  }

  /// The next rows of the right side; false when there are none.
  private boolean fetch() {
    Batch next = rightRows == null ? null : rightRows.next();
    if (next == null) {
      return false;
    }
    context.run().check();
    found.clear();
    Vector[] vectors = new Vector[storedPositions.length];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = next.vector(storedPositions[c]);
    }
    if (rowNumbers.length < next.count()) {
      rowNumbers = new int[next.count()];
    }
    for (int i = 0; i < next.count(); i++) {
      rowNumbers[i] = (int) next.vector(numberPosition).getLong(next.row(i));
    }
    found.append(vectors, next.selection(), next.count());
    at = 0;
    return true;
  }
}
