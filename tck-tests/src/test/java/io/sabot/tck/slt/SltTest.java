package io.sabot.tck.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.tck.slt.SltRecord.Order;
import io.sabot.tck.slt.SltRecord.Query;
import io.sabot.tck.slt.SltRecord.Statement;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SltTest {
  @Test
  void readsRecordsButThoseForOtherEngines() {
    String text =
        """
        hash-threshold 8

        statement ok
        CREATE TABLE t(a INTEGER)

        onlyif mysql # DIV
        query I rowsort label-1
        SELECT 5 DIV 2
        ----
        2

        skipif mysql # not compatible
        query IT nosort
        SELECT a,
          b FROM t
        ----
        1
        x

        statement error
        SELECT nothing

        onlyif mssql
        halt

        statement ok
        DROP TABLE t

        halt

        statement ok
        SELECT 1
        """;
    List<SltRecord> records = new ArrayList<>();
    try (SltReader reader = new SltReader(new StringReader(text))) {
      for (SltRecord next = reader.next(); next != null; next = reader.next()) {
        records.add(next);
      }
    }
    assertThat(records)
        .containsExactly(
            new Statement(3, "CREATE TABLE t(a INTEGER)", false),
            new Query(13, "SELECT a,\n  b FROM t", "IT", Order.AS_RETURNED, List.of("1", "x")),
            new Statement(20, "SELECT nothing", true),
            new Statement(26, "DROP TABLE t", false));
  }

  @Test
  void printsValuesByTheTypeOfTheirColumn() {
    SltResult result = new SltResult("IRTT");
    result.add(Arrays.asList(new BigDecimal("-2.9"), 1.25, "", null));
    result.add(Arrays.asList(true, new BigDecimal("1"), "a\tb", 7));
    List<String> byRow = List.of("-2", "1.250", "(empty)", "NULL", "1", "1.000", "a@b", "7");
    assertThat(result.difference(query("IRTT", Order.AS_RETURNED, byRow))).isEmpty();
    assertThat(result.difference(query("IRTT", Order.BY_VALUE, byRow))).startsWith("expected");
    List<String> byValue = byRow.stream().sorted().toList();
    assertThat(result.difference(query("IRTT", Order.BY_VALUE, byValue))).isEmpty();
  }

  @Test
  void comparesHashes() {
    SltResult result = new SltResult("I");
    result.add(List.of(2L));
    result.add(List.of(1L));
    // MD5 of "1\n2\n".
    List<String> hash = List.of("2 values hashing to 6ddb4095eb719e2a9f0a3f95677d24e0");
    assertThat(result.difference(query("I", Order.BY_ROW, hash))).isEmpty();
    SltResult other = new SltResult("I");
    other.add(List.of(3L));
    assertThat(other.difference(query("I", Order.BY_ROW, hash))).isNotEmpty();
  }

  @Test
  void ordersNullsAsSqlite() {
    Query sorted =
        new Query(
            1,
            "SELECT a FROM (SELECT a FROM t ORDER BY a) ORDER BY max(a, b), 2 DESC",
            "I",
            Order.AS_RETURNED,
            List.of());
    assertThat(NullOrder.asInSqlite(sorted))
        .isEqualTo(
            "SELECT a FROM (SELECT a FROM t ORDER BY a)"
                + " ORDER BY max(a, b) NULLS FIRST, 2 DESC NULLS LAST");
    Query anyOrder = new Query(1, sorted.sql(), "I", Order.BY_ROW, List.of());
    assertThat(NullOrder.asInSqlite(anyOrder)).isEqualTo(sorted.sql());
  }

  private static Query query(String types, Order order, List<String> expected) {
    return new Query(1, "", types, order, expected);
  }
}
