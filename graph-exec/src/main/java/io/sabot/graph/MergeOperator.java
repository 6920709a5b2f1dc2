package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.exec.operator.OuterRows;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// MERGE: for each row the matches of the pattern, or else the pattern created. A row sees what the
/// rows before it created.
final class MergeOperator extends Operator {
  private final PhysicalNode.Merge node;
  private final Operator input;
  private final List<Column> produced;
  private final List<Column> bound;

  MergeOperator(PhysicalNode.Merge node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    Set<Column> fresh = new LinkedHashSet<>();
    node.create().forEach(e -> fresh.add(e.out()));
    fresh.addAll(node.match().columns());
    input.columns().forEach(fresh::remove);
    this.bound = List.copyOf(fresh);
    this.produced = new ArrayList<>(input.columns());
    produced.addAll(bound);
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
    Batch single = Terms.batch(produced, run());
    ElementWriter writer = new ElementWriter(run(), compiler(produced));
    RowStore results = new RowStore(kinds(produced), run().memory());
    Batch out = new Batch(results.columns());
    BatchStream merged =
        () -> {
          Batch batch = stream.next();
          if (batch == null) {
            return null;
          }
          results.clear();
          for (int i = 0; i < batch.count(); i++) {
            run().check();
            merge(batch, batch.row(i), single, writer, results);
          }
          out.all(results.rows());
          return out;
        };
    return Columns.pick(merged, produced, columns());
  }

  private void merge(Batch batch, int row, Batch single, ElementWriter writer, RowStore results) {
    var outer = OuterRows.of(node.outer(), input.columns(), batch, row, context());
    Operator match = context().with(outer).build(node.match());
    match.prepare();
    RowStore matches = new RowStore(kinds(match.columns()), run().memory());
    drain(match, 1, (worker, found) -> matches.append(found));
    if (matches.rows() == 0) {
      prepareRow(batch, row, single);
      create(single, writer);
      results.append(single);
    } else {
      for (int m = 0; m < matches.rows(); m++) {
        prepareRow(batch, row, single);
        bind(match.columns(), matches, m, single);
        apply(node.onMatch(), single, writer);
        results.append(single);
      }
    }
    matches.release();
  }

  /// A batch of one row: the input columns, and nulls for the columns that MERGE binds.
  private void prepareRow(Batch batch, int row, Batch single) {
    int[] one = {row};
    int width = input.columns().size();
    for (int c = 0; c < width; c++) {
      single.vector(c).gather(batch.vector(c), one, 1);
    }
    for (int c = width; c < produced.size(); c++) {
      Terms.nulls(single.vector(c), 1);
    }
    single.all(1);
  }

  private void bind(List<Column> columns, RowStore matches, int row, Batch single) {
    for (int c = 0; c < columns.size(); c++) {
      int place = bound.indexOf(columns.get(c));
      if (place >= 0) {
        Vector target = single.vector(input.columns().size() + place);
        target.gather(matches.column(c), new int[] {row}, 1);
      }
    }
  }

  private void create(Batch single, ElementWriter writer) {
    for (GraphElement element : node.create()) {
      writer.refresh();
      int column = input.columns().size() + bound.indexOf(element.out());
      long id = writer.create(element, single, 0, true);
      Vector target = single.vector(column);
      target.reset(1);
      Value value = run().dictionary().decode(id);
      Cells.set(target, 0, value, produced.get(column).type(), run().dictionary(), 1);
    }
    run().wrote();
    apply(node.onCreate(), single, writer);
  }

  private void apply(List<GraphWrite> writes, Batch single, ElementWriter writer) {
    for (GraphWrite write : writes) {
      writer.refresh();
      writer.write(write, single, 0);
      run().wrote();
    }
  }
}
