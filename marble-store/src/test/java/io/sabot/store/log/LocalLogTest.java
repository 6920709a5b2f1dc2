package io.sabot.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.Seeded;
import io.sabot.store.world.SystemWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogTest {
  private static final long FILE_BYTES = 1L << 20;

  private final Random random = Seeded.random("LocalLogTest");

  @TempDir private Path directory;

  private LocalLog open(long applied) {
    return LocalLog.open(new SystemWorld(), directory, applied, true, FILE_BYTES);
  }

  private byte[] entry(int bytes) {
    byte[] entry = new byte[bytes];
    random.nextBytes(entry);
    return entry;
  }

  private List<byte[]> write(int count, int bytesMax) {
    List<byte[]> written = new ArrayList<>();
    try (LocalLog log = open(0)) {
      for (int i = 0; i < count; i++) {
        byte[] entry = entry(1 + random.nextInt(bytesMax));
        long index = log.append(entry);
        assertThat(index).isEqualTo(log.nextIndex() - 1);
        written.add(entry);
      }
      log.awaitDurable(log.nextIndex() - 1);
    }
    return written;
  }

  private static List<byte[]> read(LocalLog log, long from) {
    List<byte[]> entries = new ArrayList<>();
    log.replay(from, (index, entry) -> entries.add(entry));
    return entries;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void entriesComeBackAfterReopeningAcrossFiles() throws IOException {
    List<byte[]> written = write(60, 100_000);
    assertThat(files().size()).isGreaterThan(1);
    try (LocalLog log = open(0)) {
      assertThat(read(log, 1)).containsExactlyElementsOf(written);
      assertThat(read(log, 50)).containsExactlyElementsOf(written.subList(49, 60));
      assertThat(log.nextIndex()).isEqualTo(61);
    }
  }

  @Test
  void anEntryLargerThanAFileFits() {
    try (LocalLog log = open(0)) {
      byte[] large = entry(3 << 20);
      log.append(large);
      log.append(entry(10));
      assertThat(read(log, 1).getFirst()).isEqualTo(large);
    }
  }

  @Test
  void aTornTailOfTheLastFileIsCut() throws IOException {
    List<byte[]> written = write(10, 2_000);
    Path file = files().getLast();
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    bytes[end - 1 - random.nextInt(20)] ^= 1;
    Files.write(file, bytes);
    try (LocalLog log = open(0)) {
      assertThat(read(log, 1)).containsExactlyElementsOf(written.subList(0, 9));
      log.append(new byte[] {42});
    }
    try (LocalLog log = open(0)) {
      assertThat(read(log, 10)).containsExactly(new byte[] {42});
    }
  }

  @Test
  void damageInAnEarlierFileIsRefused() throws IOException {
    write(60, 100_000);
    Path file = files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[5_000] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> open(0))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPTION));
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    write(60, 100_000);
    Files.delete(files().get(1));
    assertThatThrownBy(() -> open(0))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPTION));
  }

  @Test
  void purgingKeepsWhatIsNotYetApplied() throws IOException {
    List<byte[]> written = write(60, 100_000);
    int before = files().size();
    try (LocalLog log = open(0)) {
      log.purge(40);
      assertThat(read(log, 41)).containsExactlyElementsOf(written.subList(40, 60));
    }
    assertThat(files().size()).isLessThan(before);
    try (LocalLog log = open(40)) {
      assertThat(read(log, 41)).containsExactlyElementsOf(written.subList(40, 60));
    }
  }

  @Test
  void aDatabaseAheadOfTheLogContinuesAfterItself() {
    write(5, 100);
    try (LocalLog log = open(20)) {
      assertThat(log.append(new byte[] {1})).isEqualTo(21);
    }
    try (LocalLog log = open(20)) {
      assertThat(read(log, 21)).containsExactly(new byte[] {1});
    }
  }

  @Test
  void threadsShareDiskWrites() throws InterruptedException {
    try (LocalLog log = open(0)) {
      List<Thread> threads = new ArrayList<>();
      Object appending = new Object();
      for (int t = 0; t < 4; t++) {
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < 50; i++) {
                    long index;
                    synchronized (appending) {
                      index = log.append(new byte[] {1, 2, 3});
                    }
                    log.awaitDurable(index);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(read(log, 1)).hasSize(200);
    }
  }
}
