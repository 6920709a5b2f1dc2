package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `EXPLAIN (...)` before a query of each language.
class ExplainOptionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Sabot database;
  private Session session;

  @BeforeEach
  void open() {
    database = Sabot.inMemory();
    session = database.session();
    session.run(Language.SQL, "CREATE TABLE t (id INT PRIMARY KEY, v INT)").close();
    session.run(Language.SQL, "INSERT INTO t VALUES (1, 10), (2, 20)").close();
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private String plan(Language language, String text) {
    try (Result result = session.run(language, text)) {
      List<Row> rows = result.toList();
      return String.join("\n", rows.stream().map(row -> String.valueOf(row.get(0))).toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SQL    | SELECT v FROM t WHERE id > 1",
        "CYPHER | MATCH (n:t) WHERE n.id > 1 RETURN n.v",
        "SPARQL | SELECT ?v WHERE { ?s <http://sabot.local/t#v> ?v }"
      })
  void theSameInEachLanguage(Language language, String query) throws Exception {
    JsonNode phases = JSON.readTree(plan(language, "EXPLAIN (FORMAT JSON) " + query));
    JsonNode last = phases.get(phases.size() - 1);
    assertThat(last.get("phase").asText()).isEqualTo("physical");
    assertThat(last.get("plan").get("operator").asText()).isEqualTo("output");
    assertThat(last.get("plan").get("inputs")).isNotEmpty();
    assertThat(plan(language, "EXPLAIN (PHASE logical) " + query)).startsWith("-- logical\noutput");

    JsonNode run = JSON.readTree(plan(language, "explain (analyze, format json)\n" + query));
    assertThat(run.get("plan").get("rows").isIntegralNumber()).isTrue();
    assertThat(run.get("memoryPeakBytes").isIntegralNumber()).isTrue();
  }

  @Test
  void changesAreShownWithoutBeingMade() {
    assertThat(plan(Language.SQL, "EXPLAIN (PHASE physical) DELETE FROM t")).contains("delete");
    assertThat(plan(Language.SQL, "SELECT count(*) FROM t")).isEqualTo("2");
    assertThat(plan(Language.SQL, "EXPLAIN (ANALYZE) DELETE FROM t")).contains("delete");
    assertThat(plan(Language.SQL, "SELECT count(*) FROM t")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "EXPLAIN (COSTS) SELECT 1             | SYNTAX_ERROR     | 10 | no option 'COSTS'",
        "EXPLAIN (ANALYZE maybe) SELECT 1     | SYNTAX_ERROR     | 10 | true or false",
        "EXPLAIN (FORMAT json, FORMAT yaml) S | SYNTAX_ERROR     | 23 | no format 'yaml'",
        "EXPLAIN () SELECT 1                  | SYNTAX_ERROR     | 10 | missing",
        "EXPLAIN (PHASE nowhere) SELECT 1     | INVALID_ARGUMENT |    | no phase 'nowhere'",
        "EXPLAIN (FORMAT JSON) SELECT nix     | UNKNOWN_COLUMN   | 30 | nix"
      })
  void mistakesAreNamed(String text, ErrorCode code, Integer column, String message) {
    assertThatThrownBy(() -> plan(Language.SQL, text))
        .isInstanceOfSatisfying(
            QueryException.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(code);
              assertThat(failed.getMessage()).contains(message);
              if (column != null) {
                assertThat(java.util.Objects.requireNonNull(failed.span()).column())
                    .isEqualTo(column);
              }
            });
  }
}
