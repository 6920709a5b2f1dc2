package io.sabot.jdbc;

import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Rows of a query that computes them while they are read.
final class LiveRows implements RowCursor {
  private final Result result;
  private final ReentrantLock lock;
  private final Consumer<LiveRows> onClose;

  /// What was read ahead so that something else could run.
  private @Nullable Queue<List<@Nullable Object>> buffered;

  private @Nullable QueryException failed;
  private boolean closed;

  /// @param lock that of the connection
  LiveRows(Result result, ReentrantLock lock, Consumer<LiveRows> onClose) {
    this.result = result;
    this.lock = lock;
    this.onClose = onClose;
  }

  @Override
  public List<String> names() {
    return result.columns();
  }

  @Override
  public List<Type> types() {
    return result.types();
  }

  @Override
  public @Nullable List<@Nullable Object> next() throws SQLException {
    lock.lock();
    try {
      if (buffered != null) {
        List<@Nullable Object> row = buffered.poll();
        if (row == null && failed != null) {
          throw failed;
        }
        return row;
      }
      return result.hasNext() ? result.next().objects() : null;
    } catch (QueryException broken) {
      close();
      throw SqlErrors.of(broken);
    } finally {
      lock.unlock();
    }
  }

  /// Reads all that is left into memory: the transaction that it belongs to is about to change. A
  /// failure shows where the rows end.
  void buffer() {
    if (buffered != null) {
      return;
    }
    Queue<List<@Nullable Object>> rest = new ArrayDeque<>();
    try {
      while (result.hasNext()) {
        Row row = result.next();
        rest.add(row.objects());
      }
    } catch (QueryException broken) {
      failed = broken;
    }
    buffered = rest;
    result.close();
  }

  @Override
  public void cancel() {
    result.cancel();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        result.close();
        onClose.accept(this);
      }
    } finally {
      lock.unlock();
    }
  }
}
