package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import java.util.List;

/// Keeps the rows for which a predicate is true.
final class FilterOperator extends Operator {
  private final Operator input;
  private final Expr predicate;

  FilterOperator(Operator input, Expr predicate, List<Column> columns, BuildContext context) {
    super(columns, context);
    this.input = input;
    this.predicate = predicate;
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
    BatchStream stream = input.open();
    Selector selector = Selector.of(predicate, compiler(input.columns()), run());
    BatchStream filtered =
        () -> {
          Batch batch;
          while ((batch = stream.next()) != null) {
            if (selector.select(batch) > 0) {
              return batch;
            }
          }
          return null;
        };
    return Columns.pick(filtered, input.columns(), columns());
  }
}
