package io.sabot.exec.operator;

import io.sabot.plan.expr.Column;
import java.util.List;

/// A stream that exists already, as the input of another operator.
final class StreamOperator extends Operator {
  private final BatchStream stream;

  StreamOperator(BatchStream stream, List<Column> columns, BuildContext context) {
    super(columns, context);
    this.stream = stream;
  }

  @Override
  public void prepare() {}

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    return stream;
  }
}
