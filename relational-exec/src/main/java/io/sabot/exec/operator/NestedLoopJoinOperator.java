package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Joins without an equality to hash on: every left row with every stored right row.
///
/// Right rows that do not fit in memory are on disk, and are taken a block at a time; then the left
/// rows are kept too, because all of them pass each block.
final class NestedLoopJoinOperator extends Operator {
  private final PhysicalNode.NestedLoopJoin node;
  private final ProbeKind kind;
  private final Operator left;
  private final Operator right;
  private final SpooledRows stored;
  private final SpooledRows passed;
  private final @Nullable MatchSet storedMatches;

  NestedLoopJoinOperator(
      PhysicalNode.NestedLoopJoin node, Operator left, Operator right, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.left = left;
    this.right = right;
    this.stored = new SpooledRows(right.columns(), this::spillFile, context);
    this.passed = new SpooledRows(left.columns(), this::spillFile, context);
    this.kind = ProbeKind.of(node.kind(), false);
    this.storedMatches = kind.deliversStored() ? new MatchSet() : null;
    context.countSpiller();
  }

  @Override
  public void prepare() {
    right.prepare();
    drain(right, 1, (worker, batch) -> stored.add(batch));
    left.prepare();
    if (stored.isOnDisk()) {
      drain(left, 1, (worker, batch) -> passed.add(batch));
    } else if (storedMatches != null) {
      storedMatches.reset(stored.inMemory().rows());
    }
  }

  @Override
  public int streams() {
    return storedMatches == null && !stored.isOnDisk() ? left.streams() : 1;
  }

  @Override
  public void release() {
    left.release();
    stored.release();
    passed.release();
  }

  @Override
  public BatchStream open() {
    List<Column> produced = pair();
    VectorExpr condition =
        node.condition().equals(Expr.TRUE)
            ? null
            : compiler(produced).compileAs(node.condition(), Type.BOOL);
    BatchStream stream =
        stored.isOnDisk()
            ? new Blocks(condition)
            : new Loop(left.open(), condition, stored.inMemory());
    return Columns.pick(
        stream,
        JoinColumns.delivered(kind, left.columns(), right.columns(), node.mark()),
        columns());
  }

  private List<Column> pair() {
    List<Column> pair = new ArrayList<>(left.columns());
    pair.addAll(right.columns());
    return pair;
  }

  /// All left rows with each block of right rows in turn.
  private final class Blocks implements BatchStream {
    private final RowStore block = new RowStore(kinds(right.columns()), run().memory());
    private final BatchStream source = stored.open(new AtomicInteger());
    private final Loop loop;
    private final CarriedOutcomes outcomes;
    private @Nullable Batch pending = source.next();
    private boolean looping;

    Blocks(@Nullable VectorExpr condition) {
      loop = new Loop(() -> null, condition, block);
      outcomes = new CarriedOutcomes(passed.count(), run().memory());
    }

    @Override
    public @Nullable Batch next() {
      while (true) {
        Batch batch = looping ? loop.next() : null;
        if (batch != null) {
          return batch;
        }
        if (pending == null) {
          block.release();
          return null;
        }
        fill();
        if (storedMatches != null) {
          storedMatches.reset(block.rows());
        }
        outcomes.startPass(pending == null);
        loop.reopen(passed.open(new AtomicInteger()), storedMatches, outcomes);
        looping = true;
      }
    }

    private void fill() {
      block.release();
      Batch batch = pending;
      while (batch != null) {
        run().check();
        long more = block.growthBytes(batch.vectors(), batch.selection(), batch.count());
        boolean fits = run().memory().mayGrow(block.capacityBytes(), more, 1);
        if (!fits && block.rows() > 0) {
          break;
        }
        block.append(batch);
        batch = source.next();
      }
      pending = batch;
    }
  }

  private final class Loop extends JoinStream {
    private final RowStore rows;
    private int at;
    private int inner;

    Loop(BatchStream probe, @Nullable VectorExpr condition, RowStore rows) {
      super(
          kind,
          probe,
          JoinColumns.vectors(left.columns(), run().memory()),
          JoinColumns.vectors(right.columns(), run().memory()),
          JoinColumns.wanted(pair(), node.condition(), columns()),
          condition,
          storedMatches,
          context());
      this.rows = rows;
    }

    @Override
    RowStore store() {
      return rows;
    }

    @Override
    void start(Batch batch) {
      at = 0;
      inner = 0;
    }

    @Override
    int propose(Batch batch, int[] probeOut, int[] storeOut, int max) {
      int n = 0;
      int total = rows.rows();
      while (at < batch.count() && total > 0) {
        int row = batch.row(at);
        while (inner < total) {
          if (n == max) {
            return n;
          }
          probeOut[n] = row;
          storeOut[n++] = inner++;
        }
        at++;
        inner = 0;
      }
      return n;
    }
  }
}
