package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.Functions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.GraphReader;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A property: of native entities in bulk by the store, of anything else by the function
/// `cy.property` (maps, temporal values) or row by row (rows of mapped tables).
final class PropertyExpr implements VectorExpr {
  private final VectorExpr owner;
  private final String key;
  private final Type type;
  private final QueryRun run;
  private final Vector out;
  private long[] entities = new long[Batch.ROWS_MAX];
  private int[] places = new int[Batch.ROWS_MAX];
  private @Nullable MemorySegment fetched;

  PropertyExpr(VectorExpr owner, String key, Type type, QueryRun run) {
    this.owner = owner;
    this.key = key;
    this.type = type;
    this.run = run;
    this.out = new Vector(type.physical(), run.memory());
  }

  @Override
  public Vector eval(Batch batch) {
    Vector in = owner.eval(batch);
    int rows = batch.rows();
    out.reset(rows);
    if (entities.length < rows) {
      entities = new long[rows];
      places = new int[rows];
    }
    int natives = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long term = in.getLong(row);
      if (TermId.isEntity(term) && TermId.template(term) == 0) {
        if (run.deletes() && run.isDeleted(term)) {
          throw Errors.deletedEntity();
        }
        entities[natives] = term;
        places[natives++] = row;
      } else {
        set(row, single(term), rows);
      }
    }
    fetch(natives, rows);
    return out;
  }

  private void fetch(int count, int rows) {
    if (count == 0) {
      return;
    }
    GraphReader graph = run.snapshot().graph();
    int keyId = graph.keyId(key);
    if (fetched == null || fetched.byteSize() < 8L * count) {
      fetched = run.memory().allocate(8L * Math.max(count, Batch.ROWS_MAX)).segment();
    }
    if (keyId >= 0) {
      graph.properties(entities, count, keyId, fetched, 0);
    }
    for (int i = 0; i < count; i++) {
      long term = keyId < 0 ? TermId.NULL : fetched.get(Vector.LONG, 8L * i);
      if (Forms.isTerm(type)) {
        out.setLong(places[i], term);
      } else {
        set(places[i], run.dictionary().decode(term), rows);
      }
    }
  }

  private Value single(long term) {
    if (term == TermId.NULL) {
      return Value.NULL;
    }
    if (TermId.isEntity(term)) {
      return run.evalContext().graph().property(term, key);
    }
    Function property = Functions.named("cy.property");
    Value[] args = {run.dictionary().decode(term), Value.of(key)};
    return property.evaluate(args, run.evalContext());
  }

  private void set(int row, Value value, int rows) {
    Cells.set(out, row, value, type, run.dictionary(), rows);
  }
}
