package io.sabot.store;

import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.SimulatedWorld.Crash;
import io.sabot.store.SimulatedWorld.Fault;
import io.sabot.store.kv.KvHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One seed: a store in a {@link SimulatedWorld} does what the seed says, a model of plain
/// collections does the same, and both must agree before and after every crash and fault.
///
/// The model's state is the last acknowledged one. A commit that neither returned nor failed for
/// certain is *in doubt*: after the next opening it must be there whole or not at all.
final class Simulation implements AutoCloseable {
  private static final Path DIRECTORY = Path.of("/simulated");
  private static final int STEPS = 30;
  private static final int BULK_ROWS = 300;

  private final Random random;
  private final SimulatedWorld world;
  private final KvHome home = KvHome.memory();
  private final StoreOptions options;
  private @Nullable MarbleStore store;
  private SimulationModel model = SimulationModel.empty();
  private @Nullable SimulationModel inDoubt;
  private int table;
  private long next;
  private int commits;

  Simulation(long seed) {
    this.random = new Random(seed);
    this.world = new SimulatedWorld(random);
    this.options =
        new StoreOptions(
            world,
            home,
            1 << 16,
            64,
            true,
            1 << 14,
            2_000 + random.nextInt(20_000),
            1 << 20,
            new BulkLimits(4_000, 2_000, 40));
  }

  Map<Fault, Integer> faults() {
    return world.faults();
  }

  int commits() {
    return commits;
  }

  void run() {
    open();
    table = TestTables.create(store());
    StoreIndexTest.create(
        store(), "by_name", new IndexTarget.TableColumns(table, List.of(1)), false);
    for (int step = 0; step < STEPS; step++) {
      planFault();
      try {
        step();
        if (random.nextInt(3) > 0) {
          world.runTasks();
        }
      } catch (Crash crash) {
        store().halt();
        world.restart();
        recover();
      }
      world.repair();
      compare("after step " + step);
      if (isReadOnly()) {
        reopen();
        compare("after repair");
      }
    }
    reopen();
    compare("at the end");
    List<String> problems = store().check(what -> {});
    if (!problems.isEmpty()) {
      throw new AssertionError("check: " + problems);
    }
    store().close();
  }

  private MarbleStore store() {
    MarbleStore open = store;
    if (open == null) {
      throw new IllegalStateException("no store is open");
    }
    return open;
  }

  private void open() {
    store = MarbleStore.open(DIRECTORY, options);
  }

  private void planFault() {
    if (random.nextInt(3) == 0) {
      Fault[] kinds = {
        Fault.CRASH,
        Fault.CRASH,
        Fault.CRASH_IN_WRITE,
        Fault.WRITE_ERROR,
        Fault.FORCE_ERROR,
        Fault.DATABASE_ERROR,
        Fault.DISK_FULL
      };
      world.plan(kinds[random.nextInt(kinds.length)], random.nextInt(25));
    }
  }

  /// Opens the store after a crash; the opening may crash too.
  private void recover() {
    while (true) {
      try {
        if (random.nextInt(6) == 0) {
          world.plan(Fault.CRASH, random.nextInt(10));
        }
        open();
        world.repair();
        return;
      } catch (Crash again) {
        world.restart();
      }
    }
  }

  private void reopen() {
    store().close();
    try {
      open();
    } catch (QueryException e) {
      allow(e);
      world.repair();
      open();
    }
  }

  private boolean isReadOnly() {
    try (Transaction probe = store().begin()) {
      probe.quads().insert(0, term(probe, "probe"), term(probe, "probe"), term(probe, "probe"));
      SimulationModel after = model.copy();
      after.quads().add("probe probe probe");
      probe.commit();
      model = after;
      return false;
    } catch (QueryException e) {
      if (e.code() == ErrorCode.READ_ONLY) {
        return true;
      }
      throw e;
    }
  }

  private void compare(String when) {
    try (Snapshot snapshot = store().snapshot()) {
      compare(snapshot, when);
    }
  }

  private void compare(Snapshot snapshot, String when) {
    SimulationModel found = SimulationModel.of(snapshot, table);
    if (found.equals(model)) {
      return;
    }
    if (found.equals(inDoubt)) {
      model = found;
      inDoubt = null;
      return;
    }
    SimulationModel doubt = inDoubt;
    throw new AssertionError(
        when
            + "\nbut expected: "
            + found.differencesTo(model)
            + (doubt == null ? "" : "\nor: " + found.differencesTo(doubt))
            + "\nlast: "
            + String.join("\n  ", world.trace()));
  }

