package io.sabot.shell;

import io.sabot.engine.Language;
import java.util.Set;
import java.util.TreeSet;

/// The words that are highlighted and completed.
final class Keywords {
  private static final Set<String> SQL =
      words(
          "SELECT DISTINCT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET FETCH JOIN LEFT RIGHT FULL"
              + " INNER OUTER CROSS LATERAL ON USING UNION ALL INTERSECT EXCEPT WITH RECURSIVE AS"
              + " AND OR NOT IN EXISTS BETWEEN LIKE IS NULL CASE WHEN THEN ELSE END"
              + " CAST INSERT INTO"
              + " VALUES UPDATE SET DELETE CREATE TABLE VIEW SCHEMA DROP IF PRIMARY KEY FOREIGN"
              + " INDEX CHECK ALTER ADD ANALYZE"
              + " REFERENCES UNIQUE CONSTRAINT INTEGER BIGINT DOUBLE DECIMAL VARCHAR BOOLEAN DATE"
              + " TIMESTAMP COUNT SUM AVG MIN MAX OVER PARTITION EXPLAIN PROFILE BEGIN COMMIT"
              + " ROLLBACK TRUNCATE CYPHER SPARQL ASC DESC");
  private static final Set<String> CYPHER =
      words(
          "MATCH OPTIONAL WHERE RETURN WITH UNWIND CREATE MERGE SET REMOVE DELETE DETACH"
              + " INDEX INDEXES CONSTRAINT CONSTRAINTS FOR REQUIRE UNIQUE DROP SHOW"
              + " FOREACH CALL YIELD UNION ALL DISTINCT ORDER BY SKIP LIMIT"
              + " AS AND OR XOR NOT IN IS NULL CASE"
              + " WHEN THEN ELSE END STARTS ENDS CONTAINS EXISTS COUNT COLLECT"
              + " EXPLAIN PROFILE ASC DESC TRUE FALSE");
  private static final Set<String> SPARQL =
      words(
          "SELECT CONSTRUCT ASK DESCRIBE PREFIX BASE WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS"
              + " FILTER BIND VALUES SERVICE GROUP BY HAVING ORDER LIMIT OFFSET DISTINCT REDUCED AS"
              + " INSERT DELETE DATA CLEAR DROP CREATE LOAD INTO WITH USING EXISTS NOT IN COUNT SUM"
              + " AVG MIN MAX SAMPLE ASC DESC");
  private static final Set<String> ALL = new TreeSet<>();

  static {
    ALL.addAll(SQL);
    ALL.addAll(CYPHER);
    ALL.addAll(SPARQL);
  }

  private Keywords() {}

  static Set<String> of(Language language) {
    return switch (language) {
      case SQL -> SQL;
      case CYPHER -> CYPHER;
      case SPARQL -> SPARQL;
    };
  }

  static Set<String> all() {
    return ALL;
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" "));
  }
}
