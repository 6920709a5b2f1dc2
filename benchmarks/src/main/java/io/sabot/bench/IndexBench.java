package io.sabot.bench;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.value.Value;
import io.sabot.store.IndexReader;
import io.sabot.store.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;

/// The same questions for one row before and after an index on what they ask for, whole statements
/// with parsing and planning; the index alone; and MERGE of new and of known nodes. Every answer is
/// compared with the one row it must be.
final class IndexBench {
  private static final int BY_SCAN = 60;
  private static final int BY_INDEX = 3_000;
  private static final int BY_ENTRY = 200_000;

  /// Without an index every row reads all nodes there are.
  private static final int MERGED_BY_SCAN = 3_000;

  private static final int MERGED = 100_000;

  private final int rows;
  private final Random random = new Random(1);

  IndexBench(int rows) {
    this.rows = rows;
  }

  private record Question(Language language, String text) {}

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(Language.SQL, "SELECT id FROM t WHERE a = CAST(:number AS BIGINT)"),
          new Question(Language.SQL, "SELECT id FROM t WHERE b = CAST(:text AS VARCHAR)"),
          new Question(Language.CYPHER, "MATCH (n:P {k: $number}) RETURN n.name"),
          new Question(Language.CYPHER, "MATCH (n:P {name: $text}) RETURN n.k"),
          new Question(
              Language.SPARQL,
              "SELECT ?s WHERE { ?s <http://sabot.local/main/t#b> \"person 77\" }"));

  boolean run() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      fill(session);
      ask(session, "scan", BY_SCAN);
      for (String index :
          List.of(
              "CREATE INDEX by_k FOR (n:P) ON (n.k)",
              "CREATE INDEX by_name FOR (n:P) ON (n.name)")) {
        timed(session, Language.CYPHER, index);
      }
      timed(session, Language.SQL, "CREATE INDEX by_a ON t (a)");
      timed(session, Language.SQL, "CREATE INDEX by_b ON t (b)");
      database.store().compact();
      ask(session, "index", BY_INDEX);
      entries(database);
      merge(session);
    }
    return true;
  }

  private void fill(Session session) {
    String nodes =
        "UNWIND range(1, " + rows + ") AS i CREATE (:P {k: i, name: 'person ' + toString(i)})";
    session.run(Language.CYPHER, nodes).close();
    session
        .run(Language.SQL, "CREATE TABLE t (id BIGINT PRIMARY KEY, a BIGINT, b VARCHAR)")
        .close();
    String copy =
        "INSERT INTO t SELECT k, k * 7, name FROM"
            + " TABLE(CYPHER('MATCH (n:P) RETURN n.k AS k, n.name AS name'))";
    session.run(Language.SQL, copy).close();
  }

  private static void timed(Session session, Language language, String text) {
    long start = System.nanoTime();
    session.run(language, text).close();
    System.out.printf(Locale.ROOT, "%-72s %10.1f ms%n", text, (System.nanoTime() - start) / 1e6);
  }

  private void ask(Session session, String how, int times) {
    for (Question question : QUESTIONS) {
      latencies(how + ": " + question.text(), times, i -> one(session, question));
    }
  }

  private void one(Session session, Question question) {
    int some = 1 + random.nextInt(rows);
    boolean isNode = question.language() == Language.CYPHER;
    Map<String, ?> parameters =
        question.language() == Language.SPARQL
            ? Map.of()
            : Map.of("number", isNode ? some : 7L * some, "text", "person " + some);
    try (Result result = session.run(question.language(), question.text(), parameters)) {
      expectOne(result.toList().size());
    }
  }

  private static void expectOne(int found) {
    if (found != 1) {
      throw new IllegalStateException("found " + found + " rows, expected one");
    }
  }

  /// @param work is run some times before the times count
  private static void latencies(String name, int times, IntConsumer work) {
    for (int i = 0; i < times / 4; i++) {
      work.accept(i);
    }
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      work.accept(i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-72.72s p50 %10.1f us, p99 %10.1f us%n",
        name,
        nanos[times / 2] / 1e3,
        nanos[times * 99 / 100] / 1e3);
  }

  /// What the store takes to find one entry, without any query around it.
  private void entries(Sabot database) {
    try (Snapshot snapshot = database.store().snapshot()) {
      for (var index : snapshot.catalog().indexes()) {
        IndexReader reader = snapshot.index(index.id());
        boolean isText = index.name().equals("by_name") || index.name().equals("by_b");
        int factor = index.name().equals("by_a") ? 7 : 1;
        long[] found = new long[2];
        latencies(
            "one entry of " + index.name(),
            BY_ENTRY,
            i -> {
              int some = 1 + random.nextInt(rows);
              Value value = isText ? Value.of("person " + some) : Value.of((long) factor * some);
              IndexReader.Span span = reader.span(List.of(value), null, null);
              expectOne(span == null ? 0 : reader.scan(span).next(found, found.length));
            });
      }
    }
  }

  private static void merge(Session session) {
    timed(
        session,
        Language.CYPHER,
        "UNWIND range(1, " + MERGED_BY_SCAN + ") AS i MERGE (n:NoIndex {k: i})");
    timed(session, Language.CYPHER, "CREATE INDEX merged FOR (n:Merged) ON (n.k)");
    String merge = "UNWIND range(1, " + MERGED + ") AS i MERGE (n:Merged {k: i})";
    timed(session, Language.CYPHER, merge);
    timed(session, Language.CYPHER, merge);
  }
}
