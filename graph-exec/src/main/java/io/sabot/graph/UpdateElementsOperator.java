package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.physical.PhysicalNode;

/// Changes properties and labels, row by row in order, so that a row sees what earlier rows did.
final class UpdateElementsOperator extends Operator {
  private final PhysicalNode.UpdateElements node;
  private final Operator input;

  UpdateElementsOperator(PhysicalNode.UpdateElements node, Operator input, BuildContext context) {
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
    ElementWriter writer = new ElementWriter(run(), compiler(input.columns()));
    BatchStream updated =
        () -> {
          Batch batch = stream.next();
          if (batch == null) {
            return null;
          }
          int rows = batch.rows();
          int[] selection = batch.selection();
          int count = batch.count();
          int[] one = new int[1];
          for (int i = 0; i < count; i++) {
            run().check();
            one[0] = selection == null ? i : selection[i];
            batch.select(rows, one, 1);
            for (GraphWrite write : node.writes()) {
              writer.write(write, batch, one[0]);
              run().wrote();
            }
          }
          batch.select(rows, selection, count);
          return batch;
        };
    return Columns.pick(updated, input.columns(), columns());
  }
}
