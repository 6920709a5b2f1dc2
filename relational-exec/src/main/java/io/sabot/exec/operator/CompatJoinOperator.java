package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.hash.KeyForm;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.SharedColumn;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Joins rows that agree on every shared variable that both bind (SPARQL 1.1 §18.3). Stored rows
/// are grouped by which shared variables they bind; a probe row looks into each group by the
/// variables that both bind.
final class CompatJoinOperator extends Operator {
  private final PhysicalNode.CompatJoin node;
  private final Operator left;
  private final Operator right;
  private final RowStore rows;
  private final Map<Integer, List<Integer>> rowsByMask = new HashMap<>();

  /// By `build mask << 32 | common mask`.
  private final Map<Long, MaskIndex> indexes = new HashMap<>();

  /// Rows of one mask by the key of some shared variables.
  private record MaskIndex(JoinIndex index, int[] rows) {}

  CompatJoinOperator(
      PhysicalNode.CompatJoin node, Operator left, Operator right, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.left = left;
    this.right = right;
    this.rows = new RowStore(kinds(right.columns()), run().memory());
  }

  @Override
  public void prepare() {
    right.prepare();
    drain(right, 1, (worker, batch) -> rows.append(batch));
    for (int row = 0; row < rows.rows(); row++) {
      int mask = 0;
      for (int s = 0; s < node.shared().size(); s++) {
        Column column = node.shared().get(s).right();
        if (!rows.column(position(right.columns(), column)).isNull(row)) {
          mask |= 1 << s;
        }
      }
      rowsByMask.computeIfAbsent(mask, m -> new ArrayList<>()).add(row);
    }
    left.prepare();
  }

  @Override
  public int streams() {
    return 1;
  }

  private ProbeKind kind() {
    return switch (node.kind()) {
      case INNER -> ProbeKind.INNER;
      case LEFT -> ProbeKind.LEFT;
      case MINUS -> ProbeKind.ANTI;
    };
  }

  @Override
  public void release() {
    left.release();
    rows.release();
  }

  @Override
  public BatchStream open() {
    List<Column> produced = new ArrayList<>(left.columns());
    produced.addAll(right.columns());
    Map<Column, Expr> merged = new HashMap<>();
    List<Assignment> assignments = new ArrayList<>();
    for (SharedColumn shared : node.shared()) {
      Expr value = LogicFunctions.COALESCE.call(shared.left().ref(), shared.right().ref());
      merged.put(shared.out(), new Expr.Cast(value, shared.out().type(), Expr.CastMode.FORM));
      assignments.add(new Assignment(shared.out(), merged.get(shared.out())));
    }
    Expr condition =
        node.condition()
            .transform(
                e -> e instanceof Expr.Col(Column c) && merged.containsKey(c) ? merged.get(c) : e);
    VectorExpr compiled =
        condition.equals(Expr.TRUE) ? null : compiler(produced).compileAs(condition, Type.BOOL);
    BatchStream pairs = new Probe(left.open(), compiled);
    if (node.kind() == CompatKind.MINUS) {
      return Columns.pick(pairs, left.columns(), columns());
    }
    List<Column> kept = columns();
    assignments.removeIf(a -> !kept.contains(a.column()));
    Operator source = new StreamOperator(pairs, produced, context());
    return new ProjectOperator(source, assignments, kept, context()).open();
  }

  private MaskIndex index(int buildMask, int common) {
    return indexes.computeIfAbsent(
        (long) buildMask << 32 | common, key -> buildIndex(buildMask, common));
  }

  private MaskIndex buildIndex(int buildMask, int common) {
    List<Integer> members = rowsByMask.getOrDefault(buildMask, List.of());
    int[] which = members.stream().mapToInt(Integer::intValue).toArray();
    List<Physical> kinds = new ArrayList<>();
    List<Vector> keys = new ArrayList<>();
    for (int s = 0; s < node.shared().size(); s++) {
      if ((common >> s & 1) != 0) {
        Type type = keyType(node.shared().get(s));
        kinds.add(type.physical());
        List<Column> columns = right.columns();
        Vector raw = asKey(columns, node.shared().get(s).right(), type, rows.columns());
        keys.add(raw);
      }
    }
    JoinIndex index = new JoinIndex(kinds, run().memory());
    Batch batch = new Batch(rows.columns());
    batch.select(rows.rows(), which, which.length);
    index.add(keys.toArray(new Vector[0]), batch);
    return new MaskIndex(index, which);
  }

