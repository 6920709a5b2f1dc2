package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.GraphAccess;
import io.sabot.plan.function.Kinds;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import java.util.HashSet;

/// Whether entities have labels.
final class LabelTestExpr implements VectorExpr {
  private final VectorExpr entity;
  private final LabelExpr labels;
  private final QueryRun run;
  private final Vector out;

  LabelTestExpr(VectorExpr entity, LabelExpr labels, QueryRun run) {
    this.entity = entity;
    this.labels = labels;
    this.run = run;
    this.out = new Vector(Physical.BOOL, run.memory());
  }

  @Override
  public Vector eval(Batch batch) {
    Vector in = entity.eval(batch);
    int rows = batch.rows();
    out.reset(rows);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long term = in.getLong(row);
      if (term == TermId.NULL) {
        out.setNull(row, rows);
      } else if (TermId.isEntity(term)) {
        out.setBool(row, labels.matches(new HashSet<>(run.evalContext().graph().labels(term))));
      } else {
        out.setBool(row, matchesRow(run.dictionary().decode(term)));
      }
    }
    return out;
  }

  /// Of a row of a table whose form in the graph is an IRI.
  private boolean matchesRow(Value term) {
    GraphAccess.MappedElement element =
        term instanceof Value.Iri iri ? run.evalContext().graph().element(iri) : null;
    if (element == null) {
      throw Errors.typeMismatch(Kinds.name(term), "a node or relationship", "a label test");
    }
    return labels.matches(new HashSet<>(element.labels()));
  }
}
