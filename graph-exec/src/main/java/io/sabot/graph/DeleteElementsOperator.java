package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.exec.run.MappedWrites;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Kinds;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.Value;
import org.jspecify.annotations.Nullable;

/// Deletes nodes, edges and the elements of paths.
final class DeleteElementsOperator extends Operator {
  private final PhysicalNode.DeleteElements node;
  private final Operator input;
  private @Nullable MappedWrites rows;

  DeleteElementsOperator(PhysicalNode.DeleteElements node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
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
    ElementWriter writer = new ElementWriter(run(), compiler(input.columns()));
    BatchStream deleted =
        () -> {
          Batch batch = stream.next();
          if (batch == null) {
            return null;
          }
          run().check();
          Value[][] targets = new Value[node.targets().size()][batch.count()];
          for (int t = 0; t < targets.length; t++) {
            Expr target = node.targets().get(t);
            for (int i = 0; i < batch.count(); i++) {
              targets[t][i] = writer.value(target, batch, batch.row(i));
            }
          }
          for (int i = 0; i < batch.count(); i++) {
            for (Value[] target : targets) {
              delete(target[i]);
            }
          }
          run().wrote();
          run().deleted();
          return batch;
        };
    return Columns.pick(deleted, input.columns(), columns());
  }

  private void delete(Value target) {
    if (rows().isRow(target)) {
      deleteRow(target);
      return;
    }
    switch (target) {
      case Value.Null _ -> {}
      case Value.EdgeRef(long edge) -> {
        if (run().transaction().graph().deleteEdge(edge)) {
          run().counts().edgesDeleted.incrementAndGet();
        }
      }
      case Value.NodeRef(long id) -> deleteNode(id);
      case Value.PathValue(var nodes, var edges) -> {
        edges.forEach(this::delete);
        nodes.forEach(this::delete);
      }
      default ->
          throw Errors.typeMismatch(Kinds.name(target), "a node, relationship or path", "DELETE");
    }
  }

  private void deleteRow(Value target) {
    boolean edge = rows().isEdge(target);
    if (rows().delete(target, node.detach())) {
      (edge ? run().counts().edgesDeleted : run().counts().nodesDeleted).incrementAndGet();
    }
  }

  private MappedWrites rows() {
    MappedWrites known = rows;
    if (known == null) {
      known = new MappedWrites(run());
      rows = known;
    }
    return known;
  }

  private void deleteNode(long id) {
    long edges = run().transaction().graph().deleteNode(id, node.detach());
    if (edges >= 0) {
      run().counts().nodesDeleted.incrementAndGet();
      run().counts().edgesDeleted.addAndGet(edges);
    }
  }
}
