package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.hash.KeyForm;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.physical.PhysicalNode.JoinKey;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hash join. The build side is stored and indexed by key; the other side streams past it.
///
/// When the left side of a LEFT join is the build side, the join runs as a RIGHT join of the
/// swapped sides. A MARK join also proposes pairs with null keys, because their condition is
/// unknown, not false.
///
/// A build side that does not fit in memory is a {@link SpilledJoin}.
final class HashJoinOperator extends Operator {
  private final PhysicalNode.HashJoin node;
  private final Operator probe;
  private final Operator build;
  private final boolean swapped;
  private final JoinKind kind;
  private final BuildSide side;
  private @Nullable SpilledJoin spilled;

  HashJoinOperator(
      PhysicalNode.HashJoin node, Operator left, Operator right, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.swapped = node.buildLeft();
    this.probe = swapped ? right : left;
    this.build = swapped ? left : right;
    this.kind = swapped ? swap(node.kind()) : node.kind();
    this.side = newSide();
    context.countSpiller();
  }

  BuildSide newSide() {
    return new BuildSide(kinds(build.columns()), keyKinds(), deliversStored(), run().memory());
  }

  JoinKind kind() {
    return kind;
  }

  List<Physical> buildKinds() {
    return kinds(build.columns());
  }

  List<Physical> probeKinds() {
    return kinds(probe.columns());
  }

  /// Whether stored rows without a match are delivered.
  boolean deliversStored() {
    return kind == JoinKind.RIGHT || kind == JoinKind.FULL;
  }

  /// The rows of a build side, a batch at a time.
  StoredRows storedRows(BuildSide stored) {
    RowStore all = stored.rows();
    return new StoredRows(all, null, all.rows(), new AtomicInteger(), build.columns(), context());
  }

  Keys buildKeys() {
    return new Keys(build.columns(), true);
  }

  Keys probeKeys() {
    return new Keys(probe.columns(), false);
  }

  private static JoinKind swap(JoinKind kind) {
    return switch (kind) {
      case INNER, FULL -> kind;
      case LEFT -> JoinKind.RIGHT;
      case RIGHT -> JoinKind.LEFT;
      case SEMI, ANTI, MARK, SINGLE ->
          throw new IllegalArgumentException(kind + " join with the left side as build side");
    };
  }

  private Expr buildKey(JoinKey key) {
    return swapped ? key.left() : key.right();
  }

  private Expr probeKey(JoinKey key) {
    return swapped ? key.right() : key.left();
  }

  /// The common form of both sides of a key.
  private static Type keyType(JoinKey key) {
    Type left = key.left().type();
    Type right = key.right().type();
    boolean same =
        left.physical() == right.physical()
            && io.sabot.exec.batch.Cells.scale(left) == io.sabot.exec.batch.Cells.scale(right);
    return same ? left : Type.ANY;
  }

  private List<Physical> keyKinds() {
    return node.keys().stream().map(key -> keyType(key).physical()).toList();
  }

  /// Evaluates the keys of one side for one worker.
  final class Keys {
    private final List<VectorExpr> exprs = new ArrayList<>();
    private final List<KeyForm> forms = new ArrayList<>();

    Keys(List<Column> columns, boolean buildSide) {
      ExprCompiler compiler = compiler(columns);
      for (JoinKey key : node.keys()) {
        Type type = keyType(key);
        exprs.add(compiler.compileAs(buildSide ? buildKey(key) : probeKey(key), type));
        forms.add(new KeyForm(type.physical(), key.mode(), run()));
      }
    }

    Vector[] of(Batch batch) {
      Vector[] keys = new Vector[exprs.size()];
      for (int k = 0; k < keys.length; k++) {
        keys[k] = forms.get(k).of(exprs.get(k).eval(batch), batch);
      }
      return keys;
    }
  }

  @Override
  public void prepare() {
    build.prepare();
    Keys keys = buildKeys();
    drain(
        build,
        1,
        (worker, batch) -> {
          Vector[] values = keys.of(batch);
          store(values, needsNullKeys() ? batch : withoutNullKeys(values, batch));
        });
    probe.prepare();
    SpilledJoin onDisk = spilled;
    if (onDisk != null) {
      prepareProbe(onDisk);
    }
  }

  private void store(Vector[] keys, Batch batch) {
    SpilledJoin onDisk = spilled;
    if (onDisk == null && side.fits(keys, batch, 1)) {
      side.add(keys, batch);
      return;
    }
    if (onDisk == null) {
      onDisk = new SpilledJoin(this, run());
      spilled = onDisk;
      onDisk.takeOver(side);
    }
    onDisk.addBuild(keys, batch);
  }

  /// Divides the rows of the other side as those of the build side were.
  private void prepareProbe(SpilledJoin onDisk) {
    int workers = Math.max(1, Math.min(run().workers().parallelism(), probe.streams()));
    onDisk.startProbe(workers);
    Keys[] keys = new Keys[workers];
    for (int w = 0; w < workers; w++) {
      keys[w] = probeKeys();
    }
    drain(
        probe, workers, (worker, batch) -> onDisk.addProbe(worker, keys[worker].of(batch), batch));
    onDisk.completeProbe();
  }

