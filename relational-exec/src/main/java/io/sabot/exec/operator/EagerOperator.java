package io.sabot.exec.operator;

import io.sabot.exec.batch.RowStore;
import java.util.concurrent.atomic.AtomicInteger;

/// Takes in all rows before it delivers the first.
final class EagerOperator extends Operator {
  private final Operator input;
  private final RowStore rows;
  private final AtomicInteger next = new AtomicInteger();

  EagerOperator(Operator input, BuildContext context) {
    super(input.columns(), context);
    this.input = input;
    this.rows = new RowStore(kinds(columns()), run().memory());
  }

  @Override
  public void prepare() {
    input.prepare();
    drain(input, 1, (worker, batch) -> rows.append(batch));
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    return new StoredRows(rows, null, rows.rows(), next, columns(), context());
  }
}
