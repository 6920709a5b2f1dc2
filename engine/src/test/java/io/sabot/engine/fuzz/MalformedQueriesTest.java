package io.sabot.engine.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random queries, well-formed and not, end in a result or in an error of the user's.
///
/// `-Dfuzz.seeds=N` runs N of each kind, `-Dseed=S` starts at that one.
class MalformedQueriesTest {
  private static final int QUERIES_A_DATABASE = 250;

  @ParameterizedTest
  @EnumSource(Language.class)
  void mutatedQueries(Language language) {
    Corpus corpus = Corpus.of(language);
    assertThat(corpus.texts()).hasSizeGreaterThan(15);
    run(language, random -> new Mutations(corpus, random).next());
  }

  @Test
  void sentencesOfTheCypherGrammar() {
    run(Language.CYPHER, random -> new GrammarSentences(random).next());
  }

  private static void run(Language language, Function<Random, String> queries) {
    int seeds = Integer.getInteger("fuzz.seeds", 500);
    long first = Long.getLong("seed", System.nanoTime());
    List<String> complaints = new ArrayList<>();
    for (long seed = first; seed < first + seeds; seed += QUERIES_A_DATABASE) {
      try (Ordeal ordeal = database()) {
        long end = Math.min(first + seeds, seed + QUERIES_A_DATABASE);
        for (long each = seed; each < end && complaints.size() < 5; each++) {
          String text = queries.apply(new Random(each));
          String complaint = ordeal.run(language, text);
          if (!complaint.isEmpty()) {
            complaints.add("-Dseed=%d%n%s%n%s".formatted(each, text, complaint));
          }
        }
        String ill = ordeal.checkUp();
        if (!ill.isEmpty()) {
          complaints.add("after -Dseed=%d: %s".formatted(seed, ill));
        }
      }
    }
    assertThat(complaints).as("-Dseed=%d", first).isEmpty();
  }

  private static Ordeal database() {
    Sabot database = Sabot.inMemory();
    try (Session session = database.session()) {
      for (String sql :
          List.of(
              "CREATE TABLE city (id INTEGER PRIMARY KEY, m INTEGER NOT NULL,"
                  + " n INTEGER, s VARCHAR)",
              "CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR, age INTEGER,"
                  + " home_id INTEGER REFERENCES city (id))",
              "INSERT INTO city VALUES (1, 1, NULL, 'a'), (2, 3, 4, NULL), (3, 0, 0, '')",
              "INSERT INTO person VALUES (1, 'Ann', 30, 1), (2, 'Bob', NULL, 2),"
                  + " (3, NULL, 5, 1)")) {
        session.run(Language.SQL, sql).close();
      }
      session
          .run(
              Language.CYPHER,
              "CREATE (a:P {x: 1, s: 'a'})-[:KNOWS {w: 1.5}]->(b:P:Q {x: 2})-[:KNOWS]->(c:Q),"
                  + " (c)-[:LIKES]->(a), (c)-[:LIKES]->(c)")
          .close();
      session
          .run(
              Language.SPARQL,
              "INSERT DATA { <http://e/a> <http://e/knows> <http://e/b> ; <http://e/age> 5, \"x\" ."
                  + " <http://e/b> <http://e/knows> <http://e/a> ; <http://e/p> 1.5, _:b, true ."
                  + " GRAPH <http://e/g> { <http://e/a> <http://e/p> \"y\"@en } }")
          .close();
    }
    return new Ordeal(database);
  }
}
