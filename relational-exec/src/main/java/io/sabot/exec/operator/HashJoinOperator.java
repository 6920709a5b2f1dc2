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
/// When the left side is the build side, the join runs with the sides swapped: LEFT as RIGHT, SEMI
/// and ANTI by marking the stored rows that something matches. A MARK join also proposes pairs with
/// null keys, because their condition is unknown, not false.
///
/// The keys of the build side narrow the scans of the other side, where a row without a match
/// leaves no trace ({@link KeyFilter}).
///
/// A build side that does not fit in memory is a {@link SpilledJoin}.
final class HashJoinOperator extends Operator {
  private final PhysicalNode.HashJoin node;
  private final Operator probe;
  private final Operator build;
  private final boolean swapped;
  private final ProbeKind kind;
  private final BuildSide side;
  private final List<KeyFilter> filters = new ArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private @Nullable SpilledJoin spilled;

  HashJoinOperator(
      PhysicalNode.HashJoin node, Operator left, Operator right, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.swapped = node.buildLeft();
    this.probe = swapped ? right : left;
    this.build = swapped ? left : right;
    this.kind = ProbeKind.of(node.kind(), swapped);
    this.side = newSide();
    context.countSpiller();
  }

  BuildSide newSide() {
    return new BuildSide(kinds(build.columns()), keyKinds(), deliversStored(), run().memory());
  }

  ProbeKind kind() {
    return kind;
  }

  List<Physical> buildKinds() {
    return kinds(build.columns());
  }

  List<Physical> probeKinds() {
    return kinds(probe.columns());
  }

  boolean deliversStored() {
    return kind.deliversStored();
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
    readBuild();
    SpilledJoin onDisk = spilled;
    if (onDisk == null) {
      side.complete();
      narrowProbe();
    }
    probe.prepare();
    if (onDisk != null) {
      prepareProbe(onDisk);
    }
  }

  /// Tells the other side which keys have a match.
  private void narrowProbe() {
    if (!kind.dropsProbe()) {
      return;
    }
    for (int k = 0; k < node.keys().size(); k++) {
      JoinKey key = node.keys().get(k);
      if (isWord(key) && probeKey(key) instanceof Expr.Col(Column column)) {
        KeyFilter filter = KeyFilter.of(side.index().keyColumn(k), side.index().keys(), run());
        if (filter != null) {
          filters.add(filter);
          probe.narrow(column, filter);
        }
      }
    }
  }

  /// Whether each row of the result has the columns of a stored row.
  private boolean carriesStored() {
    return kind == ProbeKind.INNER || kind == ProbeKind.RIGHT || kind.isStoredOnly();
  }

  private static boolean isWord(JoinKey key) {
    return keyType(key).physical() == Physical.LONG;
  }

  /// Rows of either side of an equality need a key that the other side may have.
  @Override
  protected void narrow(Column column, KeyFilter filter) {
    boolean fromProbe = probe.columns().contains(column);
    if (fromProbe && !kind.keepsUnmatchedStored()) {
      probe.narrow(column, filter);
    } else if (!fromProbe && carriesStored()) {
      narrow(build, column, filter);
    }
    if (kind != ProbeKind.INNER) {
      return;
    }
    for (JoinKey key : node.keys()) {
      if (isWord(key)
          && key.left() instanceof Expr.Col(Column left)
          && key.right() instanceof Expr.Col(Column right)) {
        if (column.equals(probeKey(key) == key.left() ? left : right)) {
          build.narrow(column.equals(left) ? right : left, filter);
        } else if (column.equals(left) || column.equals(right)) {
          probe.narrow(column.equals(left) ? right : left, filter);
        }
      }
    }
  }

  /// Reads the build side on all workers; one at a time stores what it has read.
  private void readBuild() {
    int workers = Math.max(1, Math.min(run().workers().parallelism(), build.streams()));
    Keys[] keys = new Keys[workers];
    for (int w = 0; w < workers; w++) {
      keys[w] = buildKeys();
    }
    drain(
        build,
        workers,
        (worker, batch) -> {
          Vector[] values = keys[worker].of(batch);
          store(values, needsNullKeys() ? batch : withoutNullKeys(values, batch));
        });
  }

  private synchronized void store(Vector[] keys, Batch batch) {
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
    return kind == ProbeKind.MARK || kind.keepsUnmatchedStored();
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
    return probe.streams();
  }

  @Override
  public void release() {
    probe.release();
    side.clear();
    filters.forEach(KeyFilter::release);
    filters.clear();
  }

