package io.sabot.exec.operator;

import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.Layout;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import io.sabot.plan.type.Physical;
import java.util.List;

/// One operator of one running query.
///
/// First {@link #prepare} runs on one thread and completes everything that must be complete before
/// rows flow: build sides, sorts, groups (each of which runs its own input on all workers). Then up
/// to {@link #streams} workers {@link #open} a stream each; together the streams deliver every row
/// once.
public abstract class Operator {
  private final List<Column> columns;
  private final BuildContext context;

  protected Operator(List<Column> columns, BuildContext context) {
    this.columns = List.copyOf(columns);
    this.context = context;
  }

  public final List<Column> columns() {
    return columns;
  }

  public abstract void prepare();

  public abstract BatchStream open();

  /// How many streams may be opened; 1 when the order of rows matters or the work cannot be split.
  public abstract int streams();

  protected final BuildContext context() {
    return context;
  }

  protected final QueryRun run() {
    return context.run();
  }

  /// A compiler for expressions over the rows of `input`.
  protected final ExprCompiler compiler(List<Column> input) {
    return new ExprCompiler(context.run(), new Layout(input, context.outer()));
  }

  protected static List<Physical> kinds(List<Column> columns) {
    return columns.stream().map(c -> c.type().physical()).toList();
  }

  /// The position of a column that must be there.
  public static int position(List<Column> columns, Column column) {
    int position = columns.indexOf(column);
    if (position < 0) {
      throw new IllegalStateException("column " + column + " is not among " + columns);
    }
    return position;
  }

  /// Pulls all batches of `input` on as many workers as it allows. `sink` gets the worker's number.
  protected final void drain(Operator input, int workersMax, Sink sink) {
    int workers = Math.max(1, Math.min(workersMax, input.streams()));
    BatchStream[] streams = new BatchStream[workers];
    for (int w = 0; w < workers; w++) {
      streams[w] = input.open();
    }
    run()
        .workers()
        .runAll(
            workers,
            worker -> {
              io.sabot.exec.batch.Batch batch;
              while ((batch = streams[worker].next()) != null) {
                run().check();
                sink.accept(worker, batch);
              }
            });
  }

  /// Receives the batches of a worker.
  @FunctionalInterface
  protected interface Sink {
    void accept(int worker, io.sabot.exec.batch.Batch batch);
  }
}
