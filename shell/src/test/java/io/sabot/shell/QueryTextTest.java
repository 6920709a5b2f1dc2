package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryTextTest {
  @Test
  void aSemicolonInsideAStringOrGroupEndsNothing() {
    assertThat(QueryText.of("RETURN ';'").isComplete()).isFalse();
    assertThat(QueryText.of("SELECT * { ?s ?p ?o ;").isComplete()).isFalse();
    assertThat(QueryText.of("SELECT 1 -- ;").isComplete()).isFalse();
    assertThat(QueryText.of("RETURN 'it''s' ;").isComplete()).isTrue();
    assertThat(QueryText.of("MATCH (a)--(b) RETURN a;").isComplete()).isTrue();
  }

  @Test
  void statementsKeepTheirPositions() {
    assertThat(QueryText.of("RETURN 1;\nRETURN 2;").statements())
        .containsExactly("RETURN 1", "         \nRETURN 2");
  }

  @Test
  void anOpenStringIsNotComplete() {
    assertThat(QueryText.of("RETURN 'a;").isComplete()).isFalse();
  }
}