  /// A stored row with a null key has no match: only a join that also delivers what did not match,
  /// or that asks whether a match is unknown, has to keep it.
  private boolean needsNullKeys() {
    return kind == JoinKind.MARK || deliversStored();
  }

  private static Batch withoutNullKeys(Vector[] keys, Batch batch) {
    int[] kept = new int[batch.count()];
    int n = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!JoinIndex.hasNull(keys, row)) {
        kept[n++] = row;
      }
    }
    if (n == batch.count()) {
      return batch;
    }
    Vector[] vectors = new Vector[batch.columnCount()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = batch.vector(c);
    }
    Batch narrowed = new Batch(vectors);
    narrowed.select(batch.rows(), kept, n);
    return narrowed;
  }

  @Override
  public int streams() {
    if (spilled != null) {
      return spilled.streams();
    }
    return deliversStored() ? 1 : probe.streams();
  }

  @Override
  public void release() {
    probe.release();
    side.clear();
  }

  @Override
  public BatchStream open() {
    BatchStream stream =
        spilled == null ? newProbe(probe.open(), side) : spilled.open(newProbe(() -> null, side));
    List<Column> delivered =
        JoinColumns.delivered(kind, probe.columns(), build.columns(), node.mark());
    return Columns.pick(stream, delivered, columns());
  }

  private Probe newProbe(BatchStream stream, BuildSide stored) {
    List<Column> produced = new ArrayList<>(probe.columns());
    produced.addAll(build.columns());
    return new Probe(stream, condition(produced), stored);
  }

  /// The condition to test on pairs: the residual, and for MARK the keys too, three-valued.
  private @Nullable VectorExpr condition(List<Column> produced) {
    List<Expr> conjuncts = new ArrayList<>();
    if (kind == JoinKind.MARK) {
      for (JoinKey key : node.keys()) {
        conjuncts.add(
            ComparisonFunctions.compare(
                ComparisonFunctions.Op.EQ, ComparisonFunctions.Rules.SQL, key.left(), key.right()));
      }
    }
    conjuncts.add(node.residual());
    Expr condition = LogicFunctions.and(conjuncts);
    return condition.equals(Expr.TRUE) ? null : compiler(produced).compileAs(condition, Type.BOOL);
  }

  /// The rows of one side beside those stored of the other.
  final class Probe extends JoinStream {
    private final Keys keys = probeKeys();
    private RowStore rows;
    private JoinIndex index;
    private int[] heads = new int[Batch.ROWS_MAX];
    private boolean[] nullKey = new boolean[Batch.ROWS_MAX];
    private int at;
    private int chain;
    private int extra;

    Probe(BatchStream stream, @Nullable VectorExpr condition, BuildSide stored) {
      super(
          kind,
          stream,
          JoinColumns.vectors(probe.columns(), run().memory()),
          JoinColumns.vectors(build.columns(), run().memory()),
          condition,
          stored.matches(),
          context());
      this.rows = stored.rows();
      this.index = stored.index();
    }

    /// Starts again, with other rows on both sides.
    void reopen(BatchStream stream, BuildSide stored, @Nullable CarriedOutcomes outcomes) {
      rows = stored.rows();
      index = stored.index();
      reopen(stream, stored.matches(), outcomes);
    }

    @Override
    RowStore store() {
      return rows;
    }

    @Override
    void start(Batch batch) {
      if (heads.length < batch.count()) {
        heads = new int[batch.count()];
        nullKey = new boolean[batch.count()];
      }
      Vector[] values = keys.of(batch);
      index.findFirst(values, batch, heads);
      if (kind == JoinKind.MARK) {
        for (int i = 0; i < batch.count(); i++) {
          nullKey[i] = JoinIndex.hasNull(values, batch.row(i));
        }
      }
      at = 0;
      extra = 0;
      chain = batch.count() > 0 ? heads[0] : -1;
    }

    @Override
    int propose(Batch batch, int[] probeOut, int[] storeOut, int max) {
      int n = 0;
      int count = batch.count();
      while (at < count) {
        int row = batch.row(at);
        while (chain >= 0) {
          if (n == max) {
            return n;
          }
          probeOut[n] = row;
          storeOut[n++] = chain;
          chain = index.nextRow(chain);
        }
        if (kind == JoinKind.MARK) {
          int added = proposeUnknown(row, probeOut, storeOut, n, max);
          n += added;
          if (n == max) {
            return n;
          }
        }
        at++;
        extra = 0;
        chain = at < count ? heads[at] : -1;
      }
      return n;
    }

    /// Pairs whose key comparison is unknown: every stored row for a null probe key, the rows with
    /// null keys for any other.
    private int proposeUnknown(int row, int[] probeOut, int[] storeOut, int from, int max) {
      boolean all = nullKey[at];
      int available = all ? rows.rows() : index.nullKeys();
      int n = 0;
      while (extra < available && from + n < max) {
        probeOut[from + n] = row;
        storeOut[from + n] = all ? extra : index.nullKeyRow(extra);
        n++;
        extra++;
      }
      return n;
    }
  }
}
