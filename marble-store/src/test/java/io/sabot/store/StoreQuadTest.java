package io.sabot.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.tuple.TupleCursor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreQuadTest {
  @TempDir private Path directory;

  private Store open() {
    return Store.open(directory, StoreOptions.defaults());
  }

  private static long term(int number) {
    return TermId.ofInt(number + 1);
  }

  @Test
  void agreesWithASetUnderRandomChanges() {
    Random random = Seeded.random("StoreQuadTest");
    TreeSet<long[]> model = new TreeSet<>(Arrays::compare);
    Store store = open();
    try {
      for (int step = 0; step < 60; step++) {
        TreeSet<long[]> changed = new TreeSet<>(model);
        try (Transaction transaction = store.begin()) {
          int changes = 1 << random.nextInt(step % 20 == 7 ? 16 : 8);
          for (int i = 0; i < changes; i++) {
            change(random, transaction.quads(), changed);
          }
          compare(random, transaction.view().quads(), changed);
          if (random.nextInt(4) == 0) {
            transaction.rollback();
          } else {
            transaction.commit();
            model = changed;
          }
        }
        if (step % 20 == 19) {
          store.close();
          store = open();
        }
        try (Snapshot snapshot = store.snapshot()) {
          compare(random, snapshot.quads(), model);
        }
      }
    } finally {
      store.close();
    }
  }

  private static long[] randomQuad(Random random) {
    long graph = random.nextInt(3) == 0 ? term(random.nextInt(3)) : QuadReader.DEFAULT_GRAPH;
    return new long[] {
      graph, term(random.nextInt(200)), term(random.nextInt(5)), term(random.nextInt(100))
    };
  }

  private static void change(Random random, QuadWriter quads, TreeSet<long[]> model) {
    long[] quad = randomQuad(random);
    long graph = quad[0] == QuadReader.DEFAULT_GRAPH ? 0 : quad[0];
    if (random.nextInt(3) > 0) {
      quads.insert(graph, quad[1], quad[2], quad[3]);
      model.add(quad);
    } else {
      quads.delete(graph, quad[1], quad[2], quad[3]);
      model.remove(quad);
    }
  }

  private static void compare(Random random, QuadReader quads, TreeSet<long[]> model) {
    assertThat(quads.size()).isEqualTo(model.size());
    assertThat(quads.graphs())
        .isEqualTo(model.stream().mapToLong(q -> q[0]).sorted().distinct().toArray());
    for (int mask = 0; mask < 16; mask++) {
      long[] pattern = randomQuad(random);
      for (int c = 0; c < 4; c++) {
        pattern[c] = (mask >>> c & 1) == 0 ? 0 : pattern[c];
      }
      List<long[]> expected =
          model.stream()
              .filter(q -> {
                for (int c = 0; c < 4; c++) {
                  if (pattern[c] != 0 && pattern[c] != q[c]) {
                    return false;
                  }
                }
                return true;
              })
              .toList();
      List<long[]> actual = read(quads.scan(pattern[0], pattern[1], pattern[2], pattern[3]));
      actual.sort(Arrays::compare);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.size(); i++) {
        assertThat(actual.get(i)).isEqualTo(expected.get(i));
      }
      assertThat(quads.estimate(pattern[0], pattern[1], pattern[2], pattern[3]))
          .isGreaterThanOrEqualTo(expected.size());
      List<long[]> inParts = new ArrayList<>();
      quads
          .scanParts(4, pattern[0], pattern[1], pattern[2], pattern[3])
          .forEach(part -> inParts.addAll(read(part)));
      inParts.sort(Arrays::compare);
      assertThat(inParts.toArray(long[][]::new)).isDeepEqualTo(expected.toArray(long[][]::new));
      if (mask != 0) {
        compareLookup(random, quads, mask);
      }
    }
  }

  /// A batch of patterns that bind the positions of `mask` finds what a scan of each finds.
  private static void compareLookup(Random random, QuadReader quads, int mask) {
    int count = 300;
    long[][] ids = new long[4][count];
    List<long[]> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] quad = randomQuad(random);
      for (int c = 0; c < 4; c++) {
        ids[c][i] = (mask >>> c & 1) == 0 ? 0 : quad[c];
      }
      for (long[] found : read(quads.scan(ids[0][i], ids[1][i], ids[2][i], ids[3][i]))) {
        expected.add(new long[] {i, found[0], found[1], found[2], found[3]});
      }
    }
    QuadLookup lookup =
        quads.lookup((mask & 1) != 0, (mask & 2) != 0, (mask & 4) != 0, (mask & 8) != 0);
    lookup.start(ids, count);
    List<long[]> actual = new ArrayList<>();
    int[] inputs = new int[70];
    long[][] columns = new long[4][70];
    for (int found; (found = lookup.next(inputs, columns, 70)) > 0; ) {
      for (int i = 0; i < found; i++) {
        actual.add(
            new long[] {inputs[i], columns[0][i], columns[1][i], columns[2][i], columns[3][i]});
      }
    }
    assertThat(actual.toArray(long[][]::new)).isDeepEqualTo(expected.toArray(long[][]::new));
  }

  private static List<long[]> read(TupleCursor cursor) {
    List<long[]> quads = new ArrayList<>();
    long[][] columns = new long[4][500];
    for (int count; (count = cursor.next(columns, 500)) > 0; ) {
      for (int i = 0; i < count; i++) {
        quads.add(new long[] {columns[0][i], columns[1][i], columns[2][i], columns[3][i]});
      }
    }
    return quads;
  }

  @Test
  void removingAQuadThatAnotherChangedIsAConflict() {
    try (Store store = Store.inMemory()) {
      try (Transaction transaction = store.begin()) {
        transaction.quads().insert(0, term(1), term(2), term(3));
        transaction.commit();
      }
      try (Transaction one = store.begin();
          Transaction two = store.begin();
          Transaction removesToo = store.begin();
          Transaction addsToo = store.begin();
          Transaction adds = store.begin()) {
        one.quads().delete(0, term(1), term(2), term(3));
        two.quads().delete(0, term(1), term(2), term(3));
        two.quads().insert(0, term(1), term(2), term(3));
        removesToo.quads().delete(0, term(1), term(2), term(3));
        adds.quads().insert(0, term(1), term(2), term(4));
        addsToo.quads().insert(0, term(1), term(2), term(4));
        one.commit();
        StoreTableTest.assertFails(ErrorCode.CONFLICT, two::commit);
        // An update removes what it read: were both allowed, one of two updates would be lost.
        StoreTableTest.assertFails(ErrorCode.CONFLICT, removesToo::commit);
        adds.commit();
        addsToo.commit();
      }
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.quads().size()).isEqualTo(1);
      }
    }
  }

  @Test
  void everyKindOfValueComesBack() {
    List<Value> values =
        List.of(
            new Value.Iri("http://example.org/a"),
            new Value.BlankNode("b0"),
            new Value.Str("a string of some length, é"),
            new Value.Str("\uD800 alone"),
            new Value.Int(Long.MIN_VALUE),
            new Value.Real(Math.PI),
            new Value.Real(Double.NaN),
            new Value.Dec(new BigDecimal(new BigInteger("123456789012345678901234567890"), 7)),
            new Value.LangString("hallo", "de", "ltr"),
            new Value.TypedLiteral("01", "http://www.w3.org/2001/XMLSchema#integer"),
            new Value.Bytes("cafe"),
            new Value.Time(LocalTime.of(1, 2, 3, 4)),
            new Value.ZonedTime(OffsetTime.parse("10:15:30+01:00")),
            new Value.DateTime(LocalDateTime.of(-5, 1, 2, 3, 4, 5, 6)),
            new Value.ZonedDateTime(
                ZonedDateTime.of(LocalDateTime.of(2020, 6, 1, 12, 0), ZoneId.of("Europe/Oslo"))),
            new Value.Duration(-1, 2, -3, 4),
            Value.ListValue.of(Value.NULL, Value.TRUE, new Value.Date(LocalDate.of(1900, 2, 3))),
            new Value.MapValue(Map.of("k", Value.of(1), "j", Value.of("x"))),
            new Value.PathValue(
                List.of(new Value.NodeRef(TermId.node(0, 1)), new Value.NodeRef(TermId.node(0, 2))),
                List.of(new Value.EdgeRef(TermId.edge(0, 3)))),
            new Value.TripleTerm(
                new Value.Iri("s"), new Value.Iri("p"), new Value.LangString("o", "en", "")));
    long[] ids = new long[values.size()];
    try (Store store = open();
        Transaction transaction = store.begin()) {
      for (int i = 0; i < ids.length; i++) {
        long before = transaction.view().dictionary().lookup(values.get(i));
        assertThat(TermId.isInDictionary(before)).isFalse();
        ids[i] = transaction.intern(values.get(i));
        assertThat(transaction.intern(values.get(i))).isEqualTo(ids[i]);
        transaction.quads().insert(0, ids[i], ids[i], ids[i]);
      }
      transaction.commit();
    }
    try (Store store = open();
        Snapshot snapshot = store.snapshot()) {
      Value[] decoded = new Value[ids.length];
      snapshot.dictionary().decode(ids, ids.length, decoded);
      for (int i = 0; i < ids.length; i++) {
        assertThat(decoded[i]).isEqualTo(values.get(i));
        assertThat(snapshot.dictionary().lookup(values.get(i))).isEqualTo(ids[i]);
      }
    }
  }

  @Test
  void termsOfARolledBackTransactionAreStoredByWhoeverUsesThem() {
    Value shared = new Value.Str("shared by two transactions");
    long id;
    try (Store store = open()) {
      try (Transaction first = store.begin();
          Transaction second = store.begin()) {
        id = first.intern(shared);
        assertThat(second.intern(shared)).isEqualTo(id);
        first.rollback();
        second.quads().insert(0, id, id, id);
        second.commit();
      }
    }
    try (Store store = open();
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.dictionary().decode(id)).isEqualTo(shared);
    }
  }

  @Test
  void manyTermsAndQuadsAreLoadedInBulk() {
    int count = 60_000;
    try (Store store = open()) {
      try (Transaction transaction = store.begin()) {
        long predicate = transaction.intern(new Value.Iri("http://example.org/p"));
        for (int i = 0; i < count; i++) {
          long subject = transaction.intern(new Value.Iri("http://example.org/" + i));
          transaction.quads().insert(0, subject, predicate, TermId.ofInt(i % 10));
        }
        transaction.commit();
      }
    }
    try (Store store = open();
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.quads().size()).isEqualTo(count);
      long subject = snapshot.dictionary().lookup(new Value.Iri("http://example.org/777"));
      assertThat(read(snapshot.quads().scan(0, subject, 0, 0))).hasSize(1);
      var statistics =
          snapshot.catalog().statistics().predicate(new Value.Iri("http://example.org/p"));
      assertThat(statistics.triples()).isEqualTo(count);
      assertThat(statistics.objects()).isBetween(9.0, 11.0);
      assertThat(statistics.subjects()).isBetween(0.8 * count, 1.0 * count);
    }
  }
}
