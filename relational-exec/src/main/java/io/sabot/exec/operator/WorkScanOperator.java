package io.sabot.exec.operator;

import io.sabot.exec.batch.RowStore;
import io.sabot.plan.physical.PhysicalNode;
import java.util.concurrent.atomic.AtomicInteger;

/// The rows that the enclosing recursion added last.
final class WorkScanOperator extends Operator {
  private final PhysicalNode.WorkScan node;

  WorkScanOperator(PhysicalNode.WorkScan node, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
  }

  @Override
  public void prepare() {}

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    RowStore rows = context().work().get(node.workId());
    if (rows == null) {
      throw new IllegalStateException("no recursion " + node.workId());
    }
    return new StoredRows(rows, null, rows.rows(), new AtomicInteger(), columns(), context());
  }
}
