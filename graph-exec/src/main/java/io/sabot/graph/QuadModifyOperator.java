package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.QuadWriter;
import java.util.ArrayList;
import java.util.List;

/// DELETE and INSERT of quads: all rows are evaluated first, then all deletes are done, then all
/// inserts (SPARQL 1.1 Update §3.1.3). Delivers no rows.
final class QuadModifyOperator extends Operator {
  private final PhysicalNode.QuadModify node;
  private final Operator input;

  QuadModifyOperator(PhysicalNode.QuadModify node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
  }

  @Override
  public void prepare() {
    input.prepare();
    List<QuadTemplates.Quad> deletes = new ArrayList<>();
    List<QuadTemplates.Quad> inserts = new ArrayList<>();
    QuadTemplates toDelete = new QuadTemplates(node.deletes(), compiler(input.columns()), run());
    QuadTemplates toInsert = new QuadTemplates(node.inserts(), compiler(input.columns()), run());
    drain(
        input,
        1,
        (worker, batch) -> {
          for (int i = 0; i < batch.count(); i++) {
            toDelete.fill(batch, batch.row(i), deletes::add);
            toInsert.fill(batch, batch.row(i), inserts::add);
          }
        });
    QuadWriter writer = run().transaction().quads();
    deletes.forEach(quad -> delete(writer, quad));
    inserts.forEach(quad -> insert(writer, quad));
    run().wrote();
  }

  private void delete(QuadWriter writer, QuadTemplates.Quad quad) {
    long[] ids = {
      run().dictionary().encode(quad.graph()),
      run().dictionary().encode(quad.subject()),
      run().dictionary().encode(quad.predicate()),
      run().dictionary().encode(quad.object())
    };
    for (int i = 0; i < ids.length; i++) {
      ids[i] = run().dictionary().canonical(ids[i]);
      if (TermId.isLocal(ids[i])) {
        return;
      }
    }
    writer.delete(ids[0], ids[1], ids[2], ids[3]);
    run().counts().quadsDeleted.incrementAndGet();
  }

  private void insert(QuadWriter writer, QuadTemplates.Quad quad) {
    writer.insert(
        stored(quad.graph()),
        stored(quad.subject()),
        stored(quad.predicate()),
        stored(quad.object()));
    run().counts().quadsInserted.incrementAndGet();
  }

  private long stored(Value value) {
    return value.isNull() ? 0 : run().intern(run().dictionary().encode(value));
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    return QuadModifyOperator::nothing;
  }

  private static @org.jspecify.annotations.Nullable Batch nothing() {
    return null;
  }
}
