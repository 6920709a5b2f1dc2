package io.sabot.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.Layouts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreGraphTest {
  @TempDir private Path directory;

  private Store open() {
    return Store.open(directory, StoreOptions.defaults());
  }

  @Test
  void elementsSurviveReopening() {
    long ann;
    long bob;
    long knows;
    try (Store store = open()) {
      try (Transaction transaction = store.begin()) {
        GraphWriter graph = transaction.graph();
        int person = graph.labelId("Person");
        int name = graph.keyId("name");
        ann =
            graph.createNode(
                new int[] {person},
                new int[] {name},
                new long[] {transaction.intern(text("Ann Long"))});
        bob =
            graph.createNode(
                new int[] {person, graph.labelId("Admin")},
                new int[] {name},
                new long[] {transaction.intern(text("Bob"))});
        knows =
            graph.createEdge(
                graph.typeId("KNOWS"),
                ann,
                bob,
                new int[] {graph.keyId("since")},
                new long[] {TermId.ofInt(1999)});
        transaction.commit();
      }
    }
    try (Store store = open();
        Snapshot snapshot = store.snapshot()) {
      GraphReader graph = snapshot.graph();
      assertThat(graph.nodeCount()).isEqualTo(2);
      assertThat(graph.nodeCount(graph.labelId("Person"))).isEqualTo(2);
      assertThat(graph.nodeCount(graph.labelId("Admin"))).isEqualTo(1);
      assertThat(graph.nodePartitions()).hasSize(2);
      assertThat(graph.edgeCount(graph.typeId("KNOWS"))).isEqualTo(1);
      assertThat(graph.source(knows)).isEqualTo(ann);
      assertThat(graph.target(knows)).isEqualTo(bob);
      assertThat(graph.type(knows)).isEqualTo(graph.typeId("KNOWS"));
      assertThat(snapshot.dictionary().decode(graph.property(ann, graph.keyId("name"))))
          .isEqualTo(text("Ann Long"));
      assertThat(graph.property(knows, graph.keyId("since"))).isEqualTo(TermId.ofInt(1999));
      assertThat(graph.degree(graph.typeId("KNOWS"), Direction.IN, bob)).isEqualTo(1);
      assertThat(graph.labels(bob)).hasSize(2);
      assertThat(snapshot.catalog().nodeLabels()).containsExactly("Admin", "Person");
      assertThat(snapshot.catalog().edgeTypes()).containsExactly("KNOWS");
      assertThat(snapshot.catalog().statistics().nodesWithLabel("Person")).isEqualTo(2);
    }
  }

  private static Value text(String value) {
    return new Value.Str(value);
  }

  @Test
  void labelsAndPropertiesChangeInPlace() {
    try (Store store = Store.inMemory()) {
      long node;
      try (Transaction transaction = store.begin()) {
        GraphWriter graph = transaction.graph();
        int a = graph.labelId("A");
        int x = graph.keyId("x");
        int y = graph.keyId("y");
        node = graph.createNode(new int[] {a}, new int[] {x}, new long[] {TermId.ofInt(1)});
        assertThat(graph.addLabel(node, a)).isFalse();
        assertThat(graph.addLabel(node, graph.labelId("B"))).isTrue();
        assertThat(graph.removeLabel(node, a)).isTrue();
        assertThat(graph.setProperty(node, y, TermId.ofInt(2))).isTrue();
        assertThat(graph.setProperty(node, x, 0)).isTrue();
        assertThat(graph.setProperty(node, x, 0)).isFalse();
        GraphReader view = transaction.view().graph();
        assertThat(view.labels(node)).containsExactly(graph.labelId("B"));
        assertThat(view.property(node, x)).isZero();
        assertThat(view.property(node, y)).isEqualTo(TermId.ofInt(2));
        assertThat(view.nodeCount()).isEqualTo(1);
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        GraphWriter graph = transaction.graph();
        graph.setProperties(node, new int[] {graph.keyId("z")}, new long[] {TermId.ofInt(3)}, true);
        TreeMap<Integer, Long> seen = new TreeMap<>();
        transaction.view().graph().eachProperty(node, seen::put);
        assertThat(seen).containsExactly(Map.entry(graph.keyId("z"), TermId.ofInt(3)));
        transaction.commit();
      }
    }
  }

  @Test
  void aConnectedNodeIsDeletedOnlyWithItsEdges() {
    try (Store store = Store.inMemory()) {
      long a;
      long b;
      long loop;
      try (Transaction transaction = store.begin()) {
        GraphWriter graph = transaction.graph();
        int type = graph.typeId("T");
        a = graph.createNode(new int[0], new int[0], new long[0]);
        b = graph.createNode(new int[0], new int[0], new long[0]);
        graph.createEdge(type, a, b, new int[0], new long[0]);
        loop = graph.createEdge(type, a, a, new int[0], new long[0]);
        transaction.commit();
      }
      try (Transaction transaction = store.begin()) {
        transaction.graph().deleteNode(b, false);
        StoreTableTest.assertFails(ErrorCode.STILL_CONNECTED, transaction::checkConstraints);
      }
      try (Transaction transaction = store.begin()) {
        GraphWriter graph = transaction.graph();
        assertThat(graph.deleteNode(a, true)).isEqualTo(2);
        assertThat(graph.isDeleted(a)).isTrue();
        assertThat(graph.isDeleted(loop)).isTrue();
        assertThat(graph.isDeleted(b)).isFalse();
        assertThat(graph.deleteNode(a, true)).isEqualTo(-1);
        StoreTableTest.assertFails(
            ErrorCode.DELETED_ENTITY, () -> graph.setProperty(a, 1, TermId.TRUE));
        StoreTableTest.assertFails(
            ErrorCode.DELETED_ENTITY, () -> graph.createEdge(0, a, b, new int[0], new long[0]));
        transaction.commit();
      }
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.graph().nodeCount()).isEqualTo(1);
        assertThat(snapshot.graph().edgeCount()).isZero();
        assertThat(snapshot.graph().nodeExists(a)).isFalse();
      }
    }
  }

  @Test
  void graphConflictsAreFound() {
    try (Store store = Store.inMemory()) {
      long a;
      long b;
      try (Transaction transaction = store.begin()) {
        GraphWriter graph = transaction.graph();
        a = graph.createNode(new int[0], new int[0], new long[0]);
        b = graph.createNode(new int[0], new int[0], new long[0]);
        transaction.commit();
      }
      try (Transaction one = store.begin();
          Transaction two = store.begin()) {
        one.graph().setProperty(a, one.graph().keyId("x"), TermId.ofInt(1));
        two.graph().setProperty(a, two.graph().keyId("y"), TermId.ofInt(1));
        one.commit();
        StoreTableTest.assertFails(ErrorCode.CONFLICT, two::commit);
      }
      try (Transaction connects = store.begin();
          Transaction deletes = store.begin()) {
        GraphWriter graph = connects.graph();
        graph.createEdge(graph.typeId("T"), a, b, new int[0], new long[0]);
        deletes.graph().deleteNode(b, true);
        connects.commit();
        StoreTableTest.assertFails(ErrorCode.CONFLICT, deletes::commit);
      }
      try (Transaction connects = store.begin();
          Transaction deletes = store.begin()) {
        GraphWriter graph = connects.graph();
        graph.createEdge(graph.typeId("T"), a, b, new int[0], new long[0]);
        deletes.graph().deleteNode(b, true);
        deletes.commit();
        StoreTableTest.assertFails(ErrorCode.CONFLICT, connects::commit);
      }
    }
  }

  /// A graph as plain collections.
  private static final class Model {
    final TreeMap<Long, TreeSet<Integer>> labels = new TreeMap<>();
    final TreeMap<Long, TreeMap<Integer, Long>> properties = new TreeMap<>();
    final TreeMap<Long, long[]> edges = new TreeMap<>();

    TreeSet<Integer> labelsOf(long id) {
      return Objects.requireNonNull(labels.get(id));
    }

    TreeMap<Integer, Long> propertiesOf(long id) {
      return Objects.requireNonNull(properties.get(id));
    }

    long[] edge(long id) {
      return Objects.requireNonNull(edges.get(id));
    }

    Model copy() {
      Model copy = new Model();
      labels.forEach((id, set) -> copy.labels.put(id, new TreeSet<>(set)));
      properties.forEach((id, map) -> copy.properties.put(id, new TreeMap<>(map)));
      copy.edges.putAll(edges);
      return copy;
    }
  }

  @Test
  void agreesWithAModelUnderRandomChanges() {
    Random random = Seeded.random("StoreGraphTest");
    Model model = new Model();
    Store store = open();
    try {
      for (int step = 0; step < 150; step++) {
        Model changed = model.copy();
        try (Transaction transaction = store.begin()) {
          for (int i = random.nextInt(40); i >= 0; i--) {
            change(random, transaction.graph(), changed);
          }
          compare(transaction.view().graph(), changed);
          if (random.nextInt(4) == 0) {
            transaction.rollback();
          } else {
            transaction.commit();
            model = changed;
          }
        }
        if (step % 50 == 49) {
          store.close();
          store = open();
        } else if (step % 37 == 0) {
          store.compact();
        }
        try (Snapshot snapshot = store.snapshot()) {
          compare(snapshot.graph(), model);
        }
      }
    } finally {
      store.close();
    }
  }

  private static void change(Random random, GraphWriter graph, Model model) {
    List<Long> nodes = new ArrayList<>(model.labels.keySet());
    List<Long> edges = new ArrayList<>(model.edges.keySet());
    int choice = nodes.size() < 3 ? 0 : random.nextInt(10);
    int key = graph.keyId("k" + random.nextInt(4));
    int label = graph.labelId("L" + random.nextInt(3));
    long value = TermId.ofInt(random.nextInt(100));
    switch (choice) {
      case 0, 1, 2 -> {
        long id = graph.createNode(new int[] {label, label}, new int[] {key}, new long[] {value});
        model.labels.put(id, new TreeSet<>(List.of(label)));
        model.properties.put(id, new TreeMap<>(Map.of(key, value)));
      }
      case 3, 4, 5 -> {
        long from = nodes.get(random.nextInt(nodes.size()));
        long to = nodes.get(random.nextInt(nodes.size()));
        int type = graph.typeId("T" + random.nextInt(3));
        long id = graph.createEdge(type, from, to, new int[] {key}, new long[] {value});
        model.edges.put(id, new long[] {type, from, to});
        model.properties.put(id, new TreeMap<>(Map.of(key, value)));
      }
      case 6 -> {
        List<Long> all = new ArrayList<>(model.properties.keySet());
        long id = all.get(random.nextInt(all.size()));
        boolean removes = random.nextBoolean();
        graph.setProperty(id, key, removes ? 0 : value);
        if (removes) {
          model.propertiesOf(id).remove(key);
        } else {
          model.propertiesOf(id).put(key, value);
        }
      }
      case 7 -> {
        long id = nodes.get(random.nextInt(nodes.size()));
        if (random.nextBoolean()) {
          graph.addLabel(id, label);
          model.labelsOf(id).add(label);
        } else {
          graph.removeLabel(id, label);
          model.labelsOf(id).remove(label);
        }
      }
      case 8 -> {
        if (!edges.isEmpty()) {
          long id = edges.get(random.nextInt(edges.size()));
          assertThat(graph.deleteEdge(id)).isTrue();
          model.edges.remove(id);
          model.properties.remove(id);
        }
      }
      default -> {
        long id = nodes.get(random.nextInt(nodes.size()));
        List<Long> attached =
            edges.stream().filter(e -> model.edge(e)[1] == id || model.edge(e)[2] == id).toList();
        assertThat(graph.deleteNode(id, true)).isEqualTo(attached.size());
        attached.forEach(model.edges::remove);
        attached.forEach(model.properties::remove);
        model.labels.remove(id);
        model.properties.remove(id);
      }
    }
  }

  private static void compare(GraphReader graph, Model model) {
    assertThat(graph.nodeCount()).isEqualTo(model.labels.size());
    assertThat(graph.edgeCount()).isEqualTo(model.edges.size());
    model.labels.forEach((id, labels) ->
        assertThat(graph.labels(id))
            .isEqualTo(labels.stream().mapToInt(Integer::intValue).toArray()));
    model.properties.forEach((id, expected) -> {
      TreeMap<Integer, Long> seen = new TreeMap<>();
      graph.eachProperty(id, seen::put);
      assertThat(seen).isEqualTo(expected);
    });
    model.edges.forEach((id, edge) -> {
      assertThat(graph.type(id)).isEqualTo((int) edge[0]);
      assertThat(graph.source(id)).isEqualTo(edge[1]);
      assertThat(graph.target(id)).isEqualTo(edge[2]);
    });
    compareProperties(graph, model);
    for (int type = 0; type < 3; type++) {
      compareAdjacency(graph, model, type, Direction.OUT);
      compareAdjacency(graph, model, type, Direction.IN);
    }
  }

  private static void compareProperties(GraphReader graph, Model model) {
    long[] ids = model.properties.keySet().stream().mapToLong(Long::longValue).toArray();
    int key = graph.keyId("k1");
    if (key < 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(8L * ids.length + 8);
      graph.properties(ids, ids.length, key, out, 0);
      for (int i = 0; i < ids.length; i++) {
        assertThat(out.get(Layouts.LONG, 8L * i))
            .isEqualTo(model.propertiesOf(ids[i]).getOrDefault(key, 0L));
      }
    }
  }

  private static void compareAdjacency(
      GraphReader graph, Model model, int type, Direction direction) {
    long[] nodes = model.labels.keySet().stream().mapToLong(Long::longValue).toArray();
    int from = direction == Direction.OUT ? 1 : 2;
    List<String> expected = new ArrayList<>();
    model.edges.forEach((id, edge) -> {
      if (edge[0] == type) {
        expected.add(edge[from] + ">" + edge[3 - from] + ":" + id);
      }
    });
    GraphReader.ExpandCursor cursor = graph.expand(type, direction, nodes, nodes.length);
    int[] inputs = new int[7];
    long[] neighbours = new long[7];
    long[] edges = new long[7];
    List<String> actual = new ArrayList<>();
    for (int count; (count = cursor.next(inputs, neighbours, edges, 7)) > 0; ) {
      for (int i = 0; i < count; i++) {
        actual.add(nodes[inputs[i]] + ">" + neighbours[i] + ":" + edges[i]);
      }
    }
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    long degrees = Arrays.stream(nodes).map(n -> graph.degree(type, direction, n)).sum();
    assertThat(degrees).isEqualTo(expected.size());
  }
}
