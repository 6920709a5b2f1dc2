package io.sabot.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.TupleCursor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that commits mixed writes, again and again, and checks what is there afterwards.
///
/// Each of three threads of the child writes groups 0, 1, 2, ... and removes group `k - KEPT`
/// together with writing group `k`, in one transaction over all families. So after a crash a thread
/// must have exactly the groups `k - KEPT + 1` to `k`, all whole, where `k` is the last
/// acknowledged one or the one after. `-Dcrash.kills=` sets how often.
class CrashTest {
  private static final int KEPT = 4;
  private static final int THREADS = 3;
  private static final int ROWS = 5;
  private static final long THREAD_STRIDE = 1_000_000;
  private static final int KILLS = Integer.getInteger("crash.kills", 50);

  @TempDir private Path directory;

  static Process child(Class<?> main, Path directory, long argument) throws IOException {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            directory.toString(),
            Long.toString(argument));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static StoreOptions options() {
    // Small enough that flushes, purges and new log files happen between kills.
    return StoreOptions.defaults().withLogBytesBeforeFlush(300_000);
  }

  @Test
  void acknowledgedTransactionsAreWholeAndNoOthersAreVisible() throws Exception {
    Random random = Seeded.random("CrashTest");
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> lanes = new ArrayList<>();
    for (int lane = 0; lane < 2; lane++) {
      Path store = directory.resolve("store" + lane);
      long seed = random.nextLong();
      int kills = (KILLS + 1 - lane) / 2;
      lanes.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  killRepeatedly(store, new Random(seed), kills);
                } catch (Throwable e) {
                  failure.compareAndSet(null, e);
                }
              }));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }

  private static void killRepeatedly(Path directory, Random random, int kills) throws Exception {
    try (Store store = Store.open(directory, options());
        Transaction setup = store.begin()) {
      setup.catalog().createTable(TestTables.definition(setup.catalog().nextId()));
      setup.commit();
    }
    long[] last = new long[THREADS];
    Arrays.fill(last, -1);
    long commits = 0;
    for (int kill = 0; kill < kills; kill++) {
      long[] acknowledged = runAndKill(directory, random);
      for (int t = 0; t < THREADS; t++) {
        commits += Math.max(0, acknowledged[t] - last[t]);
        last[t] = Math.max(last[t], acknowledged[t]);
      }
      try (Store store = Store.open(directory, options());
          Snapshot snapshot = store.snapshot()) {
        last = verify(snapshot, last);
        if (random.nextInt(3) == 0) {
          store.compact();
        }
      }
    }
    System.out.println(
        directory.getFileName()
            + ": "
            + kills
            + " kills, "
            + commits
            + " acknowledged transactions");
    assertThat(commits).isPositive();
  }

  /// The last group each thread of a child acknowledged before it was killed, -1 for none.
  private static long[] runAndKill(Path directory, Random random) throws Exception {
    Process process = child(Writer.class, directory, random.nextLong());
    long[] acknowledged = new long[THREADS];
    Arrays.fill(acknowledged, -1);
    boolean killsEarly = random.nextInt(8) == 0;
    int delayMillis = killsEarly ? random.nextInt(500) : 30 + random.nextInt(450);
    Thread killer = null;
    if (killsEarly) {
      killer = killLater(process, delayMillis);
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = reader.readLine()) != null; ) {
        if (line.startsWith("ACK ") && killer == null) {
          // On a busy machine the first commit takes longer than the delay.
          killer = killLater(process, delayMillis);
        }
        if (line.startsWith("ACK ") && line.endsWith(";")) {
          String[] words = line.substring(0, line.length() - 1).split(" ");
          acknowledged[Integer.parseInt(words[1])] = Long.parseLong(words[2]);
        }
      }
    }
    if (killer != null) {
      killer.join();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("killed, not ended by itself").isEqualTo(137);
    return acknowledged;
  }

  private static Thread killLater(Process process, int millis) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          // Not Process.destroyForcibly, which also closes the stream that is being read.
          process.toHandle().destroyForcibly();
        });
  }

  /// What is there of each group: rows, nodes, edges, quads.
  private static Map<Long, int[]> groups(Snapshot snapshot) {
    Map<Long, int[]> groups = new HashMap<>();
    int table = snapshot.catalog().tables().getFirst().id();
    for (Segment segment : snapshot.table(table).segments()) {
      ColumnChunk ids = segment.column(0);
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row)) {
          count(groups, ids.longAt(row) / ROWS, 0);
        }
      }
    }
    GraphReader graph = snapshot.graph();
    int key = graph.keyId("group");
    for (NodePartition partition : graph.nodePartitions()) {
      countElements(groups, partition.table(), key, 1);
    }
    for (int type : graph.edgeTypes()) {
      countElements(groups, graph.edges(type).orElseThrow(), key, 2);
    }
    TupleCursor quads = snapshot.quads().scan(0, 0, 0, 0);
    long[][] columns = new long[4][100];
    for (int n; (n = quads.next(columns, 100)) > 0; ) {
      for (int i = 0; i < n; i++) {
        Value subject = snapshot.dictionary().decode(columns[1][i]);
        String iri = ((Value.Iri) subject).value();
        count(groups, Long.parseLong(iri.substring(iri.lastIndexOf('/') + 1)), 3);
      }
    }
    return groups;
  }

  private static void countElements(Map<Long, int[]> groups, TableReader table, int key, int kind) {
    for (Segment segment : table.segments()) {
      ColumnChunk chunk = segment.column(key);
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row)) {
          count(groups, TermId.intValue(chunk.longAt(row)), kind);
        }
      }
    }
  }

  private static void count(Map<Long, int[]> groups, long group, int kind) {
    groups.computeIfAbsent(group, g -> new int[4])[kind]++;
  }

  private static long[] verify(Snapshot snapshot, long[] acknowledged) {
    Map<Long, int[]> groups = groups(snapshot);
    groups.forEach(
        (group, counts) -> assertThat(counts).as("group %d", group).containsExactly(ROWS, 2, 1, 3));
    long[] last = new long[THREADS];
    for (int t = 0; t < THREADS; t++) {
      long thread = t;
      List<Long> present =
          groups.keySet().stream()
              .filter(g -> g / THREAD_STRIDE == thread)
              .map(g -> g % THREAD_STRIDE)
              .sorted()
              .toList();
      last[t] = present.isEmpty() ? -1 : present.getLast();
      assertThat(last[t]).isBetween(acknowledged[t], acknowledged[t] + 1);
      for (int i = 0; i < present.size(); i++) {
        assertThat(present.get(i)).isEqualTo(last[t] - present.size() + 1 + i);
      }
      assertThat(present).hasSize((int) Math.min(KEPT, last[t] + 1));
    }
    assertThat(snapshot.graph().nodeCount()).isEqualTo(2L * groups.size());
    return last;
  }

  /// The child: commits until it is killed.
  static final class Writer {
    private static final Object OUTPUT = new Object();

    public static void main(String[] arguments) throws InterruptedException {
      Store store = Store.open(Path.of(arguments[0]), options());
      Map<Long, int[]> groups;
      try (Snapshot snapshot = store.snapshot()) {
        groups = groups(snapshot);
      }
      for (int t = 0; t < THREADS; t++) {
        long thread = t;
        long next =
            groups.keySet().stream()
                    .filter(g -> g / THREAD_STRIDE == thread)
                    .mapToLong(g -> g % THREAD_STRIDE)
                    .max()
                    .orElse(-1)
                + 1;
        Thread.ofPlatform().start(() -> write(store, thread, next));
      }
    }

    private static void print(String line) {
      synchronized (OUTPUT) {
        System.out.println(line);
        System.out.flush();
      }
    }

    private static void write(Store store, long thread, long first) {
      for (long k = first; ; k++) {
        while (!commitGroup(store, thread * THREAD_STRIDE, k)) {
          Thread.onSpinWait();
        }
        print("ACK " + thread + " " + k + ";");
      }
    }

    private static boolean commitGroup(Store store, long base, long k) {
      try (Transaction transaction = store.begin()) {
        add(transaction, base + k);
        if (k >= KEPT) {
          remove(transaction, base + k - KEPT);
        }
        transaction.commit();
        return true;
      } catch (QueryException e) {
        if (e.code() == ErrorCode.CONFLICT) {
          return false;
        }
        throw e;
      }
    }

    private static void add(Transaction transaction, long group) {
      int table = transaction.view().catalog().tables().getFirst().id();
      @Nullable Object[][] rows = new @Nullable Object[ROWS][];
      for (int i = 0; i < ROWS; i++) {
        long id = group * ROWS + i;
        rows[i] = TestTables.row(id, "name of " + id, i == 0 ? null : group * ROWS);
      }
      TestTables.insert(transaction, table, rows);
      GraphWriter graph = transaction.graph();
      int[] keys = {graph.keyId("group")};
      long[] values = {TermId.ofInt(group)};
      long a = graph.createNode(new int[] {graph.labelId("A")}, keys, values);
      long b = graph.createNode(new int[] {graph.labelId("B")}, keys, values);
      graph.createEdge(graph.typeId("T"), a, b, keys, values);
      long subject = transaction.intern(iri(group));
      for (int i = 0; i < 3; i++) {
        long predicate = transaction.intern(new Value.Iri("http://example.org/p" + i));
        long object = transaction.intern(new Value.Str("object " + i + " of group " + group));
        transaction.quads().insert(0, subject, predicate, object);
      }
    }

    private static Value iri(long group) {
      return new Value.Iri("http://example.org/group/" + group);
    }

    private static void remove(Transaction transaction, long group) {
      Snapshot view = transaction.view();
      int table = view.catalog().tables().getFirst().id();
      for (int i = 0; i < ROWS; i++) {
        long address = TestTables.address(view, table, group * ROWS + i);
        transaction.table(table).delete(new long[] {address}, 1);
      }
      GraphReader graph = view.graph();
      int key = graph.keyId("group");
      for (NodePartition partition : graph.nodePartitions()) {
        for (Segment segment : partition.table().segments()) {
          ColumnChunk groups = segment.column(key);
          ColumnChunk ids = segment.column(GraphReader.ID);
          for (int row = 0; row < segment.rowCount(); row++) {
            if (segment.isLive(row) && groups.longAt(row) == TermId.ofInt(group)) {
              transaction.graph().deleteNode(ids.longAt(row), true);
            }
          }
        }
      }
      TupleCursor quads = view.quads().scan(0, view.dictionary().lookup(iri(group)), 0, 0);
      long[][] columns = new long[4][10];
      int count = quads.next(columns, 10);
      for (int i = 0; i < count; i++) {
        transaction.quads().delete(0, columns[1][i], columns[2][i], columns[3][i]);
      }
    }
  }
}
