package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.List;

/// Creates elements for each row, in order, and binds them.
final class CreateElementsOperator extends Operator {
  private final PhysicalNode.CreateElements node;
  private final Operator input;
  private final List<Column> produced;

  CreateElementsOperator(PhysicalNode.CreateElements node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    this.produced = new ArrayList<>(input.columns());
    node.elements().forEach(e -> produced.add(e.out()));
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
    Batch out = Terms.batch(produced, run());
    ElementWriter writer = new ElementWriter(run(), compiler(produced));
    int width = input.columns().size();
    BatchStream created =
        () -> {
          Batch batch = stream.next();
          if (batch == null) {
            return null;
          }
          run().check();
          for (int c = 0; c < width; c++) {
            out.setVector(c, batch.vector(c));
          }
          out.select(batch.rows(), batch.selection(), batch.count());
          for (int e = 0; e < node.elements().size(); e++) {
            writer.refresh();
            create(writer, node.elements().get(e), out, width + e);
          }
          run().wrote();
          return out;
        };
    return Columns.pick(created, produced, columns());
  }

  private static void create(ElementWriter writer, GraphElement element, Batch out, int column) {
    out.vector(column).reset(out.rows());
    for (int i = 0; i < out.count(); i++) {
      int row = out.row(i);
      out.vector(column).setLong(row, writer.create(element, out, row, false));
    }
  }
}
