package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Columns;
import io.sabot.exec.operator.Operator;
import io.sabot.plan.expr.Column;
import io.sabot.plan.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CONSTRUCT: the triples that the templates give, each once.
final class ConstructOperator extends Operator {
  private final PhysicalNode.ConstructTriples node;
  private final Operator input;
  private final List<Column> produced;

  ConstructOperator(PhysicalNode.ConstructTriples node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    this.produced = List.of(node.subject(), node.predicate(), node.object());
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
    return Columns.pick(new Triples(input.open()), produced, columns());
  }

  private final class Triples implements BatchStream {
    private final BatchStream stream;
    private final QuadTemplates templates =
        new QuadTemplates(node.templates(), compiler(input.columns()), run());
    private final Set<QuadTemplates.Quad> seen = new HashSet<>();
    private final Batch out = Terms.batch(produced, run());

    Triples(BatchStream stream) {
      this.stream = stream;
    }

    @Override
    public @Nullable Batch next() {
      Batch batch;
      while ((batch = stream.next()) != null) {
        run().check();
        List<QuadTemplates.Quad> fresh = new ArrayList<>();
        for (int i = 0; i < batch.count(); i++) {
          templates.fill(
              batch,
              batch.row(i),
              quad -> {
                if (seen.add(quad)) {
                  fresh.add(quad);
                }
              });
        }
        if (!fresh.isEmpty()) {
          return emit(fresh);
        }
      }
      return null;
    }

    private Batch emit(List<QuadTemplates.Quad> quads) {
      int rows = quads.size();
      Vector[] vectors = {out.vector(0), out.vector(1), out.vector(2)};
      for (Vector vector : vectors) {
        vector.reset(rows);
      }
      for (int row = 0; row < rows; row++) {
        QuadTemplates.Quad quad = quads.get(row);
        vectors[0].setLong(row, run().dictionary().encode(quad.subject()));
        vectors[1].setLong(row, run().dictionary().encode(quad.predicate()));
        vectors[2].setLong(row, run().dictionary().encode(quad.object()));
      }
      out.all(rows);
      return out;
    }
  }
}
