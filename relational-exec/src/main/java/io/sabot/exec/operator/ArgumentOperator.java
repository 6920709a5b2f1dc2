package io.sabot.exec.operator;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// The outer row of the enclosing `Apply`, `Merge` or `Foreach`, as one row.
final class ArgumentOperator extends Operator {
  ArgumentOperator(List<Column> columns, BuildContext context) {
    super(columns, context);
  }

  @Override
  public void prepare() {}

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    List<Expr> row = new ArrayList<>();
    for (Column column : columns()) {
      Value value = context().outer().get(column);
      if (value == null) {
        throw new IllegalStateException("no outer column " + column);
      }
      row.add(new Expr.Lit(value, column.type()));
    }
    return new ValuesOperator(columns(), List.of(row), context()).open();
  }
}
