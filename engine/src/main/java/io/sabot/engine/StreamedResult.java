package io.sabot.engine;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Rows of a running query, converted a batch at a time.
final class StreamedResult implements Result {
  private final List<String> columns;
  private final List<Type> types;
  private final ResultForm form;
  private final QueryRun run;
  private final BatchStream stream;
  private final Runnable onClose;

  /// How a value is shown: SPARQL shows entities by IRI.
  private final java.util.function.UnaryOperator<Value> presentation;

  private final org.apache.arrow.memory.BufferAllocator allocator;
  private @Nullable Batch batch;
  private int index;
  private boolean closed;

  StreamedResult(
      List<String> columns,
      List<Type> types,
      ResultForm form,
      QueryRun run,
      BatchStream stream,
      org.apache.arrow.memory.BufferAllocator allocator,
      java.util.function.UnaryOperator<Value> presentation,
      Runnable onClose) {
    this.columns = List.copyOf(columns);
    this.types = List.copyOf(types);
    this.form = form;
    this.run = run;
    this.stream = stream;
    this.allocator = allocator;
    this.presentation = presentation;
    this.onClose = onClose;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<Type> types() {
    return types;
  }

  @Override
  public ResultForm form() {
    return form;
  }

  @Override
  public Summary summary() {
    return Summary.of(run.counts());
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      return false;
    }
    try {
      while (batch == null || index >= batch.count()) {
        batch = stream.next();
        index = 0;
        if (batch == null) {
          close();
          return false;
        }
      }
      return true;
    } catch (RuntimeException | Error failed) {
      close();
      throw QueryRunner.asQueryException(failed);
    }
  }

  @Override
  public Row next() {
    Batch current = batch;
    if (!hasNext() || (current = batch) == null) {
      throw new NoSuchElementException();
    }
    try {
      return row(current, current.row(index++));
    } catch (RuntimeException failed) {
      close();
      throw QueryRunner.asQueryException(failed);
    }
  }

  private Row row(Batch current, int row) {
    List<Value> values = new ArrayList<>(types.size());
    List<@Nullable Object> objects = new ArrayList<>(types.size());
    for (int c = 0; c < types.size(); c++) {
      Value value =
          presentation.apply(Cells.get(current.vector(c), row, types.get(c), run.dictionary()));
      values.add(value);
      objects.add(JavaValues.toJava(value, run.evalContext().graph()));
    }
    return new Row(
        columns, Collections.unmodifiableList(objects), Collections.unmodifiableList(values));
  }

  @Override
  public ArrowBatches arrow() {
    return new ArrowExport(columns, types, stream::next, run.dictionary(), allocator);
  }

  @Override
  public void cancel() {
    run.cancel();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
