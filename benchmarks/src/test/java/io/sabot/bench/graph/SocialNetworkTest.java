package io.sabot.bench.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Sabot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every question over the social network has one answer: in three languages over tables, and in
/// Cypher over a native graph of the same data.
class SocialNetworkTest {
  private static final int PEOPLE = 300;

  @TestFactory
  Stream<DynamicTest> oneAnswer(@TempDir Path directory) throws IOException {
    Path files = SocialNetwork.files(directory, PEOPLE, 1);
    Sabot tables = Sabot.inMemory();
    Sabot graph = Sabot.inMemory();
    SocialStore.loadTables(tables, files);
    SocialStore.loadGraph(graph, files);
    return GraphQuery.NAMES.stream()
        .map(GraphQuery::read)
        .map(query ->
            DynamicTest.dynamicTest(query.name(), () -> assertOneAnswer(query, tables, graph)))
        .onClose(() -> {
          tables.close();
          graph.close();
        });
  }

  private static void assertOneAnswer(GraphQuery query, Sabot tables, Sabot graph) {
    List<List<@Nullable Object>> sql = SocialStore.rows(tables, Language.SQL, query.text("sql"));
    assertThat(sql).as("the data has an answer to it").isNotEmpty();
    assertThat(sql.getFirst()).isNotEqualTo(List.of(0L));
    assertThat(SocialStore.rows(tables, Language.CYPHER, query.text("cypher"))).isEqualTo(sql);
    assertThat(SocialStore.rows(tables, Language.SPARQL, query.text("sparql"))).isEqualTo(sql);
    assertThat(SocialStore.rows(graph, Language.CYPHER, query.text("cypher"))).isEqualTo(sql);
  }
}
