package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.FileImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process at random moments of an import of a table and of triples in one transaction. The
/// store is then as before, or has all of it. `-Dkill.rounds=50` sets how often.
class KilledImportTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 4);
  private static final int ROWS = 150_000;

  @TempDir private Path directory;

  @Test
  void leavesTheStoreAsBefore() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KilledImportTest: -Dseed=" + seed);
    Random random = new Random(seed);
    Path csv = directory.resolve("t.csv");
    Path triples = directory.resolve("t.nt");
    writeFiles(csv, triples);
    Path home = directory.resolve("db");
    makeStore(home);
    int whole = 0;
    // An import that is not killed says how long one takes.
    long millis = runAndKill(home, csv, triples, Long.MAX_VALUE);
    for (int round = 0; round <= ROUNDS; round++) {
      try (Sabot database = Sabot.open(home)) {
        assertThat(database.check(step -> {})).isEmpty();
        List<Long> found = contents(database);
        assertThat(found).isIn(List.of(3L, 6L, 3L), List.of(3L + ROWS, sum(), 3L + ROWS));
        whole += found.getFirst() == 3 ? 0 : 1;
      }
      deleteTree(home);
      makeStore(home);
      if (round < ROUNDS) {
        runAndKill(home, csv, triples, random.nextLong(millis));
      }
    }
    System.out.println(ROUNDS + " kills, " + (whole - 1) + " after the commit");
    assertThat(whole).isPositive();
  }

  private static long sum() {
    return 6 + (long) ROWS * (ROWS + 1) / 2;
  }

  private static void writeFiles(Path csv, Path triples) throws IOException {
    StringBuilder rows = new StringBuilder("id,name\n");
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= ROWS; i++) {
      rows.append(i).append(",name ").append(i).append('\n');
      lines.append("<http://example.org/").append(i).append("> <urn:p> \"").append(i);
      lines.append("\" .\n");
    }
    Files.writeString(csv, rows);
    Files.writeString(triples, lines);
  }

  private static void makeStore(Path home) {
    try (Sabot database = Sabot.open(home);
        Session session = database.session()) {
      session.run(Language.SQL, "CREATE TABLE t (id BIGINT, name VARCHAR)").close();
      session.run(Language.SQL, "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')").close();
      session
          .run(Language.SPARQL, "INSERT DATA { <urn:a> <urn:p> 1, 2 . <urn:b> <urn:p> 3 }")
          .close();
    }
  }

  /// Rows, the sum of a column, triples.
  private static List<Long> contents(Sabot database) {
    try (Session session = database.session()) {
      List<Long> found = new ArrayList<>();
      numbers(session, Language.SQL, "SELECT COUNT(*), SUM(id) FROM t", found);
      numbers(session, Language.SPARQL, "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }", found);
      return found;
    }
  }

  private static void numbers(Session session, Language language, String text, List<Long> numbers) {
    try (Result result = session.run(language, text)) {
      Row row = result.next();
      for (int c = 0; c < result.columns().size(); c++) {
        numbers.add(Long.parseLong(String.valueOf(row.get(c))));
      }
    }
  }

  /// Kills the child so long after its import began; returns how long that took.
  private static long runAndKill(Path home, Path csv, Path triples, long delay) throws Exception {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx600m",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            home.toString(),
            csv.toString(),
            triples.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(in.readLine()).isEqualTo("BEGIN");
      long start = System.nanoTime();
      boolean ended = process.waitFor(delay, TimeUnit.MILLISECONDS);
      process.toHandle().destroyForcibly();
      process.waitFor();
      assertThat(process.exitValue()).isEqualTo(ended ? 0 : 137);
      return (System.nanoTime() - start) / 1_000_000;
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// The process that is killed.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try (Sabot database = Sabot.open(Path.of(arguments[0]));
          BulkLoad load = BulkLoad.begin(database)) {
        FileImport reader =
            new FileImport(null, null, 0, bad -> {}, (file, rows, read, total) -> {});
        System.out.println("BEGIN");
        System.out.flush();
        load.read(reader, Path.of(arguments[1]));
        load.read(reader, Path.of(arguments[2]));
        load.commit();
      }
    }
  }
}
