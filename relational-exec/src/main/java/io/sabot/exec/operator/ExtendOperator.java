package io.sabot.exec.operator;

import io.sabot.plan.expr.Column;
import java.util.ArrayList;
import java.util.List;

/// What operators share that look something up for each row of their input: none, one or many rows
/// for each, with the columns of the input and more. As many streams as the input has.
public abstract class ExtendOperator extends Operator {
  protected final Operator input;

  /// The columns of the input, then those that are added.
  protected final List<Column> produced;

  /// @param delivered what the plan asks for, some of `produced`
  protected ExtendOperator(
      List<Column> delivered, Operator input, List<Column> added, BuildContext context) {
    super(delivered, context);
    this.input = input;
    List<Column> all = new ArrayList<>(input.columns());
    all.addAll(added);
    this.produced = List.copyOf(all);
  }

  /// A stream of `produced` over one of the input's.
  protected abstract BatchStream extend(BatchStream stream);

  @Override
  protected void narrow(Column column, KeyFilter filter) {
    narrow(input, column, filter);
  }

  @Override
  public final void prepare() {
    input.prepare();
  }

  @Override
  public final int streams() {
    return input.streams();
  }

  @Override
  public final void release() {
    input.release();
  }

  @Override
  public final BatchStream open() {
    return Columns.pick(extend(input.open()), produced, columns());
  }
}
