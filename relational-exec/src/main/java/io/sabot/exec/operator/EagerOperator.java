package io.sabot.exec.operator;

import java.util.concurrent.atomic.AtomicInteger;

/// Takes in all rows before it delivers the first.
final class EagerOperator extends Operator {
  private final Operator input;
  private final SpooledRows rows;
  private final AtomicInteger next = new AtomicInteger();

  EagerOperator(Operator input, BuildContext context) {
    super(input.columns(), context);
    this.input = input;
    this.rows = new SpooledRows(columns(), this::spillFile, context);
    context.countSpiller();
  }

  @Override
  public void prepare() {
    input.prepare();
    drain(input, 1, (worker, batch) -> rows.add(batch));
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    rows.release();
  }

  @Override
  public BatchStream open() {
    return rows.open(next);
  }
}