  private void step() {
    int kind = random.nextInt(13);
    world.note("step " + kind);
    switch (kind) {
      case 0 -> compact();
      case 1 -> readLong();
      case 2 -> race();
      case 3 -> changeIndexes();
      case 4 -> {
        reopen();
        compare("after reopening");
      }
      default -> change();
    }
  }

  private void compact() {
    try {
      store().compact();
    } catch (QueryException e) {
      allow(e);
    }
  }

  /// Creates or drops an index. Whether it is there afterwards is no matter; what is there agrees.
  private void changeIndexes() {
    IndexTarget target =
        random.nextBoolean()
            ? new IndexTarget.NodeProperties("L", List.of("v"))
            : new IndexTarget.TableColumns(table, List.of(2, 1));
    String name = target instanceof IndexTarget.TableColumns ? "by_both" : "by_value";
    try (Transaction transaction = store().begin()) {
      Integer known =
          transaction.view().catalog().indexes().stream()
              .filter(i -> i.name().equals(name))
              .map(i -> i.id())
              .findFirst()
              .orElse(null);
      if (known != null) {
        transaction.catalog().dropIndex(known);
      } else {
        StoreIndexTest.create(transaction, name, target, false);
      }
      if (random.nextInt(4) == 0) {
        world.runTasks();
      }
      transaction.commit();
    } catch (QueryException e) {
      allow(e);
    }
  }

