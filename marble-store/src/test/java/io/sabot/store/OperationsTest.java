package io.sabot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.SimulatedWorld.Fault;
import io.sabot.store.kv.KvHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Check, backup, restore, and what a store does when its disk fails.
class OperationsTest {
  @TempDir private Path directory;

  private static int fill(Store store) {
    int table = TestTables.create(store);
    try (Transaction transaction = store.begin()) {
      for (int i = 0; i < 3000; i++) {
        TestTables.insert(transaction, table, TestTables.row(i, "row " + i, null));
        long term = transaction.intern(new Value.Iri("urn:" + i));
        transaction.quads().insert(0, term, term, transaction.intern(new Value.Str("v" + i)));
      }
      GraphWriter graph = transaction.graph();
      int[] keys = {graph.keyId("v")};
      long previous = 0;
      for (int i = 0; i < 500; i++) {
        long node = graph.createNode(new int[0], keys, new long[] {TermId.ofInt(i)});
        if (previous != 0) {
          graph.createEdge(graph.typeId("NEXT"), previous, node, new int[0], new long[0]);
        }
        previous = node;
      }
      transaction.commit();
    }
    return table;
  }

  @Test
  void checkFindsNothingInAStoreThatIsWhole() {
    try (Store store = Store.inMemory()) {
      int table = fill(store);
      try (Transaction transaction = store.begin()) {
        TestTables.delete(transaction, table, 5, 6, 7);
        TestTables.rename(transaction, table, 8, "another");
        transaction.commit();
      }
      List<String> steps = new ArrayList<>();
      assertThat(store.check(steps::add)).isEmpty();
      assertThat(steps).contains("graph", "quads", "dictionary");
      store.compact();
      assertThat(store.check(steps::add)).isEmpty();
    }
  }

  @Test
  void checkFindsAByteThatChanged() throws IOException {
    Path home = directory.resolve("damaged");
    try (Store store = Store.open(home, StoreOptions.defaults())) {
      fill(store);
      store.compact();
    }
    Path largest = largest(home.resolve("data"));
    byte[] bytes = Files.readAllBytes(largest);
    bytes[bytes.length / 3] ^= 0x10;
    Files.write(largest, bytes);
    // Depending on where the byte is, the store does not even open.
    try (Store store = Store.open(home, StoreOptions.defaults())) {
      assertThat(store.check(step -> {})).isNotEmpty();
    } catch (QueryException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.CORRUPTION);
    }
  }

  private static Path largest(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files
          .filter(f -> f.toString().endsWith(".sst"))
          .max(java.util.Comparator.comparingLong(f -> f.toFile().length()))
          .orElseThrow();
    }
  }

  @Test
  void aBackupIsOneStateWhileOthersWrite() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    Path backup = directory.resolve("backup");
    Path restored = directory.resolve("restored");
    int table;
    try (Store store = Store.open(directory.resolve("live"), StoreOptions.defaults())) {
      table = fill(store);
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                for (long i = 10_000; !isOver.get(); i++) {
                  try (Transaction transaction = store.begin()) {
                    TestTables.insert(transaction, table, TestTables.row(i, "late " + i, null));
                    long term = transaction.intern(new Value.Iri("urn:late" + i));
                    transaction.quads().insert(0, term, term, term);
                    transaction.commit();
                  }
                }
              });
      Thread.sleep(200);
      store.backup(backup);
      isOver.set(true);
      writer.join();
      assertThatThrownBy(() -> store.backup(backup)).isInstanceOf(QueryException.class);
    }
    Store.restore(backup, restored);
    try (Store store = Store.open(restored, StoreOptions.defaults());
        Snapshot snapshot = store.snapshot()) {
      assertThat(store.check(step -> {})).isEmpty();
      assertThat(snapshot.quads().size()).isEqualTo(snapshot.table(table).rowCount());
      assertThat(snapshot.table(table).rowCount()).isGreaterThan(3000);
    }
    Path largest = largest(backup.resolve("data"));
    byte[] bytes = Files.readAllBytes(largest);
    bytes[0] ^= 1;
    Files.write(largest, bytes);
    assertThatThrownBy(() -> Store.restore(backup, directory.resolve("other")))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPTION));
    assertThat(directory.resolve("other")).doesNotExist();
  }

  @Test
  void aStoreWhoseDiskFailsCanBeReadAndLosesNothing() {
    SimulatedWorld world = new SimulatedWorld(new Random(1));
    KvHome home = KvHome.memory();
    StoreOptions options = StoreOptions.defaults().withWorld(world).withHome(home);
    Path path = Path.of("/simulated");
    int table;
    try (Store store = Store.open(path, options)) {
      table = fill(store);
      world.plan(Fault.FORCE_ERROR, 0);
      assertThatThrownBy(() -> insert(store, table, 5000))
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_ERROR));
      assertThat(TestTables.names(store, table)).hasSize(3000);
      assertThatThrownBy(() -> insert(store, table, 5001))
          .isInstanceOfSatisfying(
              QueryException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.READ_ONLY);
                assertThat(e.message()).contains("read-only after an error");
              });
    }
    world.repair();
    try (Store store = Store.open(path, options)) {
      assertThat(TestTables.names(store, table)).hasSizeBetween(3000, 3001);
      insert(store, table, 5002);
      assertThat(TestTables.names(store, table)).containsKey(5002L);
    }
    home.close();
  }

  private static void insert(Store store, int table, long id) {
    try (Transaction transaction = store.begin()) {
      TestTables.insert(transaction, table, TestTables.row(id, "row " + id, null));
      transaction.commit();
    }
  }

  @Test
  void spaceOfDeletedRowsComesBack() {
    try (Store store = Store.inMemory()) {
      int table = fill(store);
      long before = bytes(store);
      try (Transaction transaction = store.begin()) {
        transaction.table(table).truncate();
        transaction.commit();
      }
      store.compact();
      assertThat(TestTables.names(store, table)).isEmpty();
      assertThat(store.stats().tables().stream().filter(t -> t.name().startsWith("main")))
          .allMatch(t -> t.bytes() == 0 && t.segments() == 0);
      assertThat(bytes(store)).isLessThan(before);
    }
  }

  private static long bytes(Store store) {
    store.compact();
    return store.stats().families().stream().mapToLong(f -> f.fileBytes()).sum();
  }
}
