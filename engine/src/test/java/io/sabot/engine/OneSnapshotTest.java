package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A transaction that only reads sees one state in all three languages while four writers commit
/// transactions over all three families. `-Dsabot.snapshot.seconds=60` sets how long.
class OneSnapshotTest {
  private static final Duration TIME =
      Duration.ofSeconds(Long.getLong("sabot.snapshot.seconds", 3));
  private static final int WRITERS = 4;

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong commits = new AtomicLong();

  @Test
  void threeLanguagesReadOneState() throws InterruptedException {
    try (Sabot database = Sabot.inMemory()) {
      try (Session setup = database.session()) {
        for (Accounts accounts : Accounts.values()) {
          accounts.create(setup);
        }
      }
      List<Thread> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        writers.add(Thread.ofPlatform().start(() -> write(database)));
      }
      long end = System.nanoTime() + TIME.toNanos();
      int transactions = 0;
      int changes = 0;
      long last = -1;
      while (System.nanoTime() < end && failure.get() == null) {
        long seen = read(database);
        changes += seen == last ? 0 : 1;
        last = seen;
        transactions++;
      }
      isOver.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
      if (failure.get() != null) {
        throw new AssertionError(failure.get());
      }
      System.out.printf(
          "%d read-only transactions over %d commits, %d different states%n",
          transactions, commits.get(), changes);
      assertThat(changes).isGreaterThan(1);
    }
  }

  private void write(Sabot database) {
    try {
      while (!isOver.get()) {
        database.transact(session -> {
          long next = Accounts.TABLE.amount(session, 1) + 1;
          for (Accounts accounts : Accounts.values()) {
            accounts.set(session, 1, next);
          }
          return next;
        });
        commits.incrementAndGet();
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  /// Reads all families twice, in opposite orders.
  private static long read(Sabot database) {
    try (Session session = database.begin()) {
      long first = Accounts.TABLE.amount(session, 1);
      assertThat(Accounts.GRAPH.amount(session, 1)).isEqualTo(first);
      assertThat(Accounts.QUADS.amount(session, 1)).isEqualTo(first);
      assertThat(Accounts.QUADS.total(session)).isEqualTo(first + 50);
      assertThat(Accounts.GRAPH.total(session)).isEqualTo(first + 50);
      assertThat(Accounts.TABLE.amount(session, 1)).isEqualTo(first);
      return first;
    }
  }
}
