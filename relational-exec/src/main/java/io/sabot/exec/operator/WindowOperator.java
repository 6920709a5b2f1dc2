package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.hash.Hashing;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.spill.SpillFile;
import io.sabot.exec.spill.SpillReader;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.EqMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Window functions: all rows are taken in; each call adds a column.
///
/// Where all calls have the same partitions, and rows do not fit in memory, they go to disk divided
/// by the hash of the partition keys, and each file is computed alone.
final class WindowOperator extends Operator {
  private final PhysicalNode.Window node;
  private final Operator input;
  private final boolean divisible;
  private final RowStore taken;
  private final List<WindowFunction> functions = new ArrayList<>();
  private final List<VectorExpr> keys = new ArrayList<>();
  private final List<KeyForm> forms = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final Deque<Part> parts = new ArrayDeque<>();
  private RowStore rows;
  private SpillFile @Nullable [] files;
  private @Nullable Partitions divided;
  private boolean onDisk;

  /// Some of the partitions.
  ///
  /// @param divides whether dividing it again promises to help
  private record Part(SpillFile file, int level, boolean divides) {}

  WindowOperator(PhysicalNode.Window node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    this.taken = new RowStore(kinds(input.columns()), run().memory());
    this.rows = taken;
    this.divisible = isDivisible(node.calls());
    if (divisible) {
      context.countSpiller();
    }
  }

  /// Whether rows of different partitions never meet. Terms are left out: the order that divides
  /// them into partitions is not that of their hashes.
  private static boolean isDivisible(List<WindowCall> calls) {
    List<Expr> partitions = calls.getFirst().partitionBy();
    return !partitions.isEmpty()
        && partitions.stream().allMatch(expr -> expr.type().physical() != Physical.TERM)
        && calls.stream().allMatch(call -> call.partitionBy().equals(partitions));
  }

  @Override
  public void prepare() {
    input.prepare();
    ExprCompiler compiler = compiler(input.columns());
    for (WindowCall call : node.calls()) {
      functions.add(new WindowFunction(call, compiler, run()));
    }
    if (divisible) {
      for (Expr expr : node.calls().getFirst().partitionBy()) {
        keys.add(compiler.compile(expr));
        forms.add(new KeyForm(expr.type().physical(), EqMode.SQL, run()));
      }
    }
    drain(input, 1, (worker, batch) -> take(batch, 0, divisible));
    if (!complete(Long.MAX_VALUE, 0)) {
      compute();
    }
  }

  /// Keeps the rows, or divides them and those before by files.
  private void take(Batch batch, int level, boolean divides) {
    if (divided == null && divides && taken.rows() > 0 && !fits(batch)) {
      files = Partitions.files(this::spillFile);
      divided = new Partitions(taken.kinds(), files, level, 1, run());
      StoredRows before =
          new StoredRows(
              taken, null, taken.rows(), new AtomicInteger(), input.columns(), context());
      Batch some;
      while ((some = before.next()) != null) {
        run().check();
        send(some, divided);
      }
      before.release();
      taken.release();
    }
    if (divided == null) {
      taken.append(batch);
    } else {
      send(batch, divided);
    }
  }

  private boolean fits(Batch batch) {
    long more = taken.growthBytes(batch.vectors(), batch.selection(), batch.count());
    long computing = 0;
    for (WindowFunction function : functions) {
      computing = Math.max(computing, function.bytesARow());
    }
    computing = (computing + 8L * functions.size()) * (taken.rows() + batch.count());
    return run().memory().mayGrow(taken.capacityBytes(), more + computing, 1);
  }

  private void send(Batch batch, Partitions to) {
    Vector[] values = new Vector[keys.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = forms.get(k).of(keys.get(k).eval(batch), batch);
    }
    long[] hashes = new long[batch.count()];
    Hashing.hash(values, batch, hashes);
    to.add(batch.vectors(), batch.selection(), batch.count(), hashes);
  }

  /// Whether the rows that were taken are in new files.
  ///
  /// @param from how many they are
  private boolean complete(long from, int level) {
    Partitions written = divided;
    SpillFile[] made = files;
    if (written == null || made == null) {
      return false;
    }
    written.finish();
    for (SpillFile file : made) {
      if (file.rows() > 0) {
        parts.push(new Part(file, level, file.rows() <= from / 8 * 7));
      }
    }
    divided = null;
    files = null;
    onDisk = true;
    return true;
  }

  /// Adds the columns of the calls to the rows taken.
  private void compute() {
    Vector[] vectors = new Vector[taken.columnCount() + functions.size()];
    System.arraycopy(taken.columns(), 0, vectors, 0, taken.columnCount());
    for (int f = 0; f < functions.size(); f++) {
      vectors[taken.columnCount() + f] = functions.get(f).compute(taken);
    }
    rows = new RowStore(vectors, taken.rows());
    next.set(0);
  }

  /// Goes on with the next rows on disk that fit in memory; false when there are none.
  private boolean nextPart(SpillReader reader) {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      rows.release();
      taken.release();
      boolean divides = part.divides && part.level < Partitions.LEVEL_MAX;
      reader.open(part.file);
      Batch batch;
      while ((batch = reader.next()) != null) {
        run().check();
        take(batch, part.level + 1, divides);
      }
      long count = part.file.rows();
      part.file.delete();
      if (!complete(count, part.level + 1)) {
        compute();
        return true;
      }
    }
    reader.release();
    return false;
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    rows.release();
    taken.release();
  }

  @Override
  public BatchStream open() {
    List<Column> produced = new ArrayList<>(input.columns());
    node.calls().forEach(call -> produced.add(call.out()));
    BatchStream stream = onDisk ? new FromDisk(produced) : stored(produced);
    return Columns.pick(stream, produced, columns());
  }

  private StoredRows stored(List<Column> produced) {
    return new StoredRows(rows, null, rows.rows(), next, produced, context());
  }

  /// A part after the other.
  private final class FromDisk implements BatchStream {
    private final List<Column> produced;
    private final SpillReader reader = new SpillReader(taken.kinds(), run().memory());
    private @Nullable StoredRows current;

    FromDisk(List<Column> produced) {
      this.produced = produced;
    }

    @Override
    public @Nullable Batch next() {
      while (true) {
        StoredRows some = current;
        Batch batch = some == null ? null : some.next();
        if (batch != null) {
          return batch;
        }
        if (some != null) {
          some.release();
        }
        current = null;
        if (!nextPart(reader)) {
          return null;
        }
        current = stored(produced);
      }
    }
  }
}