  private static Type keyType(SharedColumn shared) {
    Type a = shared.left().type();
    Type b = shared.right().type();
    boolean same =
        a.physical() == b.physical()
            && io.sabot.exec.batch.Cells.scale(a) == io.sabot.exec.batch.Cells.scale(b);
    return same ? a : Type.ANY;
  }

  /// A key column of all stored rows in the form used for lookups.
  private Vector asKey(List<Column> columns, Column column, Type type, Vector[] vectors) {
    Batch all = new Batch(vectors);
    all.all(rows.rows());
    Vector value = compiler(columns).compileAs(column.ref(), type).eval(all);
    return new KeyForm(type.physical(), EqMode.TERM, run()).of(value, all);
  }

  private final class Probe extends JoinStream {
    private final List<VectorExpr> keyExprs = new ArrayList<>();
    private final List<KeyForm> forms = new ArrayList<>();
    private int[] found = new int[0];
    private int foundSize;
    private int[] foundProbe = new int[0];
    private int at;

    Probe(BatchStream probe, @Nullable VectorExpr condition) {
      super(
          kind(),
          probe,
          JoinColumns.vectors(left.columns(), run().memory()),
          JoinColumns.vectors(right.columns(), run().memory()),
          condition,
          context());
      for (SharedColumn shared : node.shared()) {
        Type type = keyType(shared);
        keyExprs.add(compiler(left.columns()).compileAs(shared.left().ref(), type));
        forms.add(new KeyForm(type.physical(), EqMode.TERM, run()));
      }
    }

    @Override
    RowStore store() {
      return rows;
    }

    @Override
    void start(Batch batch) {
      at = 0;
      foundSize = 0;
      Vector[] keys = new Vector[keyExprs.size()];
      for (int s = 0; s < keys.length; s++) {
        keys[s] = forms.get(s).of(keyExprs.get(s).eval(batch), batch);
      }
      Map<Integer, List<Integer>> byMask = new HashMap<>();
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        int mask = 0;
        for (int s = 0; s < keys.length; s++) {
          mask |= keys[s].isNull(row) ? 0 : 1 << s;
        }
        byMask.computeIfAbsent(mask, m -> new ArrayList<>()).add(row);
      }
      byMask.forEach((mask, members) -> {
        for (int buildMask : List.copyOf(rowsByMask.keySet())) {
          probeGroup(batch, keys, mask, members, buildMask);
        }
      });
    }

    private void probeGroup(
        Batch batch, Vector[] keys, int mask, List<Integer> members, int buildMask) {
      int common = mask & buildMask;
      if (common == 0) {
        if (node.kind() != CompatKind.MINUS) {
          for (int row : members) {
            rowsByMask.getOrDefault(buildMask, List.of()).forEach(stored -> add(row, stored));
          }
        }
        return;
      }
      List<Vector> used = new ArrayList<>();
      for (int s = 0; s < keys.length; s++) {
        if ((common >> s & 1) != 0) {
          used.add(keys[s]);
        }
      }
      Vector[] lookup = used.toArray(new Vector[0]);
      MaskIndex index = index(buildMask, common);
      int[] selection = members.stream().mapToInt(Integer::intValue).toArray();
      int[] heads = new int[selection.length];
      Batch group = new Batch(lookup);
      group.select(batch.rows(), selection, selection.length);
      index.index().findFirst(lookup, group, heads);
      for (int i = 0; i < selection.length; i++) {
        for (int chain = heads[i]; chain >= 0; chain = index.index().nextRow(chain)) {
          add(selection[i], index.rows()[chain]);
        }
      }
    }

    private void add(int probeRow, int storedRow) {
      if (foundSize == found.length) {
        int size = Math.max(1024, found.length * 2);
        found = Arrays.copyOf(found, size);
        foundProbe = Arrays.copyOf(foundProbe, size);
      }
      foundProbe[foundSize] = probeRow;
      found[foundSize++] = storedRow;
    }

    @Override
    int propose(Batch batch, int[] probeOut, int[] storeOut, int max) {
      int count = Math.min(max, foundSize - at);
      System.arraycopy(foundProbe, at, probeOut, 0, count);
      System.arraycopy(found, at, storeOut, 0, count);
      at += count;
      return count;
    }
  }
}
