package io.sabot.exec.operator;

import io.sabot.plan.expr.Column;
import java.util.List;

/// The root: the result columns in the order the user asked for.
final class OutputOperator extends Operator {
  private final Operator input;

  OutputOperator(Operator input, List<Column> columns, BuildContext context) {
    super(columns, context);
    this.input = input;
  }

  @Override
  protected void narrow(Column column, KeyFilter filter) {
    narrow(input, column, filter);
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int streams() {
    return input.streams();
  }

  @Override
  public void release() {
    input.release();
  }

  @Override
  public BatchStream open() {
    return Columns.pick(input.open(), input.columns(), columns());
  }
}
