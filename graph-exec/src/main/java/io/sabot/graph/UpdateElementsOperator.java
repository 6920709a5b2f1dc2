package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.Value;
import java.util.HashSet;
import java.util.Set;

/// Changes properties and labels, with the effect of doing so row by row in order: a row sees what
/// earlier rows did.
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
    WriteOrder order = WriteOrder.of(node.writes());
    BatchStream updated =
        () -> {
          Batch batch = stream.next();
          if (batch == null) {
            return null;
          }
          run().check();
          writer.refresh();
          switch (order) {
            case EVALUATE_FIRST -> evaluateFirst(writer, batch);
            case WRITE_BY_WRITE -> {
              if (haveDifferentTargets(writer, batch)) {
                writeByWrite(writer, batch);
              } else {
                rowByRow(writer, batch);
              }
            }
            case ROW_BY_ROW -> rowByRow(writer, batch);
          }
          return batch;
        };
    return Columns.pick(updated, input.columns(), columns());
  }

  private void evaluateFirst(ElementWriter writer, Batch batch) {
    node.writes().forEach(write -> writer.evaluate(write, batch));
    for (int i = 0; i < batch.count(); i++) {
      for (GraphWrite write : node.writes()) {
        writer.write(write, batch, batch.row(i));
      }
    }
    run().wrote();
  }

  private void writeByWrite(ElementWriter writer, Batch batch) {
    for (GraphWrite write : node.writes()) {
      writer.refresh();
      for (int i = 0; i < batch.count(); i++) {
        writer.write(write, batch, batch.row(i));
      }
      run().wrote();
    }
  }

  private boolean haveDifferentTargets(ElementWriter writer, Batch batch) {
    Set<Value> targets = new HashSet<>();
    GraphWrite first = node.writes().getFirst();
    for (int i = 0; i < batch.count(); i++) {
      Value target = writer.targetOf(first, batch, batch.row(i));
      if (!target.isNull() && !targets.add(target)) {
        return false;
      }
    }
    return true;
  }

  private void rowByRow(ElementWriter writer, Batch batch) {
    int rows = batch.rows();
    int[] selection = batch.selection();
    int count = batch.count();
    int[] one = new int[1];
    for (int i = 0; i < count; i++) {
      run().check();
      one[0] = selection == null ? i : selection[i];
      batch.select(rows, one, 1);
      for (GraphWrite write : node.writes()) {
        writer.refresh();
        writer.write(write, batch, one[0]);
        run().wrote();
      }
    }
    batch.select(rows, selection, count);
  }
}
