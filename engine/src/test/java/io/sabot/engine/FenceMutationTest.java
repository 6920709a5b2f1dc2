package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.QueryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What the fences around updates are for: without them each of these statements, one for each kind
/// of effect, gives another answer. With them it gives the right one in batches of any size.
final class FenceMutationTest {
  @TempDir Path directory;

  /// @param update what is done with each row of the match
  /// @param question asks what it did
  /// @param answer the only right one
  private record Effect(String name, String update, String question, String answer) {}

  private static final String SETUP =
      "CREATE (h:Hub {n: 0}) WITH h UNWIND range(1, 5) AS i CREATE (h)-[:R]->(:B {v: 1, k: i})";

  /// So many others that starting at the hub is the better plan.
  private static final String OTHERS = "UNWIND range(1, 2000) AS i CREATE (:X)-[:R]->(:X)";

  private static final List<Effect> EFFECTS =
      List.of(
          new Effect(
              "nodes that are created",
              "CREATE (h)-[:R]->(:B {v: 1, k: 0})",
              "MATCH (b:B) RETURN count(b)",
              "30"),
          new Effect(
              "relationships that are created",
              "CREATE (h)-[:R]->(b)",
              "MATCH (:Hub)-[r:R]->() RETURN count(r)",
              "30"),
          new Effect(
              "properties that are set",
              "WHERE b.v = 1 SET b.v = 2, h.n = h.n + 1",
              "MATCH (h:Hub) RETURN h.n",
              "25"),
          new Effect(
              "labels that are set",
              "WHERE NOT b:Seen SET b:Seen, h.n = h.n + 1",
              "MATCH (h:Hub) RETURN h.n",
              "25"),
          new Effect(
              "labels that are removed",
              "WHERE b:B REMOVE b:B SET h.n = h.n + 1",
              "MATCH (h:Hub) RETURN h.n",
              "25"),
          new Effect(
              "nodes that are deleted",
              "DETACH DELETE b SET h.n = h.n + 1",
              "MATCH (h:Hub) RETURN h.n",
              "25"),
          new Effect(
              "relationships that are deleted",
              "UNWIND rs AS r DELETE r SET h.n = h.n + 1",
              "MATCH (h:Hub) RETURN h.n",
              "25"),
          new Effect(
              "what MERGE creates",
              "MERGE (h)-[:R]->(:B {k: i * 100 + b.k})",
              "MATCH (:Hub)-[r:R]->() RETURN count(r)",
              "30"),
          new Effect(
              "what FOREACH creates",
              "FOREACH (k IN [1] | CREATE (h)-[:R]->(b))",
              "MATCH (:Hub)-[r:R]->() RETURN count(r)",
              "30"),
          new Effect(
              "what a subquery creates",
              "CALL (h, b, i) { CREATE (h)-[:R]->(b) }",
              "MATCH (:Hub)-[r:R]->() RETURN count(r)",
              "30"),
          new Effect(
              "what is read after an update",
              "SET h.n = h.n + 1 WITH h, h.n AS n SET h.sum = coalesce(h.sum, 0) + n",
              "MATCH (h:Hub) RETURN h.sum",
              "625"));

  /// For each of five rows, the five neighbours: searched for when the row comes.
  private static final String MATCH =
      "MATCH (h:Hub) UNWIND range(1, 5) AS i WITH h, i MATCH (h)-[rs:R*1..1]->(b) ";

  @TestFactory
  Stream<DynamicTest> fencesKeepReadsAndWritesApart() {
    return EFFECTS.stream()
        .flatMap(effect ->
            Stream.of(1, 3, 4096)
                .map(size ->
                    DynamicTest.dynamicTest(
                        effect.name() + ", batches of " + size,
                        () ->
                            assertThat(answer(effect, size, true))
                                .containsExactly(effect.answer()))));
  }

  @TestFactory
  Stream<DynamicTest> withoutThemItIsNoticed() {
    return EFFECTS.stream()
        .map(effect ->
            DynamicTest.dynamicTest(
                effect.name(),
                () -> assertThat(answer(effect, 1, false)).isNotEqualTo(List.of(effect.answer()))));
  }

  private List<String> answer(Effect effect, int batchRows, boolean fenced) throws Exception {
    Path path = Files.createTempDirectory(directory, "fences");
    Options options =
        Options.defaults()
            .withDurable(false)
            .withBatchRows(batchRows)
            .withThreads(1)
            .withTimeout(java.time.Duration.ofSeconds(20))
            .withMemoryLimitBytes(1L << 28);
    List<String> rows = new ArrayList<>();
    try (Sabot database = Sabot.open(path.resolve("db"), options);
        Session session = database.session()) {
      session.run(Language.CYPHER, SETUP).close();
      session.run(Language.CYPHER, OTHERS).close();
      if (!fenced) {
        database.planWithoutFences();
      }
      session.run(Language.CYPHER, MATCH + effect.update()).close();
      try (Result result = session.run(Language.CYPHER, effect.question())) {
        result.forEachRemaining(row -> rows.add(ScriptText.row(row, Language.CYPHER)));
      }
    } catch (QueryException failed) {
      rows.add(failed.code().name());
    }
    return rows;
  }
}
