package io.sabot.store;

import static io.sabot.store.StoreTableTest.assertFails;
import static io.sabot.store.TestTables.delete;
import static io.sabot.store.TestTables.insert;
import static io.sabot.store.TestTables.rename;
import static io.sabot.store.TestTables.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.Segment;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secondary indexes of tables and of the graph.
class StoreIndexTest {
  @TempDir private Path directory;

  private static IndexTarget columns(int table, Integer... columnIds) {
    return new IndexTarget.TableColumns(table, List.of(columnIds));
  }

  private static IndexTarget nodes(String label, String... keys) {
    return new IndexTarget.NodeProperties(label, List.of(keys));
  }

  static int create(Transaction transaction, String name, IndexTarget target, boolean unique) {
    int id = transaction.catalog().nextId();
    transaction.catalog().createIndex(new IndexDef(id, name, target, unique));
    return id;
  }

  static int create(Store store, String name, IndexTarget target, boolean unique) {
    try (Transaction transaction = store.begin()) {
      int id = create(transaction, name, target, unique);
      transaction.commit();
      return id;
    }
  }

  /// What an index finds, ascending.
  static List<Long> find(
      Snapshot snapshot, int index, List<Value> equal, @Nullable Value low, @Nullable Value high) {
    IndexReader reader = snapshot.index(index);
    IndexReader.Span span = reader.span(equal, low, high);
    List<Long> found = new ArrayList<>();
    if (span != null) {
      IndexReader.Cursor cursor = reader.scan(span);
      long[] some = new long[7];
      for (int count; (count = cursor.next(some, some.length)) > 0; ) {
        for (int i = 0; i < count; i++) {
          found.add(some[i]);
        }
      }
      assertThat(reader.count(span)).isEqualTo(found.size());
    }
    return found;
  }

  private static List<Long> ids(Snapshot snapshot, int table, List<Long> addresses) {
    List<Long> ids = new ArrayList<>();
    for (long address : addresses) {
      Segment segment = snapshot.table(table).segment(Segment.segmentId(address));
      ids.add(segment.column(0).longAt(Segment.row(address)));
    }
    ids.sort(null);
    return ids;
  }

  private static void assertSound(Store store) {
    assertThat(store.check(what -> {})).isEmpty();
  }

