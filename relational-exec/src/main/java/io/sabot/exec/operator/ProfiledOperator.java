package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;

/// Counts what an operator delivers and how long it takes.
final class ProfiledOperator extends Operator {
  private final Operator inner;
  private final Profile.Figures figures;

  ProfiledOperator(Operator inner, PhysicalNode node, Profile profile, BuildContext context) {
    super(inner.columns(), context);
    this.inner = inner;
    this.figures = profile.of(node);
    inner.countSpilledTo(figures.spilledBytes());
  }

  @Override
  protected void narrow(Column column, KeyFilter filter) {
    inner.narrow(column, filter);
  }

  @Override
  public void prepare() {
    long start = System.nanoTime();
    inner.prepare();
    figures.nanos().addAndGet(System.nanoTime() - start);
  }

  @Override
  public void release() {
    inner.release();
  }

  @Override
  public BatchStream open() {
    BatchStream stream = inner.open();
    return () -> {
      long start = System.nanoTime();
      Batch batch = stream.next();
      figures.nanos().addAndGet(System.nanoTime() - start);
      if (batch != null) {
        figures.rows().addAndGet(batch.count());
        figures.batches().incrementAndGet();
      }
      return batch;
    };
  }

  @Override
  public int streams() {
    return inner.streams();
  }
}
