package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `LOAD CSV`: rows of a file below the folder that is allowed, and of no other.
final class LoadCsvTest {
  @TempDir Path folder;

  private Sabot database() {
    return Sabot.inMemory(Options.defaults().withAccess(Access.NOTHING.withDocuments(folder)));
  }

  private static List<Row> rows(Sabot database, String query) {
    try (Result result = database.cypher(query)) {
      return result.toList();
    }
  }

  @Test
  void headersNameTheFieldsAndEmptyFieldsAreNull() throws IOException {
    Files.writeString(folder.resolve("p.csv"), "name,age\nAnn,30\nBob,\n");
    try (Sabot db = database()) {
      List<Row> rows =
          rows(
              db,
              "LOAD CSV WITH HEADERS FROM 'file:///p.csv' AS line"
                  + " CREATE (p:Person {name: line.name, age: toInteger(line.age)})"
                  + " RETURN line, p.age AS age ORDER BY line.name");
      assertThat(rows).hasSize(2);
      assertThat(rows.get(0).get("line")).isEqualTo(Map.of("name", "Ann", "age", "30"));
      assertThat(rows.get(0).get("age")).isEqualTo(30L);
      assertThat(rows.get(1).get("age")).isNull();
    }
  }

  @Test
  void withoutHeadersARowIsAListAndTheSeparatorMayBeAnother() throws IOException {
    Files.writeString(folder.resolve("q.csv"), "1;\"a;b\"\n2;c\n");
    try (Sabot db = database()) {
      List<Row> rows =
          rows(
              db,
              "LOAD CSV FROM 'file:///q.csv' AS line FIELDTERMINATOR ';'"
                  + " RETURN line[0] AS n, line[1] AS text");
      assertThat(rows).extracting(row -> row.get("text")).containsExactly("a;b", "c");
    }
  }

  @Test
  void refusesWhatIsOutsideTheFolder() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("secret.csv"), "x\n");
    Options options = Options.defaults().withAccess(Access.NOTHING.withDocuments(inner));
    try (Sabot db = Sabot.inMemory(options)) {
      assertThatThrownBy(
              () -> rows(db, "LOAD CSV FROM 'file:///../secret.csv' AS line RETURN line"))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("may not read");
    }
    try (Sabot db = Sabot.inMemory()) {
      assertThatThrownBy(() -> rows(db, "LOAD CSV FROM 'file:///p.csv' AS line RETURN line"))
          .hasMessageContaining("may not read any file");
    }
  }
}
