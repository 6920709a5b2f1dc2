package io.sabot.engine;

import io.sabot.engine.io.Documents;
import io.sabot.engine.io.FileTables;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.exec.operator.BatchStream;
import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Operator;
import io.sabot.exec.operator.Profile;
import io.sabot.exec.run.EvalSettings;
import io.sabot.exec.run.Outside;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.run.RunLimits;
import io.sabot.optimizer.Optimizer;
import io.sabot.optimizer.PhaseListener;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.store.Savepoint;
import io.sabot.store.Snapshot;
import io.sabot.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Runs bound queries: plan, execute, and, for one that writes, commit.
final class QueryRunner {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final SplittableRandom SEEDS = new SplittableRandom(System.nanoTime());

  private final Sabot database;
  private final Options options;
  private final @Nullable Instant transactionStart;
  private final Consumer<QueryRun> onStart;
  private final Map<Integer, Long> numbers;

  /// @param transactionStart when the open transaction started, null when there is none
  /// @param onStart is handed each run before it starts, so that another thread can cancel it
  /// @param numbers what the session got last of each sequence
  QueryRunner(
      Sabot database,
      Options options,
      @Nullable Instant transactionStart,
      Consumer<QueryRun> onStart,
      Map<Integer, Long> numbers) {
    this.database = database;
    this.options = options;
    this.transactionStart = transactionStart;
    this.onStart = onStart;
    this.numbers = numbers;
  }

  /// The catalog of a snapshot as the session presents it.
  @FunctionalInterface
  interface Catalogs {
    Catalog of(Snapshot snapshot);
  }

  /// @param key under which the plan is kept, if the query only reads
  Result run(
      Statement.Query query,
      ColumnAllocator columns,
      Map<String, Value> parameters,
      @Nullable Transaction open,
      Catalogs catalogs,
      PlanCache.@Nullable Key key) {
    boolean writes = Writes.any(query.plan()) && query.mode() != Mode.EXPLAIN;
    if (writes) {
      return open == null
          ? inOwnTransaction(query, columns, parameters, catalogs)
          : wholly(query, columns, parameters, open, catalogs);
    }
    Snapshot snapshot = open == null ? database.store().snapshot() : open.view();
    Runnable release = open == null ? snapshot::close : () -> {};
    try {
      Catalog catalog = catalogs.of(snapshot);
      if (query.mode() == Mode.EXPLAIN) {
        String text =
            Explain.phases(
                query.plan(), query.planForm(), catalog, database.planning(options), columns);
        release.run();
        return Rows.plan(text, query.planForm());
      }
      PlanCache.Planned planned = new PlanCache.Planned(query, plan(query, catalog, columns));
      // Between binding and planning somebody may have committed.
      boolean isKnown = key != null && key.version() == snapshot.version();
      if (isKnown && query.mode() == Mode.RUN && !readsFiles(query.plan())) {
        database.plans().put(Objects.requireNonNull(key), planned);
      }
      return read(planned, parameters, snapshot, open, catalog, release);
    } catch (RuntimeException | Error failed) {
      release.run();
      throw asQueryException(failed);
    }
  }

  /// Runs a query whose plan was made for this state of the store.
  Result again(
      PlanCache.Planned planned,
      Map<String, Value> parameters,
      Snapshot snapshot,
      Catalogs catalogs) {
    try {
      Catalog catalog = catalogs.of(snapshot);
      return read(planned, parameters, snapshot, null, catalog, snapshot::close);
    } catch (RuntimeException | Error failed) {
      snapshot.close();
      throw asQueryException(failed);
    }
  }

  private Result read(
      PlanCache.Planned planned,
      Map<String, Value> parameters,
      Snapshot snapshot,
      @Nullable Transaction open,
      Catalog catalog,
      Runnable release) {
    Statement.Query query = planned.query();
    PhysicalNode.Output plan = planned.plan();
    QueryRun run = newRun(snapshot, open, parameters, catalog);
    Runnable close =
        () -> {
          run.close();
          release.run();
        };
    try {
      Profile profile = query.mode() == Mode.PROFILE ? new Profile() : null;
      Operator root = build(plan, run, profile);
      root.prepare();
      BatchStream stream = root.open();
      if (profile != null) {
        while (stream.next() != null) {
          run.check();
        }
        String text = Explain.profile(plan, query.planForm(), profile, run);
        close.run();
        return Rows.plan(text, query.planForm());
      }
      return new StreamedResult(
          names(plan),
          types(plan),
          query.form(),
          run,
          stream,
          database.allocator(),
          presentation(query, catalog),
          close);
    } catch (RuntimeException | Error failed) {
      run.close();
      throw failed;
    }
  }

