package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.physical.PhysicalInputs;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs its right side for each distinct combination of the outer columns it uses, and joins the
/// results to the left rows; a side that writes runs for every row. A side of which every row comes
/// from one outer row runs once for a whole batch of them.
final class ApplyOperator extends Operator {
  private static final int MEMO_MAX = 100_000;

  private final PhysicalNode.Apply node;
  private final Operator left;
  private final Map<List<Value>, RowStore> memo = new LinkedHashMap<>();
  private final boolean writes;

  ApplyOperator(PhysicalNode.Apply node, Operator left, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.left = left;
    this.writes = writes(node.right());
  }

  private static boolean writes(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.CreateElements _,
          PhysicalNode.UpdateElements _,
          PhysicalNode.DeleteElements _,
          PhysicalNode.Merge _,
          PhysicalNode.Foreach _,
          PhysicalNode.QuadModify _,
          PhysicalNode.GraphCommand _,
          PhysicalNode.TableModify _ ->
          true;
      default -> PhysicalInputs.of(node).stream().anyMatch(ApplyOperator::writes);
    };
  }

  @Override
  public void prepare() {
    left.prepare();
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    left.release();
    memo.values().forEach(RowStore::release);
    memo.clear();
  }

  @Override
  public BatchStream open() {
    List<Column> stored = node.right().columns();
    List<Column> produced = new ArrayList<>(left.columns());
    produced.addAll(stored);
    VectorExpr condition =
        node.condition().equals(Expr.TRUE)
            ? null
            : compiler(produced).compileAs(node.condition(), Type.BOOL);
    List<Column> outer = left.columns().stream().filter(node.outer()::contains).toList();
    PhysicalNode many = writes ? null : RowWisePlan.of(node.right(), outer, context().profile());
    BatchStream stream =
        many == null
            ? new Runs(left.open(), stored, condition)
            : new ManyRuns(node, left.open(), left.columns(), outer, many, condition, context());
    ProbeKind kind = ProbeKind.of(node.kind(), false);
    return Columns.pick(
        stream, JoinColumns.delivered(kind, left.columns(), stored, node.mark()), columns());
  }

  /// The rows of the right side for one outer row.
  private RowStore result(List<Value> key) {
    RowStore known = memo.get(key);
    if (known != null) {
      return known;
    }
    if (memo.size() >= MEMO_MAX) {
      memo.values().forEach(RowStore::release);
      memo.clear();
    }
    Map<Column, Value> outer = new HashMap<>();
    for (int c = 0; c < key.size(); c++) {
      outer.put(node.outer().get(c), key.get(c));
    }
    Operator right = context().with(outer).build(node.right());
    right.prepare();
    RowStore rows = new RowStore(kinds(right.columns()), run().memory());
    drain(right, 1, (worker, batch) -> rows.append(batch));
    if (!writes) {
      memo.put(key, rows);
    }
    return rows;
  }

  private final class Runs extends JoinStream {
    private final int[] outerPositions;

    /// The results for the distinct outer rows of the batch, one after the other.
    private final RowStore all;

    private final Map<List<Value>, Integer> starts = new HashMap<>();
    private int[] from = new int[Batch.ROWS_MAX];
    private int[] to = new int[Batch.ROWS_MAX];
    private int at;
    private int stored;

    Runs(BatchStream probe, List<Column> storedColumns, @Nullable VectorExpr condition) {
      super(
          ProbeKind.of(node.kind(), false),
          probe,
          JoinColumns.vectors(left.columns(), run().memory()),
          JoinColumns.vectors(storedColumns, run().memory()),
          condition,
          context());
      all = new RowStore(kinds(storedColumns), run().memory());
      outerPositions = new int[node.outer().size()];
      for (int c = 0; c < outerPositions.length; c++) {
        outerPositions[c] = left.columns().indexOf(node.outer().get(c));
      }
    }

    @Override
    RowStore store() {
      return all;
    }

    @Override
    void start(Batch batch) {
      if (from.length < batch.count()) {
        from = new int[batch.count()];
        to = new int[batch.count()];
      }
      all.clear();
      starts.clear();
      for (int i = 0; i < batch.count(); i++) {
        List<Value> key = key(batch, batch.row(i));
        RowStore rows = result(key);
        Integer start = writes ? null : starts.get(key);
        if (start == null) {
          start = all.rows();
          all.appendAll(rows);
          starts.put(key, start);
        }
        from[i] = start;
        to[i] = start + rows.rows();
        if (writes) {
          rows.release();
        }
      }
      at = 0;
      stored = batch.count() > 0 ? from[0] : 0;
    }

    private List<Value> key(Batch batch, int row) {
      List<Value> key = new ArrayList<>(outerPositions.length);
      for (int c = 0; c < outerPositions.length; c++) {
        Column column = node.outer().get(c);
        if (outerPositions[c] < 0) {
          Value fixed = context().outer().get(column);
          key.add(fixed == null ? Value.NULL : fixed);
        } else {
          Vector vector = batch.vector(outerPositions[c]);
          Type type = left.columns().get(outerPositions[c]).type();
          key.add(Cells.get(vector, row, type, run().dictionary()));
        }
      }
      return key;
    }

    @Override
    int propose(Batch batch, int[] probeOut, int[] storeOut, int max) {
      int n = 0;
      while (at < batch.count()) {
        int row = batch.row(at);
        while (stored < to[at]) {
          if (n == max) {
            return n;
          }
          probeOut[n] = row;
          storeOut[n++] = stored++;
        }
        at++;
        stored = at < batch.count() ? from[at] : 0;
      }
      return n;
    }
  }
}
