package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs plans one after the other, each to its end; delivers the rows of the last. A part is built
/// only when the one before has ended, so it sees what that wrote.
final class SequenceOperator extends Operator {
  private final List<PhysicalNode> parts;
  private @Nullable Operator last;

  SequenceOperator(List<PhysicalNode> parts, List<Column> columns, BuildContext context) {
    super(columns, context);
    this.parts = parts;
  }

  @Override
  public void prepare() {
    for (int i = 0; i < parts.size(); i++) {
      Operator part = context().build(parts.get(i));
      part.prepare();
      if (i == parts.size() - 1) {
        last = part;
      } else {
        drain(part, 1, (worker, batch) -> {});
      }
    }
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    Operator part = last;
    if (part == null) {
      return SequenceOperator::nothing;
    }
    return Columns.pick(part.open(), part.columns(), columns());
  }

  private static @Nullable Batch nothing() {
    return null;
  }
}
