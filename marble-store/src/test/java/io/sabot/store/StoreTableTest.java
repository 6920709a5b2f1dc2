package io.sabot.store;

import static io.sabot.store.TestTables.delete;
import static io.sabot.store.TestTables.insert;
import static io.sabot.store.TestTables.names;
import static io.sabot.store.TestTables.rename;
import static io.sabot.store.TestTables.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTableTest {
  @TempDir private Path directory;

  static void assertFails(ErrorCode code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).as(e.message()).isEqualTo(code));
  }

  private Store open() {
    return Store.open(directory, StoreOptions.defaults());
  }

  @Test
  void rowsSurviveReopening() {
    int table;
    try (Store store = open()) {
      table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null), row(2, "b", 1), row(3, null, 1));
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        delete(transaction, table, 3);
        rename(transaction, table, 2, "bb");
        transaction.commit();
      }
    }
    try (Store store = open()) {
      assertThat(names(store, table)).containsExactly(entry(1, "a"), entry(2, "bb"));
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.catalog().table("main", "ITEM" + table))
            .contains(TestTables.definition(table));
        assertThat(snapshot.table(table).rowCount()).isEqualTo(2);
      }
    }
  }

  private static Map.Entry<Long, String> entry(long id, String name) {
    return Map.entry(id, name);
  }

  @Test
  void aSnapshotStaysWhereItWas() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null), row(2, "b", null));
        transaction.commit();
      }
      try (Snapshot before = store.snapshot()) {
        for (int i = 0; i < 40; i++) {
          try (Transaction transaction = store.begin()) {
            insert(transaction, table, row(10 + i, "x" + i, null));
            rename(transaction, table, 1, "a" + i);
            transaction.commit();
          }
        }
        store.compact();
        assertThat(names(before, table)).containsExactly(entry(1, "a"), entry(2, "b"));
        assertThat(TestTables.address(before, table, 10)).isEqualTo(-1);
      }
      assertThat(names(store, table)).hasSize(42).containsEntry(1L, "a39");
    }
  }

  @Test
  void aTransactionSeesItsOwnWritesAndNobodyElseDoes() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null));
        Snapshot first = transaction.view();
        insert(transaction, table, row(2, "b", 1));
        rename(transaction, table, 1, "aa");
        assertThat(names(first, table)).containsExactly(entry(1, "a"));
        assertThat(names(transaction.view(), table)).containsExactly(entry(1, "aa"), entry(2, "b"));
        assertThat(names(store, table)).isEmpty();
        delete(transaction, table, 2);
        assertThat(names(transaction.view(), table)).containsExactly(entry(1, "aa"));
        transaction.rollback();
      }
      assertThat(names(store, table)).isEmpty();
    }
  }

  @Test
  void ofTwoThatChangeOneRowTheFirstWins() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null), row(2, "b", null));
        transaction.commit();
      }
      try (Transaction one = store.begin();
          Transaction two = store.begin();
          Transaction other = store.begin()) {
        rename(one, table, 1, "one");
        delete(two, table, 1);
        rename(other, table, 2, "other");
        one.commit();
        assertFails(ErrorCode.CONFLICT, two::commit);
        other.commit();
      }
      assertThat(names(store, table)).containsExactly(entry(1, "one"), entry(2, "other"));
    }
  }

  @Test
  void ofTwoThatInsertOneKeyTheFirstWins() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction one = store.begin();
          Transaction two = store.begin();
          Transaction three = store.begin()) {
        insert(one, table, row(1, "a", null));
        insert(two, table, row(1, "b", null));
        insert(three, table, row(2, "a", null));
        one.commit();
        assertFails(ErrorCode.CONFLICT, two::commit);
        assertFails(ErrorCode.CONFLICT, three::commit);
      }
    }
  }

  @Test
  void changesFindTheirRowsAfterACompaction() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      for (int i = 0; i < 7; i++) {
        try (Transaction transaction = store.begin()) {
          insert(transaction, table, row(i, "n" + i, null));
          transaction.commit();
        }
      }
      try (Transaction late = store.begin();
          Transaction loser = store.begin()) {
        rename(late, table, 3, "late");
        delete(loser, table, 5);
        for (int i = 7; i < 30; i++) {
          try (Transaction transaction = store.begin()) {
            insert(transaction, table, row(i, "n" + i, null));
            if (i == 20) {
              rename(transaction, table, 5, "five");
            }
            transaction.commit();
          }
        }
        late.commit();
        assertFails(ErrorCode.CONFLICT, loser::commit);
      }
      assertThat(names(store, table)).hasSize(30).containsEntry(3L, "late");
      // The compaction in the background may not have got there yet.
      store.compact();
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.table(table).segments().size()).isLessThan(20);
        for (long i = 0; i < 30; i++) {
          long address = TestTables.address(snapshot, table, i);
          assertThat(snapshot.table(table).isLive(address)).isTrue();
          long[] id = new long[1];
          ColumnBuilder builder = new ColumnBuilder(ColumnKind.LONG);
          snapshot.table(table).gather(0, new long[] {address}, 1, builder);
          id[0] = builder.chunk().longAt(0);
          assertThat(id[0]).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void constraintsNameWhatIsWrong() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null), row(2, null, null), row(3, null, 1));
        transaction.commit();
      }
      fails(
          store,
          ErrorCode.UNIQUE_VIOLATION,
          "primary key (id) = (1)",
          t -> insert(t, table, row(1, "z", null)));
      fails(
          store,
          ErrorCode.UNIQUE_VIOLATION,
          "unique key (name) = ('a')",
          t -> insert(t, table, row(9, "a", null)));
      fails(
          store,
          ErrorCode.UNIQUE_VIOLATION,
          "(7)",
          t -> insert(t, table, row(7, "p", null), row(7, "q", null)));
      fails(
          store,
          ErrorCode.FOREIGN_KEY_VIOLATION,
          "parent_of",
          t -> insert(t, table, row(9, "b", 100)));
      fails(
          store,
          ErrorCode.FOREIGN_KEY_VIOLATION,
          "still refers to key (1)",
          t -> delete(t, table, 1));
      fails(
          store,
          ErrorCode.NOT_NULL_VIOLATION,
          "id",
          t -> {
            ColumnData[] rows = TestTables.rows(row(5, "x", null));
            ColumnBuilder ids = new ColumnBuilder(ColumnKind.LONG);
            ids.appendNull();
            rows[0] = ids.data();
            t.table(table).append(rows, 1);
          });
      assertThat(names(store, table)).hasSize(3);
      try (Transaction transaction = store.begin()) {
        delete(transaction, table, 1, 3);
        insert(transaction, table, row(1, "a", null), row(3, "a3", 1));
        transaction.commit();
      }
    }
  }

  private interface Action {
    void run(Transaction transaction);
  }

  private static void fails(Store store, ErrorCode code, String text, Action action) {
    try (Transaction transaction = store.begin()) {
      assertThatThrownBy(
              () -> {
                action.run(transaction);
                transaction.checkConstraints();
              })
          .isInstanceOfSatisfying(
              QueryException.class,
              e -> {
                assertThat(e.code()).as(e.message()).isEqualTo(code);
                assertThat(e.message()).contains(text);
              });
    }
  }

  @Test
  void aParentDeletedMeanwhileIsAConflict() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null), row(2, "b", null));
        transaction.commit();
      }
      try (Transaction child = store.begin();
          Transaction parent = store.begin()) {
        insert(child, table, row(3, "c", 1));
        delete(parent, table, 1);
        parent.commit();
        assertFails(ErrorCode.CONFLICT, child::commit);
      }
      try (Transaction child = store.begin();
          Transaction parent = store.begin()) {
        insert(child, table, row(3, "c", 2));
        delete(parent, table, 2);
        child.commit();
        assertFails(ErrorCode.CONFLICT, parent::commit);
      }
    }
  }

  @Test
  void keysCanBeSwappedInOneStatement() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null), row(2, "b", null));
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        Snapshot view = transaction.view();
        long[] addresses = {TestTables.address(view, table, 1), TestTables.address(view, table, 2)};
        transaction
            .table(table)
            .update(
                addresses,
                2,
                new int[] {0},
                new ColumnData[] {ColumnData.longs(new long[] {2, 1}, 2)});
        transaction.commit();
      }
      assertThat(names(store, table)).containsExactly(entry(1, "b"), entry(2, "a"));
    }
  }

  @Test
  void alterTableAddsColumnsAndKeys() {
    try (Store store = open()) {
      int table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        insert(transaction, table, row(1, "a", null), row(2, "b", null));
        transaction.commit();
      }
      TableDef old = TestTables.definition(table);
      List<ColumnDef> columns = new ArrayList<>(old.columns());
      columns.add(new ColumnDef(3, "extra", Type.FLOAT64, true));
      TableDef wider =
          new TableDef(
              table, "main", "renamed", columns, List.of(1), List.of(List.of(0)), List.of());
      try (Transaction transaction = store.begin()) {
        transaction.catalog().alterTable(wider);
        transaction.commit();
      }
      try (Snapshot snapshot = store.snapshot()) {
        Segment segment = snapshot.table(table).segments().getFirst();
        assertThat(segment.column(3).isNull(0)).isTrue();
        assertThat(snapshot.table(table).keyIndex(List.of(0)).orElseThrow().lookup(2))
            .isNotEqualTo(-1);
        ColumnBuilder name = new ColumnBuilder(ColumnKind.STRING);
        name.appendString("b");
        long[] found = new long[1];
        snapshot
            .table(table)
            .primaryKey()
            .orElseThrow()
            .lookup(new ColumnData[] {name.data()}, 1, found);
        assertThat(found[0]).isNotEqualTo(-1);
      }
      try (Transaction transaction = store.begin()) {
        transaction.catalog().dropTable(table);
        transaction.commit();
      }
    }
    try (Store store = open();
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.catalog().tables()).isEmpty();
    }
  }

  @Test
  void ofTwoThatChangeTheCatalogTheFirstWins() {
    try (Store store = Store.inMemory()) {
      int table = TestTables.create(store);
      try (Transaction one = store.begin();
          Transaction two = store.begin();
          Transaction writer = store.begin()) {
        one.catalog().dropTable(table);
        two.catalog().setPrefix("ex", "http://example.org/");
        insert(writer, table, row(1, "a", null));
        one.commit();
        assertFails(ErrorCode.CONFLICT, two::commit);
        assertFails(ErrorCode.CONFLICT, writer::commit);
      }
    }
  }

  @Test
  void aLargeTransactionBypassesTheLogAndIsAtomic() {
    int rows = 400_000;
    int table;
    try (Store store = open()) {
      table = TestTables.create(store);
      try (Transaction transaction = store.begin()) {
        bulk(transaction, table, 0, rows);
        transaction.rollback();
      }
      assertThat(names(store, table)).isEmpty();
      try (Transaction transaction = store.begin()) {
        bulk(transaction, table, 0, rows);
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        bulk(transaction, table, rows - 1, 10);
        assertFails(ErrorCode.UNIQUE_VIOLATION, transaction::commit);
      }
    }
    try (Store store = open();
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.table(table).rowCount()).isEqualTo(rows);
      assertThat(TestTables.address(snapshot, table, rows - 1)).isNotEqualTo(-1);
      Statistics statistics = snapshot.catalog().statistics();
      Statistics.ColumnStatistics ids = statistics.column(table, 0).orElseThrow();
      assertThat(ids.min()).isEqualTo(new Value.Int(0));
      assertThat(ids.max()).isEqualTo(new Value.Int(rows - 1));
      assertThat(ids.distinct()).isBetween(0.8 * rows, 1.0 * rows);
      assertThat(statistics.column(table, 2).orElseThrow().nullFraction()).isEqualTo(1);
    }
  }

  static void bulk(Transaction transaction, int table, int first, int rows) {
    int batch = 10_000;
    for (int from = 0; from < rows; from += batch) {
      int count = Math.min(batch, rows - from);
      ColumnBuilder ids = new ColumnBuilder(ColumnKind.LONG);
      ColumnBuilder names = new ColumnBuilder(ColumnKind.STRING);
      ColumnBuilder parents = new ColumnBuilder(ColumnKind.LONG);
      for (int i = 0; i < count; i++) {
        ids.appendLong(first + from + i);
        names.appendString("a somewhat longer name, so that bytes add up " + (first + from + i));
        parents.appendNull();
      }
      transaction
          .table(table)
          .append(new ColumnData[] {ids.data(), names.data(), parents.data()}, count);
    }
  }

  @Test
  void agreesWithAMapUnderRandomChanges() {
    Random random = Seeded.random("StoreTableTest");
    SortedMap<Long, String> model = new TreeMap<>();
    Store store = open();
    try {
      int table = TestTables.create(store);
      for (int step = 0; step < 400; step++) {
        SortedMap<Long, String> changed = new TreeMap<>(model);
        try (Transaction transaction = store.begin()) {
          for (int i = random.nextInt(20); i >= 0; i--) {
            change(random, transaction, table, changed);
          }
          assertThat(names(transaction.view(), table)).isEqualTo(changed);
          if (random.nextInt(4) == 0) {
            transaction.rollback();
          } else {
            transaction.commit();
            model = changed;
          }
        }
        if (step % 100 == 99) {
          assertThat(names(store, table)).isEqualTo(model);
          store.close();
          store = open();
        } else if (step % 70 == 0) {
          store.compact();
        }
        assertThat(names(store, table)).isEqualTo(model);
      }
    } finally {
      store.close();
    }
  }

  private static void change(
      Random random, Transaction transaction, int table, SortedMap<Long, String> model) {
    long id = random.nextInt(300);
    String name = "name " + id + " " + random.nextInt();
    if (!model.containsKey(id)) {
      insert(transaction, table, row(id, name, null));
      model.put(id, name);
    } else if (random.nextBoolean()) {
      assertThat(delete(transaction, table, id)).isEqualTo(1);
      model.remove(id);
    } else {
      rename(transaction, table, id, name);
      model.put(id, name);
    }
  }
}