  /// A reader sees the same while others write.
  private void readLong() {
    SimulationModel before = model;
    try (Snapshot snapshot = store().snapshot()) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        change();
        world.runTasks();
      }
      SimulationModel found = SimulationModel.of(snapshot, table);
      if (!found.equals(before) && !found.equals(inDoubt)) {
        throw new AssertionError("a snapshot changed: " + found + ", expected " + before);
      }
    }
  }

  private void change() {
    List<Consumer<SimulationModel>> effects = new ArrayList<>();
    try (Transaction transaction = store().begin()) {
      fill(transaction, effects);
      if (random.nextInt(8) == 0) {
        transaction.rollback();
        return;
      }
      commit(transaction, effects);
    } catch (QueryException e) {
      allow(e);
    }
  }

  /// Two transactions at once: the second to commit may fail.
  private void race() {
    List<Consumer<SimulationModel>> one = new ArrayList<>();
    List<Consumer<SimulationModel>> two = new ArrayList<>();
    try (Transaction first = store().begin();
        Transaction second = store().begin()) {
      fill(first, one);
      fill(second, two);
      commit(first, one);
      world.runTasks();
      commit(second, two);
    } catch (QueryException e) {
      allow(e);
    }
  }

  private void commit(Transaction transaction, List<Consumer<SimulationModel>> effects) {
    SimulationModel after = model.copy();
    effects.forEach(effect -> effect.accept(after));
    SimulationModel doubtBefore = inDoubt;
    inDoubt = after;
    try {
      transaction.commit();
    } catch (QueryException e) {
      world.note("commit failed: " + e.message());
      boolean isRefused =
          e.code() == ErrorCode.CONFLICT
              || e.code() == ErrorCode.READ_ONLY
              || e.code() == ErrorCode.STILL_CONNECTED;
      if (isRefused) {
        inDoubt = doubtBefore;
      }
      throw e;
    }
    world.note("committed");
    model = after;
    // A commit of nothing touches no disk, and says nothing about an earlier one.
    inDoubt = effects.isEmpty() ? doubtBefore : null;
    commits++;
  }

  private static void allow(QueryException e) {
    switch (e.code()) {
      case CONFLICT, FILE_ERROR, READ_ONLY, STILL_CONNECTED -> {}
      default -> throw e;
    }
  }

  private void fill(Transaction transaction, List<Consumer<SimulationModel>> effects) {
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      if (random.nextInt(6) == 0) {
        Savepoint point = transaction.savepoint();
        List<Consumer<SimulationModel>> undone = new ArrayList<>();
        operation(transaction, model, undone);
        operation(transaction, model, undone);
        transaction.rollbackTo(point);
      }
      SimulationModel seen = model.copy();
      effects.forEach(effect -> effect.accept(seen));
      operation(transaction, seen, effects);
    }
  }

  private void operation(
      Transaction transaction, SimulationModel seen, List<Consumer<SimulationModel>> effects) {
    switch (random.nextInt(8)) {
      case 0, 1 -> insertRows(transaction, effects);
      case 2 -> changeRow(transaction, seen, effects);
      case 3, 4 -> changeQuads(transaction, seen, effects);
      case 5 -> createNode(transaction, effects);
      case 6 -> createEdge(transaction, seen, effects);
      default -> changeNode(transaction, seen, effects);
    }
  }

  private void insertRows(Transaction transaction, List<Consumer<SimulationModel>> effects) {
    int count = random.nextInt(10) == 0 ? BULK_ROWS : 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      long id = next++;
      String name = "row " + id;
      TestTables.insert(transaction, table, TestTables.row(id, name, null));
      effects.add(m -> m.rows().put(id, name));
    }
  }

  private <K> @Nullable K any(java.util.Collection<K> keys) {
    if (keys.isEmpty()) {
      return null;
    }
    return keys.stream().skip(random.nextInt(keys.size())).findFirst().orElseThrow();
  }

  private void changeRow(
      Transaction transaction, SimulationModel seen, List<Consumer<SimulationModel>> effects) {
    Long id = any(seen.rows().keySet());
    if (id == null || TestTables.address(transaction.view(), table, id) < 0) {
      return;
    }
    if (random.nextBoolean()) {
      TestTables.delete(transaction, table, id);
      effects.add(m -> m.rows().remove(id));
    } else {
      String name = "renamed " + next++;
      TestTables.rename(transaction, table, id, name);
      effects.add(m -> m.rows().put(id, name));
    }
  }

  private static long term(Transaction transaction, String iri) {
    return transaction.intern(new Value.Iri(iri));
  }

  private void changeQuads(
      Transaction transaction, SimulationModel seen, List<Consumer<SimulationModel>> effects) {
    String old = random.nextInt(3) == 0 ? any(seen.quads()) : null;
    if (old != null) {
      String[] terms = old.split(" ");
      transaction
          .quads()
          .delete(
              0,
              term(transaction, terms[0]),
              term(transaction, terms[1]),
              term(transaction, terms[2]));
      effects.add(m -> m.quads().remove(old));
      return;
    }
    for (int left = random.nextInt(12) == 0 ? 60 : 1 + random.nextInt(3); left > 0; left--) {
      String subject = "s" + random.nextInt(200);
      String predicate = "p" + random.nextInt(3);
      String object = "o" + next++;
      transaction
          .quads()
          .insert(
              0,
              term(transaction, subject),
              term(transaction, predicate),
              term(transaction, object));
      effects.add(m -> m.quads().add(subject + ' ' + predicate + ' ' + object));
    }
  }

  private void createNode(Transaction transaction, List<Consumer<SimulationModel>> effects) {
    GraphWriter graph = transaction.graph();
    long value = next++;
    int[] labels = random.nextBoolean() ? new int[] {graph.labelId("L")} : new int[0];
    long id =
        graph.createNode(labels, new int[] {graph.keyId("v")}, new long[] {TermId.ofInt(value)});
    effects.add(m -> m.nodes().put(id, value));
  }

  private void createEdge(
      Transaction transaction, SimulationModel seen, List<Consumer<SimulationModel>> effects) {
    Long source = any(seen.nodes().keySet());
    Long target = any(seen.nodes().keySet());
    if (source == null || target == null) {
      return;
    }
    GraphWriter graph = transaction.graph();
    if (graph.isDeleted(source) || graph.isDeleted(target)) {
      return;
    }
    long id = graph.createEdge(graph.typeId("T"), source, target, new int[0], new long[0]);
    effects.add(m -> m.edges().put(id, SimulationModel.edge(source, target)));
  }

  private void changeNode(
      Transaction transaction, SimulationModel seen, List<Consumer<SimulationModel>> effects) {
    Long node = any(seen.nodes().keySet());
    GraphWriter graph = transaction.graph();
    if (node == null || graph.isDeleted(node)) {
      return;
    }
    if (random.nextInt(3) == 0) {
      graph.deleteNode(node, true);
      effects.add(m -> {
        m.nodes().remove(node);
        m.edges().values().removeIf(e -> e.startsWith(node + " ->") || e.endsWith("-> " + node));
      });
    } else {
      long value = next++;
      graph.setProperty(node, graph.keyId("v"), TermId.ofInt(value));
      effects.add(m -> m.nodes().put(node, value));
    }
  }

  @Override
  public void close() {
    MarbleStore open = store;
    if (open != null) {
      open.halt();
    }
    home.close();
  }
}
