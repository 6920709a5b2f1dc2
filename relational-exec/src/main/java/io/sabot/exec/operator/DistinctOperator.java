package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.plan.expr.Column;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.List;

/// Lets a row pass when no equal one did before; keeps the order of the input.
final class DistinctOperator extends Operator {
  private final Operator input;
  private final EqMode mode;

  DistinctOperator(Operator input, EqMode mode, List<Column> columns, BuildContext context) {
    super(columns, context);
    this.input = input;
    this.mode = mode;
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
    BatchStream stream = Columns.pick(input.open(), input.columns(), columns());
    KeyTable table = new KeyTable(kinds(columns()), run().memory());
    List<KeyForm> forms = new ArrayList<>();
    columns().forEach(c -> forms.add(new KeyForm(c.type().physical(), mode, run())));
    return () -> {
      Batch batch;
      while ((batch = stream.next()) != null) {
        run().check();
        if (keepNew(batch, table, forms) > 0) {
          return batch;
        }
      }
      return null;
    };
  }

  /// Narrows the batch to the rows whose key was not in the table, which has it afterwards.
  static int keepNew(Batch batch, KeyTable table, List<KeyForm> forms) {
    int[] numbers = new int[batch.count()];
    int[] kept = new int[batch.count()];
    Vector[] keys = new Vector[forms.size()];
    for (int c = 0; c < keys.length; c++) {
      keys[c] = forms.get(c).of(batch.vector(c), batch);
    }
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
}
