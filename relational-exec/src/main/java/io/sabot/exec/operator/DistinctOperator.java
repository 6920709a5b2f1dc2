package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.List;

/// Lets a row pass when no equal one did before; keeps the order of the input. When the rows seen
/// do not fit in memory, {@link DistinctRows} finds the rest on disk.
final class DistinctOperator extends Operator {
  private final Operator input;
  private final EqMode mode;

  DistinctOperator(Operator input, EqMode mode, List<Column> columns, BuildContext context) {
    super(columns, context);
    this.input = input;
    this.mode = mode;
    context.countSpiller();
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
  public void release() {
    input.release();
  }

  @Override
  public BatchStream open() {
    BatchStream stream = Columns.pick(input.open(), input.columns(), columns());
    return new DistinctRows(stream, kinds(columns()), mode, this::spillFile, run());
  }

  /// Narrows the batch to the rows whose key was not in the table, which has it afterwards.
  static int keepNew(Batch batch, KeyTable table, List<KeyForm> forms) {
    int[] numbers = new int[batch.count()];
    int[] kept = new int[batch.count()];
    Vector[] keys = keys(batch, forms);
    int expected = table.size();
    table.findOrAdd(keys, batch, numbers);
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (numbers[i] == expected) {
        kept[count++] = batch.row(i);
        expected++;
      }
    }
    batch.select(batch.rows(), kept, count);
    return count;
  }

  /// The first columns of a batch in the form in which they are compared.
  static Vector[] keys(Batch batch, List<KeyForm> forms) {
    Vector[] keys = new Vector[forms.size()];
    for (int c = 0; c < keys.length; c++) {
      keys[c] = forms.get(c).of(batch.vector(c), batch);
    }
    return keys;
  }

  static List<KeyForm> forms(List<Physical> kinds, EqMode mode, QueryRun run) {
    List<KeyForm> forms = new ArrayList<>();
    kinds.forEach(kind -> forms.add(new KeyForm(kind, mode, run)));
    return forms;
  }
}
