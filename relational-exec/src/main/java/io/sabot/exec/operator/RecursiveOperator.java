package io.sabot.exec.operator;

import io.sabot.exec.batch.RowStore;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Recursive queries: the step runs over the rows that the last one added until it adds none.
final class RecursiveOperator extends Operator {
  private final PhysicalNode.Recursive node;
  private final Operator init;
  private final SpooledRows rows;
  private final KeyTable seen;
  private final List<KeyForm> forms = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  RecursiveOperator(PhysicalNode.Recursive node, Operator init, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.init = init;
    this.rows = new SpooledRows(columns(), this::spillFile, context);
    context.countSpiller();
    this.seen = new KeyTable(kinds(columns()), run().memory());
    columns().forEach(c -> forms.add(new KeyForm(c.type().physical(), EqMode.SQL, run())));
  }

  @Override
  public void prepare() {
    init.prepare();
    RowStore added = take(init);
    while (added.rows() > 0) {
      run().check();
      context().work().put(node.workId(), added);
      Operator step = context().build(node.step());
      step.prepare();
      added = take(step);
    }
    context().work().remove(node.workId());
  }

  /// Appends the new rows of an operator to the result and returns them. Columns go by position.
  private RowStore take(Operator operator) {
    RowStore added = new RowStore(kinds(columns()), run().memory());
    drain(
        operator,
        1,
        (worker, batch) -> {
          if (node.distinct()) {
            DistinctOperator.keepNew(batch, seen, forms);
          }
          if (batch.count() > 0) {
            added.append(batch);
            rows.add(batch);
          }
        });
    return added;
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    rows.release();
    seen.release();
  }

  @Override
  public BatchStream open() {
    return rows.open(next);
  }
}
