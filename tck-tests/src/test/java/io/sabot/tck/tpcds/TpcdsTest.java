package io.sabot.tck.tpcds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TpcdsTest {
  @Test
  void everyQueryHasAText() {
    assertThat(IntStream.rangeClosed(1, TpcdsQuery.COUNT).mapToObj(TpcdsQuery::of))
        .allSatisfy(query -> {
          assertThat(query.text()).containsIgnoringCase("select").doesNotContain("${");
          assertThat(query.text()).doesNotEndWith(";");
        });
  }

  @Test
  void divisorsThatMayBeZeroGiveNull() {
    assertThat(IntStream.of(12, 20, 90, 98).mapToObj(TpcdsQuery::of))
        .allSatisfy(query -> assertThat(query.text()).contains("/ NULLIF("));
  }

  @Test
  void onlyTheOutermostOrderGetsMoreKeys() {
    TpcdsQuery query =
        new TpcdsQuery(
            1, "SELECT a, b FROM (SELECT * FROM t ORDER BY x LIMIT 3) ORDER BY b LIMIT 9");
    assertThat(query.determined(2))
        .isEqualTo(
            "SELECT a, b FROM (SELECT * FROM t ORDER BY x LIMIT 3) ORDER BY b, 1, 2\nLIMIT 9");
    TpcdsQuery unordered = new TpcdsQuery(1, "SELECT count(*) FROM t LIMIT 9");
    assertThat(unordered.determined(1)).isEqualTo(unordered.text());
  }
}
