package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.FileImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that writes in three languages while it imports, compacts and backs up, again
/// and again. `-Dkill.rounds=500` sets how often.
///
/// Writers commit groups 0, 1, 2, ...: a row, a node and a triple each, in one transaction, and
/// remove an older group in the same one. An import adds a file of rows in one transaction. After a
/// kill every group and every import must be whole or not there at all, and those that were
/// acknowledged must be there.
class KillLoopTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 4);
  private static final int WRITERS = 2;
  private static final int KEPT = 5;
  private static final long STRIDE = 1_000_000;
  private static final int IMPORTED = 400;

  @TempDir private Path directory;

  /// What the parent knows for certain.
  private static final class Known {
    final long[] groups = {-1, -1};
    long imported = -1;
    String backup = "";
    long commits;
    int backups;
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalf() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KillLoopTest: -Dseed=" + seed);
    Random random = new Random(seed);
    Path home = directory.resolve("db");
    try (Sabot database = Sabot.open(home);
        Session session = database.session()) {
      session.run(Language.SQL, "CREATE TABLE g (id BIGINT PRIMARY KEY, w BIGINT)").close();
      session.run(Language.SQL, "CREATE TABLE i (batch BIGINT, n BIGINT)").close();
      session.run(Language.SQL, "CREATE INDEX g_w ON g (w, id)").close();
      session.run(Language.SQL, "CREATE UNIQUE INDEX i_bn ON i (batch, n)").close();
      session
          .run(Language.CYPHER, "CREATE CONSTRAINT g_id FOR (n:G) REQUIRE n.id IS UNIQUE")
          .close();
    }
    Known known = new Known();
    for (int round = 0; round < ROUNDS; round++) {
      long before = known.commits;
      runAndKill(home, random, known);
      try (Sabot database = Sabot.open(home)) {
        verify(database, known, round % 10 == 0);
      }
      if (round % 25 == 0) {
        verifyBackup(known);
      }
      if (round % 20 == 19) {
        System.out.printf(
            "%d kills, %d acknowledged commits, %d imports, %d backups%n",
            round + 1, known.commits, known.imported + 1, known.backups);
      }
      assertThat(known.commits).isGreaterThanOrEqualTo(before);
    }
    System.out.printf(
        "%d kills, %d acknowledged commits, %d imports, %d backups%n",
        ROUNDS, known.commits, known.imported + 1, known.backups);
  }

  private static void runAndKill(Path home, Random random, Known known) throws Exception {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx400m",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            home.toString(),
            Long.toString(random.nextLong()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    int delay = random.nextInt(10) == 0 ? random.nextInt(800) : 1 + random.nextInt(700);
    Thread killer = random.nextInt(10) == 0 ? killLater(process, delay) : null;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = in.readLine()) != null; ) {
        // Its first query takes longer than all that come after it.
        if (line.startsWith("GROUP") && killer == null) {
          killer = killLater(process, delay);
        }
        if (line.endsWith(";")) {
          note(line.substring(0, line.length() - 1).split(" "), known);
        }
      }
    }
    if (killer != null) {
      killer.join();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("killed, not ended by itself").isEqualTo(137);
  }

  private static void note(String[] words, Known known) {
    switch (words[0]) {
      case "GROUP" -> {
        known.groups[Integer.parseInt(words[1])] = Long.parseLong(words[2]);
        known.commits++;
      }
      case "IMPORT" -> known.imported = Long.parseLong(words[1]);
      // A kill may come before there is another in its place.
      case "DROP" -> known.backup = known.backup.equals(words[1]) ? "" : known.backup;
      case "BACKUP" -> {
        known.backup = words[1];
        known.backups++;
      }
      default -> throw new AssertionError("unknown message " + words[0]);
    }
  }

  private static Thread killLater(Process process, int millis) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          process.toHandle().destroyForcibly();
        });
  }

  private static List<Long> longs(Session session, Language language, String text) {
    try (Result result = session.run(language, text)) {
      List<Long> values = new ArrayList<>();
      result.forEachRemaining(row -> values.add(number(row.get(0))));
      return values;
    }
  }

  private static long number(@org.jspecify.annotations.Nullable Object value) {
    return ((Number) java.util.Objects.requireNonNull(value)).longValue();
  }

  private static void verify(Sabot database, Known known, boolean fully) {
    try (Session session = database.session()) {
      List<Long> rows = longs(session, Language.SQL, "SELECT id FROM g ORDER BY id");
      assertThat(longs(session, Language.CYPHER, "MATCH (n:G) RETURN n.id ORDER BY n.id"))
          .isEqualTo(rows);
      assertThat(longs(session, Language.SPARQL, "SELECT ?o { ?s <urn:id> ?o } ORDER BY ?o"))
          .isEqualTo(rows);
      for (int w = 0; w < WRITERS; w++) {
        long from = w * STRIDE;
        List<Long> mine = rows.stream().filter(r -> r / STRIDE == from / STRIDE).toList();
        long last = mine.isEmpty() ? -1 : mine.getLast() - from;
        assertThat(last).isBetween(known.groups[w], known.groups[w] + 1);
        assertThat(mine).hasSize((int) Math.min(last + 1, KEPT));
        known.groups[w] = last;
      }
      TreeMap<Long, Long> batches = new TreeMap<>();
      try (Result result =
          session.run(Language.SQL, "SELECT batch, count(*) FROM i GROUP BY batch")) {
        result.forEachRemaining(row -> batches.put(number(row.get(0)), number(row.get(1))));
      }
      assertThat(batches.values()).allMatch(n -> n == IMPORTED);
      long last = batches.isEmpty() ? -1 : batches.lastKey();
      assertThat(last).isBetween(known.imported, known.imported + 1);
      assertThat(batches).hasSize((int) last + 1);
      known.imported = last;
    }
    if (fully) {
      assertThat(database.check(step -> {})).isEmpty();
    }
  }

  private void verifyBackup(Known known) throws IOException {
    if (known.backup.isEmpty()) {
      return;
    }
    Path restored = directory.resolve("restored");
    Sabot.restore(Path.of(known.backup), restored);
    try (Sabot database = Sabot.open(restored);
        Session session = database.session()) {
      assertThat(database.check(step -> {})).isEmpty();
      List<Long> rows = longs(session, Language.SQL, "SELECT id FROM g ORDER BY id");
      assertThat(longs(session, Language.CYPHER, "MATCH (n:G) RETURN n.id ORDER BY n.id"))
          .isEqualTo(rows);
    }
    deleteTree(restored);
  }

  private static void deleteTree(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// The process that is killed.
  static final class Child {
    private final Path home;
    private final Sabot database;

    private Child(Path home) {
      this.home = home;
      this.database = Sabot.open(home);
    }

    public static void main(String[] arguments) throws Exception {
      Child child = new Child(Path.of(arguments[0]));
      Random random = new Random(Long.parseLong(arguments[1]));
      long[] next = new long[WRITERS];
      long nextImport;
      try (Session session = child.database.session()) {
        for (int w = 0; w < WRITERS; w++) {
          String max = "SELECT coalesce(max(id), -1) FROM g WHERE w = " + w;
          long last = longs(session, Language.SQL, max).getFirst();
          next[w] = last < 0 ? 0 : last - w * STRIDE + 1;
        }
        nextImport =
            longs(session, Language.SQL, "SELECT coalesce(max(batch), -1) FROM i").getFirst() + 1;
      }
      List<Thread> threads = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int writer = w;
        threads.add(Thread.ofPlatform().start(() -> child.write(writer, next[writer])));
      }
      threads.add(Thread.ofPlatform().start(() -> child.importFiles(nextImport)));
      child.maintain(random);
    }

    private void write(int writer, long first) {
      for (long k = first; ; k++) {
        long group = k;
        long id = writer * STRIDE + k;
        database.transact(session -> {
          run(session, Language.SQL, "INSERT INTO g VALUES (" + id + ", " + writer + ")");
          run(session, Language.CYPHER, "CREATE (:G {id: " + id + "})");
          run(session, Language.SPARQL, "INSERT DATA { <urn:" + id + "> <urn:id> " + id + " }");
          if (group >= KEPT) {
            long old = id - KEPT;
            run(session, Language.SQL, "DELETE FROM g WHERE id = " + old);
            run(session, Language.CYPHER, "MATCH (n:G {id: " + old + "}) DELETE n");
            run(session, Language.SPARQL, "DELETE DATA { <urn:" + old + "> <urn:id> " + old + " }");
          }
          return id;
        });
        say("GROUP " + writer + " " + k + ";");
      }
    }

    private static synchronized void say(String line) {
      System.out.println(line);
      System.out.flush();
    }

    private static void run(Session session, Language language, String text) {
      session.run(language, text).close();
    }

    private void importFiles(long first) {
      try {
        for (long batch = first; ; batch++) {
          Path csv = home.resolveSibling("import.csv");
          StringBuilder text = new StringBuilder("batch,n\n");
          for (int n = 0; n < IMPORTED; n++) {
            text.append(batch).append(',').append(n).append('\n');
          }
          Files.writeString(csv, text);
          try (BulkLoad load = BulkLoad.begin(database)) {
            load.read(
                new FileImport("i", null, 0, bad -> {}, (file, rows, read, total) -> {}), csv);
            load.commit();
          }
          say("IMPORT " + batch + ";");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void maintain(Random random) throws Exception {
      while (true) {
        Thread.sleep(random.nextInt(200));
        if (random.nextBoolean()) {
          database.store().compact();
        } else {
          Path target = home.resolveSibling("backup" + random.nextInt(3));
          say("DROP " + target + ";");
          deleteTree(target);
          database.backup(target);
          say("BACKUP " + target + ";");
        }
      }
    }
  }
}
