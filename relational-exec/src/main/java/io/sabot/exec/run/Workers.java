package io.sabot.exec.run;

import io.sabot.plan.error.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The threads that run the parallel parts of all queries of one database. Thread-safe.
public final class Workers implements AutoCloseable {
  private final int parallelism;
  private final ExecutorService pool;

  public Workers(int parallelism) {
    this.parallelism = parallelism;
    this.pool =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("sabot-worker-", 0).factory());
  }

  public int parallelism() {
    return parallelism;
  }

  /// Runs `count` tasks at once, one of them on the calling thread, and waits for all. The first
  /// failure is thrown after all have ended.
  public void runAll(int count, Task task) {
    if (count == 1) {
      task.run(0);
      return;
    }
    List<Future<?>> others = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      int worker = i;
      others.add(pool.submit(() -> task.run(worker)));
    }
    RuntimeException failure = null;
    try {
      task.run(0);
    } catch (RuntimeException failed) {
      failure = failed;
    }
    for (Future<?> other : others) {
      failure = join(other, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @org.jspecify.annotations.Nullable RuntimeException join(
      Future<?> other, @org.jspecify.annotations.Nullable RuntimeException failure) {
    while (true) {
      try {
        other.get();
        return failure;
      } catch (ExecutionException failed) {
        if (failure != null) {
          return failure;
        }
        return failed.getCause() instanceof RuntimeException cause
            ? cause
            : Errors.internal("a worker failed: " + failed.getCause(), failed.getCause());
      } catch (InterruptedException interrupted) {
        // Buffers are shared with the other workers, so they must have ended before we leave.
        Thread.currentThread().interrupt();
        failure = failure == null ? Errors.cancelled() : failure;
        Thread.interrupted();
      }
    }
  }

  /// A task, with its number from 0.
  @FunctionalInterface
  public interface Task {
    void run(int worker);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
