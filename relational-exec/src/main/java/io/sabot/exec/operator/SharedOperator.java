package io.sabot.exec.operator;

import io.sabot.plan.physical.PhysicalNode;
import java.util.concurrent.atomic.AtomicInteger;

/// A subplan of a repeated side that does not depend on the outer row: its rows are computed by the
/// first run and reused by the others.
final class SharedOperator extends Operator {
  private final PhysicalNode node;
  private final Operator input;
  private final AtomicInteger next = new AtomicInteger();

  SharedOperator(PhysicalNode node, Operator input, BuildContext context) {
    super(input.columns(), context);
    this.node = node;
    this.input = input;
  }

  @Override
  public void prepare() {
    if (!context().shared().containsKey(node)) {
      SpooledRows rows = new SpooledRows(columns(), this::spillFile, context());
      input.prepare();
      drain(input, 1, (worker, batch) -> rows.add(batch));
      context().shared().put(node, rows);
    }
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    SpooledRows rows = context().shared().get(node);
    if (rows == null) {
      throw new IllegalStateException("opened before it was prepared");
    }
    return rows.open(next);
  }
}