  /// A statement within a longer transaction: all of it or, when it fails, nothing.
  private Result wholly(
      Statement.Query query,
      ColumnAllocator columns,
      Map<String, Value> parameters,
      Transaction open,
      Catalogs catalogs) {
    Savepoint before = open.savepoint();
    try {
      return written(query, columns, parameters, open, catalogs);
    } catch (RuntimeException failed) {
      open.rollbackTo(before);
      throw failed;
    }
  }

  private Result inOwnTransaction(
      Statement.Query query,
      ColumnAllocator columns,
      Map<String, Value> parameters,
      Catalogs catalogs) {
    try (Transaction own = database.store().begin(options.isolation())) {
      Result result = written(query, columns, parameters, own, catalogs);
      own.commit();
      return result;
    }
  }

  /// Runs a statement that writes to its end.
  private Result written(
      Statement.Query query,
      ColumnAllocator columns,
      Map<String, Value> parameters,
      Transaction transaction,
      Catalogs catalogs) {
    Snapshot view = transaction.view();
    Catalog catalog = catalogs.of(view);
    PhysicalNode.Output plan = plan(query, catalog, columns);
    try (QueryRun run = newRun(view, transaction, parameters, catalog)) {
      Profile profile = query.mode() == Mode.PROFILE ? new Profile() : null;
      Operator root = build(plan, run, profile);
      root.prepare();
      StreamedResult streamed =
          new StreamedResult(
              names(plan),
              types(plan),
              query.form(),
              run,
              root.open(),
              database.allocator(),
              presentation(query, catalog),
              () -> {});
      List<Row> rows = streamed.toList();
      transaction.checkConstraints();
      if (profile != null) {
        String text = Explain.profile(plan, query.planForm(), profile, run);
        return Rows.plan(text, query.planForm());
      }
      return new Rows(names(plan), types(plan), query.form(), Summary.of(run.counts()), rows);
    } catch (RuntimeException | Error failed) {
      throw asQueryException(failed);
    }
  }

  /// A file may be another one at the next run.
  private static boolean readsFiles(LogicalNode plan) {
    return plan instanceof LogicalNode.FileScan
        || plan.inputs().stream().anyMatch(QueryRunner::readsFiles);
  }

  private static UnaryOperator<Value> presentation(Statement.Query query, Catalog catalog) {
    return query.entitiesAsIris() ? new GraphMapping(catalog)::asIri : UnaryOperator.identity();
  }

  private PhysicalNode.Output plan(
      Statement.Query query, Catalog catalog, ColumnAllocator columns) {
    PhysicalNode plan =
        Optimizer.plan(
            query.plan(), catalog, database.planning(options), columns, PhaseListener.NONE);
    if (query.mode() != Mode.EXPLAIN) {
      MaterializedViews.checkPopulated(plan, catalog);
    }
    return (PhysicalNode.Output) plan;
  }

  private static List<String> names(PhysicalNode.Output plan) {
    return plan.outputs().stream().map(o -> o.name()).toList();
  }

  private static List<Type> types(PhysicalNode.Output plan) {
    return plan.columns().stream().map(c -> c.type()).toList();
  }

  private Operator build(PhysicalNode plan, QueryRun run, @Nullable Profile profile) {
    return BuildContext.root(run, database.operators(), profile).build(plan);
  }

  private QueryRun newRun(
      Snapshot snapshot,
      @Nullable Transaction transaction,
      Map<String, Value> parameters,
      Catalog catalog) {
    QueryMemory memory =
        new QueryMemory(
            database.allocator(),
            "query-" + NUMBER.incrementAndGet(),
            options.memoryLimitBytes(),
            database.spillFiles(options.spilling()));
    SplittableRandom random;
    synchronized (SEEDS) {
      random = SEEDS.split();
    }
    Instant now = Instant.now();
    EvalSettings settings =
        new EvalSettings(
            now,
            transactionStart == null ? now : transactionStart,
            InstantSource.system(),
            options.zone(),
            random,
            "http://sabot.local/",
            numbers);
    QueryRun run =
        new QueryRun(
            snapshot,
            transaction,
            memory,
            database.workers(),
            parameters,
            new Outside(
                new Calls(database.procedures(), options.access(), catalog),
                new Documents(options.access()),
                new FileTables(options.access())),
            settings,
            new RunLimits(options.timeout().toMillis(), options.batchRows()));
    onStart.accept(run);
    return run;
  }

  /// What the user sees of a failure: our own errors as they are, anything else as an internal
  /// error.
  static RuntimeException asQueryException(Throwable failed) {
    return switch (failed) {
      case QueryException known -> known;
      case OutOfMemoryError _ -> Errors.memoryLimit(Runtime.getRuntime().maxMemory());
      case StackOverflowError deep ->
          new QueryException(
              io.sabot.plan.error.ErrorCode.UNSUPPORTED,
              null,
              "the query is nested too deeply",
              "make it smaller",
              "",
              deep);
      default -> Errors.internal("internal error: " + failed, failed);
    };
  }
}
