package io.sabot.exec.operator;

import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.Layout;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.SpillFile;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Column;
import io.sabot.plan.type.Physical;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One operator of one running query.
///
/// First {@link #prepare} runs on one thread and completes everything that must be complete before
/// rows flow: build sides, sorts, groups (each of which runs its own input on all workers). Then up
/// to {@link #streams} workers {@link #open} a stream each; together the streams deliver every row
/// once.
public abstract class Operator {
  private final List<Column> columns;
  private final BuildContext context;
  private AtomicLong spilledBytes = new AtomicLong();
  private @Nullable String title;

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

  /// Rows whose `column` is not among the keys of `filter` will not be missed: an operator may
  /// leave them out, or tell its inputs. Called before {@link #prepare}, at most once for a filter
  /// and a column. The default leaves all in.
  protected void narrow(Column column, KeyFilter filter) {}

  /// Tells an input, if the column is one of its.
  protected static void narrow(Operator input, Column column, KeyFilter filter) {
    if (input.columns().contains(column)) {
      input.narrow(column, filter);
    }
  }

  /// Gives back what it holds, and what its inputs hold, once every stream has been read to its
  /// end. The default is for operators that hold nothing but their batches, and have no input.
  public void release() {}

  /// Counts what the operator writes to disk there, instead of for itself.
  final void countSpilledTo(AtomicLong counter) {
    spilledBytes = counter;
  }

  /// A new file for rows that do not fit in memory.
  final SpillFile spillFile() {
    return run().memory().spill().create(title().replace(' ', '-'), spilledBytes);
  }

  /// What the operator is called in an error, as `hash join`.
  final String title() {
    String known = title;
    if (known == null) {
      String words = getClass().getSimpleName().replaceAll("([A-Z])", " $1");
      known = words.replace("Operator", "").strip().toLowerCase(Locale.ROOT);
      title = known;
    }
    return known;
  }

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

  /// Pulls all batches of `input` on as many workers as it allows, and then has it release what it
  /// holds. `sink` gets the worker's number.
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
                accept(sink, worker, batch);
              }
            });
    input.release();
  }

  private void accept(Sink sink, int worker, io.sabot.exec.batch.Batch batch) {
    try {
      sink.accept(worker, batch);
    } catch (QueryException failed) {
      throw failed.code() == ErrorCode.MEMORY_LIMIT ? Errors.memoryLimit(failed, title()) : failed;
    }
  }

  /// Receives the batches of a worker.
  @FunctionalInterface
  protected interface Sink {
    void accept(int worker, io.sabot.exec.batch.Batch batch);
  }
}
