package io.sabot.exec.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Physical;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written is read; what cannot be, is told; nothing stays.
class SpillFilesTest {
  private static final long LIMIT = 64L << 20;
  private static final Path FULL_DEVICE = Path.of("/dev/full");
  private static final List<Physical> KINDS = List.of(Physical.values());

  private final QueryMemory memory = new QueryMemory("test", 1L << 30);
  private final BlockCodec codec = new BlockCodec();
  private final AtomicLong counter = new AtomicLong();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    memory.close();
  }

  private SpillFiles files(SpillArea area) {
    return new SpillFiles(area, LIMIT, false);
  }

  @Test
  void rowsOfAllKindsComeBack() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    try (SpillArea area = new SpillArea(directory);
        SpillFiles files = files(area)) {
      for (int round = 0; round < 200; round++) {
        SpillFile file = files.create("test", counter);
        List<String> expected = new ArrayList<>();
        int blocks = 1 + random.nextInt(4);
        for (int b = 0; b < blocks; b++) {
          Vector[] vectors = vectors(random);
          int rows = 1 + random.nextInt(random.nextBoolean() ? 5 : 700);
          fill(vectors, rows, random);
          int from = random.nextInt(rows);
          file.append(codec, vectors, from, rows - from);
          for (int row = from; row < rows; row++) {
            expected.add(text(vectors, row));
          }
        }
        assertThat(file.rows()).isEqualTo(expected.size());
        assertThat(read(file)).as("-Dseed=%d", seed).isEqualTo(expected);
        assertThat(read(file)).as("again, -Dseed=%d", seed).isEqualTo(expected);
        file.delete();
      }
      assertThat(files.bytes()).isZero();
      assertThat(files.writtenBytes()).isEqualTo(counter.get()).isPositive();
    }
    assertThat(leftIn(directory)).isEmpty();
  }

  private Vector[] vectors(Random random) {
    Vector[] vectors = new Vector[KINDS.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = new Vector(KINDS.get(c), memory);
      vectors[c].reset(1 + random.nextInt(3));
    }
    return vectors;
  }

  private static void fill(Vector[] vectors, int rows, Random random) {
    for (Vector vector : vectors) {
      vector.reset(rows);
      int nulls = random.nextInt(3) * 40;
      int bits = random.nextInt(65);
      for (int row = 0; row < rows; row++) {
        if (random.nextInt(100) < nulls) {
          vector.setNull(row, rows);
          continue;
        }
        vector.setValid(row);
        switch (vector.kind()) {
          case BOOL -> vector.setBool(row, random.nextBoolean());
          case LONG, TERM -> vector.setLong(row, bits == 0 ? 7 : random.nextLong() >> 64 - bits);
          case DOUBLE -> vector.setDouble(row, random.nextBoolean() ? random.nextGaussian() : 0);
          case DECIMAL ->
              vector.setUnscaled(row, new BigInteger(10 + bits, random).negate(), rows, row);
          case STRING -> vector.setString(row, new byte[random.nextInt(1 + bits)]);
        }
      }
    }
  }

  private List<String> read(SpillFile file) {
    SpillReader reader = new SpillReader(KINDS, memory);
    reader.open(file);
    List<String> rows = new ArrayList<>();
    Batch batch;
    while ((batch = reader.next()) != null) {
      assertThat(batch.count()).isEqualTo(batch.rows());
      for (int row = 0; row < batch.rows(); row++) {
        rows.add(text(batch.vectors(), row));
      }
    }
    reader.release();
    return rows;
  }

  private static String text(Vector[] vectors, int row) {
    List<Object> values = new ArrayList<>();
    for (Vector vector : vectors) {
      if (vector.isNull(row)) {
        values.add("null");
        continue;
      }
      values.add(
          switch (vector.kind()) {
            case BOOL -> vector.getBool(row);
            case LONG, TERM -> vector.getLong(row);
            case DOUBLE -> vector.getDouble(row);
            case DECIMAL -> vector.getUnscaled(row);
            case STRING -> vector.getString(row).length();
          });
    }
    return values.toString();
  }

  private SpillFile oneBlock(SpillFiles files) {
    SpillFile file = files.create("test", counter);
    Vector numbers = new Vector(Physical.LONG, memory);
    numbers.reset(1000);
    for (int row = 0; row < 1000; row++) {
      numbers.setLong(row, row * 37L % 91);
    }
    file.append(codec, new Vector[] {numbers}, 0, 1000);
    return file;
  }

  @Test
  void aDamagedFileIsNotRead() throws IOException {
    Path path = directory.resolve("block");
    try (SpillArea area = new SpillArea(directory);
        SpillFiles files =
            new SpillFiles(
                area,
                LIMIT,
                false,
                ignored ->
                    FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE))) {
      for (long at : new long[] {0, 4, 9, 13, 17, 25}) {
        SpillFile file = oneBlock(files);
        flip(path, at);
        SpillReader reader = new SpillReader(List.of(Physical.LONG), memory);
        reader.open(file);
        assertThatThrownBy(reader::next)
            .as("byte %d", at)
            .isInstanceOfSatisfying(
                QueryException.class,
                error -> assertThat(error.code()).isEqualTo(ErrorCode.FILE_ERROR));
        file.delete();
      }
    }
  }

  private static void flip(Path path, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) ~one.get(0));
      channel.write(one.rewind(), at);
    }
  }

  @Test
  void aFullDiskIsTold() {
    assumeTrue(Files.isWritable(FULL_DEVICE));
    try (SpillArea area = new SpillArea(directory);
        SpillFiles files =
            new SpillFiles(
                area,
                LIMIT,
                false,
                path -> FileChannel.open(FULL_DEVICE, StandardOpenOption.WRITE))) {
      assertThatThrownBy(() -> oneBlock(files))
          .isInstanceOfSatisfying(
              QueryException.class,
              error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.FILE_ERROR);
                assertThat(error.hint()).contains("spill_directory");
              });
    }
    assertThat(leftIn(directory)).isEmpty();
  }

  @Test
  void theLimitIsForWhatIsOnDiskAtOnce() {
    try (SpillArea area = new SpillArea(directory);
        SpillFiles files = new SpillFiles(area, 4000, false)) {
      for (int i = 0; i < 100; i++) {
        oneBlock(files).delete();
      }
      SpillFile kept = oneBlock(files);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  oneBlock(files);
                }
              })
          .isInstanceOfSatisfying(
              QueryException.class,
              error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.MEMORY_LIMIT);
                assertThat(error.hint()).contains("spill_limit");
              });
      assertThat(kept.rows()).isEqualTo(1000);
    }
    assertThat(leftIn(directory)).isEmpty();
  }

  @Test
  void filesGoWithTheirQuery() {
    try (SpillArea area = new SpillArea(directory)) {
      SpillFiles one = files(area);
      SpillFiles other = files(area);
      oneBlock(one);
      SpillFile kept = oneBlock(other);
      one.close();
      one.close();
      assertThatThrownBy(() -> oneBlock(one)).isInstanceOf(QueryException.class);
      SpillReader reader = new SpillReader(List.of(Physical.LONG), memory);
      reader.open(kept);
      assertThat(reader.next()).isNotNull();
      other.close();
      assertThat(leftIn(directory)).allMatch(path -> !path.toString().endsWith(".spill"));
    }
    assertThat(leftIn(directory)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAndNothingElse() throws IOException {
    Path dead = Files.createDirectories(directory.resolve("sabot-1-1/query-3"));
    Files.writeString(dead.resolve("sort-1.spill"), "left");
    Files.writeString(directory.resolve("sabot-1-1.lock"), "");
    Path foreign = Files.writeString(directory.resolve("letter.txt"), "mine");
    try (SpillArea alive = new SpillArea(directory);
        SpillFiles files = files(alive)) {
      SpillFile file = oneBlock(files);
      SpillArea.clean(directory);
      assertThat(dead).doesNotExist();
      assertThat(directory.resolve("sabot-1-1.lock")).doesNotExist();
      SpillReader reader = new SpillReader(List.of(Physical.LONG), memory);
      reader.open(file);
      assertThat(reader.next()).isNotNull();
    }
    assertThat(leftIn(directory)).containsExactly(foreign);
  }

  @Test
  void aDirectoryThatCannotBeUsedIsTold() throws IOException {
    Path taken = Files.writeString(directory.resolve("file"), "");
    try (SpillArea area = new SpillArea(taken);
        SpillFiles files = files(area)) {
      assertThatThrownBy(() -> oneBlock(files))
          .isInstanceOfSatisfying(
              QueryException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.FILE_ERROR));
    }
  }

  private static List<Path> leftIn(Path directory) {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(path -> !path.equals(directory)).toList();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
