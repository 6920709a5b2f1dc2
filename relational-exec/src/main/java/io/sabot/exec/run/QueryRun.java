package io.sabot.exec.run;

import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.EvalContext;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.Snapshot;
import io.sabot.store.Transaction;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One execution of one query. Shared by its workers; thread-safe except where a method says so.
public final class QueryRun implements AutoCloseable {
  private final Snapshot base;
  private final @Nullable Transaction transaction;
  private final QueryMemory memory;
  private final QueryDictionary dictionary;
  private final Workers workers;
  private final Map<String, Value> parameters;
  private final Outside outside;
  private final EvalContext evalContext;
  private final long deadlineNanos;
  private final RunLimits limits;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final UpdateCounts counts = new UpdateCounts();
  private final Queue<Runnable> closings = new ConcurrentLinkedQueue<>();
  private @Nullable Snapshot view;
  private volatile boolean deletes;

  /// @param transaction null for a read-only query
  public QueryRun(
      Snapshot base,
      @Nullable Transaction transaction,
      QueryMemory memory,
      Workers workers,
      Map<String, Value> parameters,
      Outside outside,
      EvalSettings settings,
      RunLimits limits) {
    this.base = base;
    this.transaction = transaction;
    this.memory = memory;
    this.dictionary = new QueryDictionary(base.dictionary(), memory);
    this.workers = workers;
    this.parameters = Map.copyOf(parameters);
    this.outside = outside;
    this.limits = limits;
    long millis = limits.timeoutMillis();
    this.deadlineNanos = millis == 0 ? 0 : System.nanoTime() + millis * 1_000_000L;
    this.evalContext = new RunContext(this, settings);
  }

  /// What this query reads now: within a transaction, its own writes so far included. A scan takes
  /// it when it opens.
  public synchronized Snapshot snapshot() {
    if (transaction == null) {
      return base;
    }
    if (view == null) {
      view = transaction.view();
    }
    return view;
  }

  /// The transaction to write to; ends the validity of the view for scans that open later.
  public Transaction transaction() {
    if (transaction == null) {
      throw new io.sabot.plan.error.QueryException(
          io.sabot.plan.error.ErrorCode.READ_ONLY,
          null,
          "this query writes, but the transaction is read-only",
          "");
    }
    return transaction;
  }

  /// Must be called after writing, so that later scans see it.
  public synchronized void wrote() {
    view = null;
  }

  /// What this query read before it wrote anything.
  Snapshot base() {
    return base;
  }

  /// Must be called after deleting nodes or edges.
  public void deleted() {
    deletes = true;
  }

  /// Whether this query deleted the node or edge.
  public boolean isDeleted(long entity) {
    return deletes && TermId.isEntity(entity) && transaction().graph().isDeleted(entity);
  }

  public boolean deletes() {
    return deletes;
  }

  /// The store's identifier for a value about to be written.
  public long intern(long termId) {
    if (!TermId.isInDictionary(termId) || !TermId.isLocal(termId)) {
      return termId;
    }
    long known = dictionary.canonical(termId);
    if (known != termId) {
      return known;
    }
    long stored = transaction().intern(dictionary.decode(termId));
    dictionary.rename(termId, stored);
    return stored;
  }

  /// A number for a blank node that no other has.
  public long freshBlankNumber() {
    return evalContext.random().nextLong(Long.MAX_VALUE);
  }

  /// How many rows an operator hands on at once, at most.
  public int batchRows() {
    return limits.batchRows();
  }

  public QueryMemory memory() {
    return memory;
  }

  public QueryDictionary dictionary() {
    return dictionary;
  }

  public Workers workers() {
    return workers;
  }

  public EvalContext evalContext() {
    return evalContext;
  }

  public Outside outside() {
    return outside;
  }

  public UpdateCounts counts() {
    return counts;
  }

  public Value parameter(String name) {
    Value value = parameters.get(name);
    if (value == null) {
      throw Errors.missingParameter(null, name);
    }
    return value;
  }

  public void cancel() {
    cancelled.set(true);
  }

  /// Fails when the query was cancelled or has run out of time. Called at least once a batch.
  public void check() {
    if (cancelled.get()) {
      throw Errors.cancelled();
    }
    if (deadlineNanos != 0 && System.nanoTime() - deadlineNanos > 0) {
      throw Errors.timeout(limits.timeoutMillis());
    }
  }

  /// Has something closed when the run is over, if it is not by then: closing twice must do no
  /// harm.
  public void closeAtEnd(Runnable close) {
    closings.add(close);
  }

  @Override
  public void close() {
    cancelled.set(true);
    Runnable closing;
    while ((closing = closings.poll()) != null) {
      closing.run();
    }
    memory.close();
  }
}