  @Override
  public BatchStream open() {
    BatchStream stream;
    if (spilled == null) {
      running.incrementAndGet();
      stream = newProbe(probe.open(), side, running);
    } else {
      stream = spilled.open(newProbe(() -> null, side, null));
    }
    List<Column> delivered =
        JoinColumns.delivered(kind, probe.columns(), build.columns(), node.mark());
    return Columns.pick(stream, delivered, columns());
  }

  private Probe newProbe(
      BatchStream stream, BuildSide stored, @Nullable AtomicInteger streamsLeft) {
    List<Column> pair = new ArrayList<>(probe.columns());
    pair.addAll(build.columns());
    Expr condition = condition();
    VectorExpr compiled =
        condition.equals(Expr.TRUE) ? null : compiler(pair).compileAs(condition, Type.BOOL);
    boolean[] wanted = JoinColumns.wanted(pair, condition, columns());
    return new Probe(stream, wanted, compiled, stored, streamsLeft);
  }

  /// The condition to test on pairs: the residual, and for MARK the keys too, three-valued.
  private Expr condition() {
    List<Expr> conjuncts = new ArrayList<>();
    if (kind == ProbeKind.MARK) {
      for (JoinKey key : node.keys()) {
        conjuncts.add(
            ComparisonFunctions.compare(
                ComparisonFunctions.Op.EQ, ComparisonFunctions.Rules.SQL, key.left(), key.right()));
      }
    }
    conjuncts.add(node.residual());
    return LogicFunctions.and(conjuncts);
  }

  /// The rows of one side beside those stored of the other.
  final class Probe extends JoinStream {
    private final Keys keys = probeKeys();
    private final @Nullable AtomicInteger streamsLeft;

    /// Whether the first match of a probe row says all.
    private final boolean oneIsEnough;

    /// Whether a match marks all rows of its key at once.
    private final boolean marksKeys;

    private RowStore rows;
    private JoinIndex index;
    private @Nullable MatchSet matches;
    private boolean isUnique;

    private int[] heads = new int[Batch.ROWS_MAX];
    private boolean[] nullKey = new boolean[Batch.ROWS_MAX];
    private int at;
    private int chain;
    private int extra;

    /// Whether this stream has counted itself out of {@link #streamsLeft}, and was the last.
    private boolean ended;

    private boolean last;

    /// @param streamsLeft how many streams still read probe rows of the same store; null for a
    ///   stream that has its stores to itself
    Probe(
        BatchStream stream,
        boolean[] wanted,
        @Nullable VectorExpr condition,
        BuildSide stored,
        @Nullable AtomicInteger streamsLeft) {
      super(
          kind,
          stream,
          JoinColumns.vectors(probe.columns(), run().memory()),
          JoinColumns.vectors(build.columns(), run().memory()),
          wanted,
          condition,
          stored.matches(),
          context());
      this.rows = stored.rows();
      this.index = stored.index();
      this.matches = stored.matches();
      this.isUnique = index.isUnique();
      this.streamsLeft = streamsLeft;
      this.marksKeys = condition == null && kind.isStoredOnly();
      this.oneIsEnough = condition == null && (kind == ProbeKind.SEMI || kind == ProbeKind.ANTI);
    }

    @Override
    boolean deliversTail() {
      if (streamsLeft != null && !ended) {
        ended = true;
        last = streamsLeft.decrementAndGet() == 0;
      }
      return streamsLeft == null || last;
    }

    /// Starts again, with other rows on both sides.
    void reopen(BatchStream stream, BuildSide stored, @Nullable CarriedOutcomes outcomes) {
      rows = stored.rows();
      index = stored.index();
      matches = stored.matches();
      isUnique = index.isUnique();
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
      if (kind == ProbeKind.MARK) {
        for (int i = 0; i < batch.count(); i++) {
          nullKey[i] = JoinIndex.hasNull(values, batch.row(i));
        }
      }
      at = 0;
      extra = 0;
      chain = batch.count() > 0 ? head(0) : -1;
    }

    /// The first stored row to pair the `i`-th row with. Where only marking is left to do, all rows
    /// of a key have been marked when the first one is.
    private int head(int i) {
      int head = heads[i];
      boolean done = head >= 0 && marksKeys && matches != null && matches.get(head);
      return done ? -1 : head;
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
          chain = oneIsEnough || isUnique ? -1 : index.nextRow(chain);
        }
        if (kind == ProbeKind.MARK) {
          int added = proposeUnknown(row, probeOut, storeOut, n, max);
          n += added;
          if (n == max) {
            return n;
          }
        }
        at++;
        extra = 0;
        chain = at < count ? head(at) : -1;
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
