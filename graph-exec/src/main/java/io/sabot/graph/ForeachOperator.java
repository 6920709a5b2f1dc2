package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.exec.operator.OuterRows;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.Map;

/// Runs updates for each element of a list; keeps its input rows.
final class ForeachOperator extends Operator {
  private final PhysicalNode.Foreach node;
  private final Operator input;

  ForeachOperator(PhysicalNode.Foreach node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    BatchStream stream = input.open();
    ElementWriter values = new ElementWriter(run(), compiler(input.columns()));
    BatchStream done =
        () -> {
          Batch batch = stream.next();
          if (batch == null) {
            return null;
          }
          for (int i = 0; i < batch.count(); i++) {
            int row = batch.row(i);
            if (values.value(node.list(), batch, row) instanceof Value.ListValue(var items)) {
              Map<Column, Value> outer =
                  OuterRows.of(node.outer(), input.columns(), batch, row, context());
              items.forEach(item -> runBody(outer, item));
            }
          }
          return batch;
        };
    return Columns.pick(done, input.columns(), columns());
  }

  private void runBody(Map<Column, Value> outer, Value item) {
    run().check();
    Map<Column, Value> all = new HashMap<>(outer);
    all.put(node.element(), item);
    Operator body = context().with(all).build(node.body());
    body.prepare();
    drain(body, 1, (worker, batch) -> {});
  }
}
