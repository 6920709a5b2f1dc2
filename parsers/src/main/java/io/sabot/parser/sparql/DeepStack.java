package io.sabot.parser.sparql;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Parses long texts on a thread with a stack for them: ARQ's rule for a list of triples calls
/// itself for each, so an `INSERT DATA` of ten thousand overflows the stack that a thread has.
final class DeepStack {
  private static final int CHARACTERS_MAX = 1 << 15;
  private static final long BYTES_A_CHARACTER = 1 << 7;
  private static final long BYTES_MAX = 1L << 32;

  private DeepStack() {}

  /// Does some work that may call itself for every few characters of a text.
  static void run(String text, Runnable work) {
    if (text.length() <= CHARACTERS_MAX) {
      work.run();
      return;
    }
    FutureTask<Void> task = new FutureTask<>(work, null);
    long bytes = Math.min(BYTES_MAX, text.length() * BYTES_A_CHARACTER);
    new Thread(null, task, "sparql-parser", bytes).start();
    try {
      task.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while parsing", stopped);
    }
  }
}
