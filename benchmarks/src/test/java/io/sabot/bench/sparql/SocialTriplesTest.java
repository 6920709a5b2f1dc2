package io.sabot.bench.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.bench.graph.SocialNetwork;
import io.sabot.bench.peer.Directories;
import io.sabot.engine.io.JenaTerms;
import io.sabot.peers.GraphPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every query of the benchmark has an answer, and ARQ in memory gives the same.
class SocialTriplesTest {
  private static final int PEOPLE = 300;

  @TestFactory
  Stream<DynamicTest> oneAnswer(@TempDir Path directory) throws IOException {
    Path file = SocialTriples.file(SocialNetwork.files(directory, PEOPLE, 42));
    DatasetGraph jena = DatasetGraphFactory.create();
    RDFDataMgr.read(jena, file.toString());
    GraphPeer ours = new SabotStore();
    ours.open(Directories.renewed(directory.resolve("sabot")), 2);
    ours.load(file);
    return SparqlQuery.all().stream()
        .map(query ->
            DynamicTest.dynamicTest(query.name(), () -> assertOneAnswer(query, ours, jena)))
        .onClose(ours::close);
  }

  private static void assertOneAnswer(SparqlQuery query, GraphPeer ours, DatasetGraph jena) {
    List<String> expected = Answers.sorted(rows(query, jena));
    assertThat(expected).as("the data has an answer to it").isNotEmpty();
    assertThat(Answers.sorted(ours.rows(query.text()))).isEqualTo(expected);
    assertThat(ours.drain(query.text())).as("the texts of all terms").isNotZero();
  }

  private static List<List<@Nullable Object>> rows(SparqlQuery query, DatasetGraph jena) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (QueryExec exec = QueryExec.dataset(jena).query(query.text()).build()) {
      RowSet rows = exec.select();
      rows.forEachRemaining(row -> {
        List<@Nullable Object> cells = new ArrayList<>();
        for (var variable : rows.getResultVars()) {
          var node = row.get(variable);
          cells.add(node == null ? null : SabotStore.cell(JenaTerms.value(node, "")));
        }
        all.add(cells);
      });
    }
    return all;
  }
}
