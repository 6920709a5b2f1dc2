package io.sabot.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Threads move amounts between the nodes of a graph; the total is the same in every snapshot.
class StoreConcurrencyTest {
  private static final int ACCOUNTS = 12;
  private static final int THREADS = 4;
  private static final int TRANSFERS = 150;
  private static final long EACH = 100;

  @Test
  void noTransferIsLostOrHalf() throws InterruptedException {
    Random random = Seeded.random("StoreConcurrencyTest");
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    AtomicInteger conflicts = new AtomicInteger();
    try (Store store = Store.inMemory()) {
      long[] accounts = create(store);
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Random own = new Random(random.nextLong());
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    transferRepeatedly(store, accounts, own, conflicts);
                  } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failure.get()).isNull();
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(total(snapshot)).isEqualTo(ACCOUNTS * EACH);
        GraphReader graph = snapshot.graph();
        assertThat(graph.edgeCount()).isEqualTo(THREADS * TRANSFERS);
        assertThat(graph.nodeCount()).isEqualTo(ACCOUNTS);
      }
      System.out.println("conflicts: " + conflicts.get());
    }
  }

  private static long[] create(Store store) {
    long[] accounts = new long[ACCOUNTS];
    try (Transaction transaction = store.begin()) {
      GraphWriter graph = transaction.graph();
      int[] keys = {graph.keyId("amount")};
      for (int i = 0; i < ACCOUNTS; i++) {
        accounts[i] = graph.createNode(new int[0], keys, new long[] {TermId.ofInt(EACH)});
      }
      transaction.commit();
    }
    return accounts;
  }

  private static long total(Snapshot snapshot) {
    long total = 0;
    int key = snapshot.graph().keyId("amount");
    for (NodePartition partition : snapshot.graph().nodePartitions()) {
      for (Segment segment : partition.table().segments()) {
        ColumnChunk amounts = segment.column(key);
        for (int row = 0; row < segment.rowCount(); row++) {
          total += segment.isLive(row) ? TermId.intValue(amounts.longAt(row)) : 0;
        }
      }
    }
    return total;
  }

  private static void transferRepeatedly(
      Store store, long[] accounts, Random random, AtomicInteger conflicts) {
    for (int i = 0; i < TRANSFERS; ) {
      long from = accounts[random.nextInt(ACCOUNTS)];
      long to = accounts[random.nextInt(ACCOUNTS)];
      if (from == to) {
        continue;
      }
      try (Transaction transaction = store.begin()) {
        transfer(transaction, from, to, random.nextInt(10));
        transaction.commit();
        i++;
      } catch (QueryException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
        conflicts.incrementAndGet();
      }
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(total(snapshot)).isEqualTo(ACCOUNTS * EACH);
      }
    }
  }

  private static void transfer(Transaction transaction, long from, long to, long amount) {
    GraphReader before = transaction.view().graph();
    int key = before.keyId("amount");
    long source = TermId.intValue(before.property(from, key));
    long target = TermId.intValue(before.property(to, key));
    GraphWriter graph = transaction.graph();
    graph.setProperty(from, key, TermId.ofInt(source - amount));
    graph.setProperty(to, key, TermId.ofInt(target + amount));
    graph.createEdge(graph.typeId("PAID"), from, to, new int[0], new long[0]);
    assertThat(total(transaction.view())).isEqualTo(ACCOUNTS * EACH);
  }
}
