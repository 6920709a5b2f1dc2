package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadTest {
  @TempDir private Path folder;

  private static long count(Sabot db) {
    try (Result result =
        db.sparql("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")) {
      return ((Value.Int) result.next().value(0)).value();
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void readsAFileBelowTheFolder() throws IOException {
    Path file = file("a.ttl", "<http://x/a> <http://x/p> 1, 2 .");
    try (Sabot db =
        Sabot.inMemory(Options.defaults().withAccess(Access.NOTHING.withDocuments(folder)))) {
      db.sparql("LOAD <" + file.toUri() + ">").close();
      db.sparql("LOAD <" + file.toUri() + "> INTO GRAPH <http://x/g>").close();
      assertThat(count(db)).isEqualTo(4);
    }
  }

  @Test
  void refusesWhatIsOutside() throws IOException {
    Path file = file("a.ttl", "<http://x/a> <http://x/p> 1 .");
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Access access = Access.NOTHING.withDocuments(inner);
    try (Sabot db = Sabot.inMemory(Options.defaults().withAccess(access))) {
      assertThatThrownBy(() -> db.sparql("LOAD <" + inner.toUri() + "../a.ttl>").close())
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("may not read");
      assertThatThrownBy(() -> db.sparql("LOAD <http://x/a.ttl>").close())
          .hasMessageContaining("may not read");
    }
    try (Sabot db = Sabot.inMemory()) {
      assertThatThrownBy(() -> db.sparql("LOAD <" + file.toUri() + ">").close())
          .hasMessageContaining("may not read any file");
    }
  }

  @Test
  void leavesNothingOfAMalformedFile() throws IOException {
    Path file = file("bad.ttl", "<http://x/a> <http://x/p> 1 . <http://x/a> oops");
    try (Sabot db =
        Sabot.inMemory(Options.defaults().withAccess(Access.NOTHING.withDocuments(folder)))) {
      db.sparql("LOAD SILENT <" + file.toUri() + ">").close();
      assertThat(count(db)).isZero();
      assertThatThrownBy(() -> db.sparql("LOAD <" + file.toUri() + ">").close())
          .hasMessageContaining("bad.ttl");
      assertThat(count(db)).isZero();
    }
  }
}