  @Test
  void findsRowsByTextAndByPrefix() {
    try (Store store = Store.open(directory, StoreOptions.defaults())) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "customer#0000000001", null));
        insert(transaction, table, row(2, "customer#0000000002", 1), row(3, null, 1));
        transaction.commit();
      }
      int byName = create(store, "by_name", columns(table, 1), false);
      int byBoth = create(store, "by_both", columns(table, 2, 1), false);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(4, "d", 1), row(5, "e", 2));
        rename(transaction, table, 1, "first");
        Snapshot view = transaction.view();
        assertThat(ids(view, table, find(view, byBoth, List.of(Value.of(1)), null, null)))
            .as("own writes")
            .containsExactly(2L, 3L, 4L);
        transaction.commit();
      }
      try (Snapshot snapshot = store.snapshot()) {
        List<Long> found =
            find(snapshot, byName, List.of(Value.of("customer#0000000002")), null, null);
        assertThat(ids(snapshot, table, found)).containsExactly(2L);
        assertThat(find(snapshot, byName, List.of(Value.of("customer#0000000001")), null, null))
            .isEmpty();
        found = find(snapshot, byName, List.of(), Value.of("d"), Value.of("f"));
        assertThat(ids(snapshot, table, found)).containsExactly(4L, 5L);
        found = find(snapshot, byBoth, List.of(Value.of(1)), Value.of("d"), null);
        assertThat(ids(snapshot, table, found)).containsExactly(4L);
        assertThat(find(snapshot, byBoth, List.of(Value.NULL), null, null)).isEmpty();
      }
      store.compact();
      assertSound(store);
    }
    try (Store store = Store.open(directory, StoreOptions.defaults());
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.catalog().indexes()).hasSize(2);
      assertSound(store);
    }
  }

  @Test
  void agreesWithTheRowsThroughChangesAndCompactions() {
    Random random = Seeded.random("StoreIndexTest");
    Map<Long, String> model = new TreeMap<>();
    try (Store store = Store.open(directory, StoreOptions.defaults())) {
      int table = TestTables.create(store);
      int index = create(store, "by_name", columns(table, 1), false);
      long next = 0;
      for (int round = 0; round < 120; round++) {
        try (Transaction transaction = store.begin()) {
          for (int i = random.nextInt(20); i >= 0; i--) {
            Long some =
                model.keySet().stream()
                    .skip(random.nextInt(model.size() + 1))
                    .findFirst()
                    .orElse(null);
            int kind = random.nextInt(4);
            if (some == null || kind < 2) {
              String name = "name " + next % 7 + " of " + next;
              insert(transaction, table, row(next, name, null));
              model.put(next++, name);
            } else if (kind == 2) {
              delete(transaction, table, some);
              model.remove(some);
            } else {
              String name = "renamed " + next++;
              rename(transaction, table, some, name);
              model.put(some, name);
            }
          }
          transaction.commit();
        }
        if (round % 40 == 39) {
          store.compact();
        }
      }
      try (Snapshot snapshot = store.snapshot()) {
        model.forEach((id, name) -> {
          List<Long> found = find(snapshot, index, List.of(Value.of(name)), null, null);
          assertThat(ids(snapshot, table, found)).containsExactly(id);
        });
        assertThat(snapshot.index(index).size()).isEqualTo(model.size());
      }
      assertSound(store);
    }
  }

  @Test
  void aUniqueIndexRefusesDuplicatesAndConflictsWithOthers() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null), row(2, "b", 1), row(3, "c", 1));
        transaction.commit();
      }
      assertFails(ErrorCode.UNIQUE_VIOLATION, () -> create(store, "u", columns(table, 2), true));
      create(store, "u", columns(table, 2, 1), true);
      try (Transaction one = store.begin();
          Transaction two = store.begin()) {
        insert(one, table, row(4, null, 2), row(5, null, 2));
        one.commit();
        insert(two, table, row(6, null, 2));
        two.commit();
      }
      int byParent = 0;
      try (Transaction transaction = store.begin()) {
        delete(transaction, table, 3, 4, 5, 6);
        byParent = create(transaction, "u2", columns(table, 2), true);
        transaction.commit();
      }
      assertThat(byParent).isPositive();
      try (Transaction one = store.begin();
          Transaction two = store.begin()) {
        insert(one, table, row(7, "x", 2));
        insert(two, table, row(8, "y", 2));
        one.commit();
        assertFails(ErrorCode.CONFLICT, two::commit);
      }
      try (Transaction again = store.begin()) {
        insert(again, table, row(8, "y", 2));
        assertFails(ErrorCode.UNIQUE_VIOLATION, again::checkConstraints);
      }
      assertSound(store);
    }
  }

  private static long node(Transaction transaction, String label, @Nullable Value value) {
    GraphWriter graph = transaction.graph();
    int[] keys = value == null ? new int[0] : new int[] {graph.keyId("v")};
    long[] values = value == null ? new long[0] : new long[] {transaction.intern(value)};
    return graph.createNode(new int[] {graph.labelId(label)}, keys, values);
  }

  @Test
  void findsNodesThroughChangesOfLabelsAndProperties() {
    try (Store store = Store.inMemory()) {
      long a;
      long b;
      try (Transaction transaction = store.begin()) {
        a = node(transaction, "L", Value.of(5));
        node(transaction, "M", Value.of(5));
        transaction.commit();
      }
      int index = create(store, "l_v", nodes("L", "v"), false);
      try (Transaction transaction = store.begin()) {
        b = node(transaction, "L", Value.of(5.0));
        node(transaction, "L", Value.of("5"));
        node(transaction, "L", null);
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        Snapshot view = transaction.view();
        assertThat(find(view, index, List.of(Value.of(5)), null, null)).containsExactly(a, b);
        assertThat(find(view, index, List.of(), Value.of(4.5), null)).containsExactly(a, b);
        GraphWriter graph = transaction.graph();
        graph.removeLabel(a, graph.labelId("L"));
        graph.setProperty(b, graph.keyId("v"), TermId.ofInt(6));
        graph.setProperty(b, graph.keyId("v"), TermId.ofInt(5));
        graph.addLabel(a, graph.labelId("L"));
        assertThat(find(transaction.view(), index, List.of(Value.of(5)), null, null))
            .containsExactly(a, b);
        graph.deleteNode(b, false);
        transaction.commit();
      }
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(find(snapshot, index, List.of(Value.of(5)), null, null)).containsExactly(a);
      }
      store.compact();
      assertSound(store);
    }
  }

  @Test
  void constraintsOfNodesHold() {
    try (Store store = Store.inMemory()) {
      try (Transaction transaction = store.begin()) {
        IndexTarget target = nodes("L", "v");
        int index = create(transaction, "key", target, true);
        transaction
            .catalog()
            .createConstraint(
                new GraphConstraint(
                    transaction.catalog().nextId(),
                    "key",
                    target,
                    GraphConstraint.Kind.KEY,
                    index));
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        node(transaction, "L", Value.of(1));
        node(transaction, "M", null);
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        node(transaction, "L", null);
        assertFails(ErrorCode.NOT_NULL_VIOLATION, transaction::checkConstraints);
      }
      try (Transaction transaction = store.begin()) {
        node(transaction, "L", Value.of(1.0));
        assertFails(ErrorCode.UNIQUE_VIOLATION, transaction::commit);
      }
      try (Transaction one = store.begin();
          Transaction two = store.begin()) {
        node(one, "L", Value.of("x"));
        node(two, "L", Value.of("x"));
        one.commit();
        assertFails(ErrorCode.CONFLICT, two::commit);
      }
      assertSound(store);
    }
  }

  @Test
  void buildingConflictsWithWritesAndSurvivesCompaction() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      for (int i = 0; i < 40; i++) {
        try (Transaction transaction = store.begin()) {
          insert(transaction, table, row(i, "name " + i, null));
          transaction.commit();
        }
      }
      try (Transaction building = store.begin()) {
        create(building, "i", columns(table, 1), false);
        store.compact();
        building.commit();
      }
      assertSound(store);
      try (Transaction building = store.begin();
          Transaction writing = store.begin()) {
        create(building, "j", columns(table, 2), false);
        insert(writing, table, row(100, "x", null));
        writing.commit();
        assertFails(ErrorCode.CONFLICT, building::commit);
      }
      try (Transaction writing = store.begin()) {
        insert(writing, table, row(101, "y", null));
        create(store, "k", columns(table, 2), false);
        assertFails(ErrorCode.CONFLICT, writing::commit);
      }
      assertSound(store);
    }
  }

  @Test
  void dropsWithItsTable() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      int index = create(store, "i", columns(table, 1), false);
      assertFails(ErrorCode.DUPLICATE_NAME, () -> create(store, "I", columns(table, 2), false));
      try (Transaction transaction = store.begin()) {
        transaction.catalog().dropIndex(index);
        create(transaction, "i", columns(table, 2), false);
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        transaction.catalog().dropTable(table);
        transaction.commit();
      }
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.catalog().indexes()).isEmpty();
        assertThat(store.stats().sets()).isEmpty();
      }
    }
  }

  /// Kills a process that creates and drops an index of many rows; what is left is an index that
  /// agrees with the rows or none at all.
  @Test
  void aKilledBuildLeavesNothing() throws Exception {
    Random random = Seeded.random("StoreIndexTest.kill");
    int table;
    try (Store store = Store.open(directory, StoreOptions.defaults())) {
      table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        for (int i = 0; i < 60_000; i++) {
          insert(transaction, table, row(i, "name " + i, null));
        }
        transaction.commit();
      }
    }
    TreeSet<Integer> seen = new TreeSet<>();
    for (int kill = 0; kill < 8; kill++) {
      Process process = CrashTest.child(Builder.class, directory, table);
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(reader.readLine()).isEqualTo("READY");
        assertThat(process.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS)).isFalse();
        process.toHandle().destroyForcibly();
        while (reader.readLine() != null) {
          // To its end, or the process could wait for us.
        }
      }
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      try (Store store = Store.open(directory, StoreOptions.defaults());
          Snapshot snapshot = store.snapshot()) {
        int indexes = snapshot.catalog().indexes().size();
        seen.add(indexes);
        assertThat(indexes).isBetween(0, 1);
        assertThat(store.stats().sets().stream().filter(s -> s.name().startsWith("index ")))
            .hasSize(indexes);
        assertSound(store);
      }
    }
    System.out.println("indexes there after kills: " + seen);
  }

  /// The child: creates and drops until it is killed.
  static final class Builder {
    public static void main(String[] arguments) {
      Store store = Store.open(Path.of(arguments[0]), StoreOptions.defaults());
      int table = Integer.parseInt(arguments[1]);
      System.out.println("READY");
      System.out.flush();
      while (true) {
        try (Transaction transaction = store.begin()) {
          var indexes = transaction.view().catalog().indexes();
          if (indexes.isEmpty()) {
            create(transaction, "by_name", columns(table, 1), true);
          } else {
            transaction.catalog().dropIndex(indexes.getFirst().id());
          }
          transaction.commit();
        }
        // Long enough that some kills find an index.
        LockSupport.parkNanos(200_000_000);
      }
    }
  }
}
