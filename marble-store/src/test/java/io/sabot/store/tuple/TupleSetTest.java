package io.sabot.store.tuple;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.store.Seeded;
import io.sabot.store.kv.MemoryCache;
import io.sabot.store.segment.Layouts;
import io.sabot.store.segment.Memory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Compares a tuple set under random changes and folds with a sorted set in memory.
class TupleSetTest {
  private final Random random = Seeded.random("TupleSetTest");
  private final Map<Long, byte[]> blocks = new HashMap<>();
  private long nextBlock = 1;

  private final BlockSource source =
      (id, size) -> {
        byte[] stored = blocks.get(id);
        assertThat(stored).hasSize(size);
        MemorySegment memory = Memory.allocate(size);
        MemorySegment.copy(stored, 0, memory, Layouts.BYTE, 0, size);
        return MemoryCache.Place.of(TupleBlock.open(memory));
      };

  private final BlockSink sink =
      new BlockSink() {
        @Override
        public long add(byte[] block) {
          blocks.put(nextBlock, block);
          return nextBlock++;
        }

        @Override
        public void listed(BlockDirectory.Entry entry) {
          assertThat(blocks).containsKey(entry.id());
        }

        @Override
        public void dropped(long id) {
          assertThat(blocks.remove(id)).isNotNull();
        }
      };

  @Test
  void agreesWithASortedSet() {
    for (int round = 0; round < 40; round++) {
      int arity = 1 + random.nextInt(4);
      int range = 1 << random.nextInt(12);
      TreeSet<long[]> model = new TreeSet<>(Arrays::compare);
      TupleSet set = TupleSet.empty(arity);
      for (int step = 0; step < 12; step++) {
        TupleRun run = randomRun(set, model, arity, range, 1 << random.nextInt(14));
        TupleRun effective = set.effective(run, source, false);
        boolean folds = random.nextInt(3) == 0;
        set = folds ? set.fold(effective, source, sink) : set.with(effective);
        compare(set, model, arity, range);
      }
      blocks.clear();
    }
  }

  @Test
  void foldKeepsBlocksThatNoChangeTouches() {
    TupleLog log = new TupleLog(2);
    for (int i = 0; i < 100_000; i++) {
      log.add(false, i, i);
    }
    TupleSet set = TupleSet.empty(2).fold(log.run(0), source, sink);
    Map<Long, byte[]> before = new HashMap<>(blocks);
    TupleLog one = new TupleLog(2);
    one.add(false, 50_000, -7);
    TupleSet changed = set.fold(one.run(0), source, sink);
    before.keySet().removeAll(blocks.keySet());
    assertThat(before).hasSize(1);
    assertThat(changed.size()).isEqualTo(100_001);
  }

  @Test
  void runsSurviveStorage() {
    TupleLog log = new TupleLog(3);
    for (int i = 0; i < 500; i++) {
      log.add(random.nextBoolean(), random.nextLong(), random.nextInt(3), i);
    }
    TupleRun run = log.run(0);
    TupleRun read = TupleRun.decode(run.encode());
    assertThat(read.rows()).isEqualTo(run.rows());
    assertThat(read.net()).isEqualTo(run.net());
  }

  /// Rows that come in groups, as triples do subject by subject, and in no order at all.
  @Test
  void sortsAsAComparisonDoes() {
    for (int round = 0; round < 60; round++) {
      int arity = 1 + random.nextInt(4);
      int count = 1 + random.nextInt(5000);
      int group = 1 + random.nextInt(round % 2 == 0 ? 12 : 900);
      int range = 1 << random.nextInt(16);
      long[] rows = new long[count * (arity + 1)];
      List<long[]> expected = new ArrayList<>();
      long first = 0;
      for (int i = 0; i < count; i++) {
        long[] row = Arrays.copyOf(randomTuple(arity, range), arity + 1);
        first = i % group == 0 ? row[0] : first;
        row[0] = first;
        row[arity] = i;
        System.arraycopy(row, 0, rows, i * (arity + 1), arity + 1);
        expected.add(row);
      }
      int sorted = 1 + random.nextInt(arity);
      expected.sort((a, b) -> Arrays.compare(a, 0, sorted, b, 0, sorted));
      long[] actual = Tuples.sort(rows, count, arity + 1, sorted);
      for (int i = 0; i < count; i++) {
        assertThat(Arrays.copyOfRange(actual, i * (arity + 1), (i + 1) * (arity + 1)))
            .isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void permutedRunsAreSorted() {
    for (int round = 0; round < 40; round++) {
      TupleLog log = new TupleLog(4);
      int count = 1 + random.nextInt(3000);
      for (int i = 0; i < count; i++) {
        log.add(round % 2 == 0 && random.nextBoolean(), randomTuple(4, 1 << random.nextInt(9)));
      }
      TupleRun run = log.run(0);
      for (int[] order : new int[][] {{1, 2, 0, 3}, {2, 0, 1, 3}, {3, 0, 1, 2}, {3, 2, 1, 0}}) {
        TupleRun permuted = run.permuted(order);
        assertThat(permuted.count()).isEqualTo(run.count());
        assertThat(permuted.net()).isEqualTo(run.net());
        assertThat(Tuples.isSorted(permuted.rows(), 0, permuted.count(), 4, 4)).isTrue();
        for (int i = 0; i < run.count(); i++) {
          long[] tuple = new long[4];
          for (int c = 0; c < 4; c++) {
            tuple[c] = run.component(i, order[c]);
          }
          assertThat(permuted.sign(tuple)).isEqualTo(run.isRemoved(i) ? -1 : 1);
        }
      }
    }
  }

  private TupleRun randomRun(
      TupleSet set, TreeSet<long[]> model, int arity, int range, int changes) {
    TupleLog log = new TupleLog(arity);
    for (int i = 0; i < changes; i++) {
      long[] tuple = randomTuple(arity, range);
      boolean removes = random.nextInt(3) == 0;
      log.add(removes, tuple);
      if (removes) {
        model.remove(tuple);
      } else {
        model.add(tuple);
      }
    }
    return log.run(0);
  }

  private long[] randomTuple(int arity, int range) {
    long[] tuple = new long[arity];
    for (int c = 0; c < arity; c++) {
      tuple[c] = random.nextInt(range) - range / 2;
      if (random.nextInt(50) == 0) {
        tuple[c] = random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
    }
    return tuple;
  }

  private void compare(TupleSet set, TreeSet<long[]> model, int arity, int range) {
    TupleReader reader = set.reader(source);
    assertThat(reader.size()).isEqualTo(model.size());
    assertSame(read(reader.scan(), arity), new ArrayList<>(model));
    for (int i = 0; i < 8; i++) {
      long[] key = randomTuple(arity, range);
      assertThat(reader.contains(key)).isEqualTo(model.contains(key));
      int length = random.nextInt(arity + 1);
      long[] prefix = Arrays.copyOf(key, length);
      List<long[]> expected =
          model.stream().filter(t -> Arrays.equals(prefix, Arrays.copyOf(t, length))).toList();
      assertSame(read(reader.scan(prefix), arity), expected);
      assertThat(reader.count(prefix)).isEqualTo(expected.size());
      if (length < arity) {
        checkRange(reader, model, prefix, arity, range);
      }
      checkProbe(set, expected, prefix, arity);
      checkSeek(reader, expected, prefix, arity, range);
    }
    if (arity > 1) {
      checkLookup(set, model, arity, range);
    }
  }

  private void checkRange(
      TupleReader reader, TreeSet<long[]> model, long[] prefix, int arity, int range) {
    long a = random.nextInt(range) - range / 2;
    long b = random.nextInt(range) - range / 2;
    long from = Math.min(a, b);
    long to = Math.max(a, b);
    List<long[]> expected =
        model.stream()
            .filter(t -> Arrays.equals(prefix, Arrays.copyOf(t, prefix.length)))
            .filter(t -> t[prefix.length] >= from && t[prefix.length] <= to)
            .toList();
    assertSame(read(reader.scanRange(prefix, from, to), arity), expected);
  }

  private void checkProbe(TupleSet set, List<long[]> expected, long[] prefix, int arity) {
    long[] found = new Probe(set, source).first(Arrays.copyOf(prefix, arity), prefix.length);
    if (expected.isEmpty()) {
      assertThat(found).isNull();
    } else {
      assertThat(found).isEqualTo(expected.getFirst());
    }
  }

  private void checkSeek(
      TupleReader reader, List<long[]> expected, long[] prefix, int arity, int range) {
    TupleCursor cursor = reader.scan(prefix);
    List<long[]> rest = expected;
    for (int i = 0; i < 3; i++) {
      long[] target = randomTuple(arity, range);
      System.arraycopy(prefix, 0, target, 0, prefix.length);
      cursor.seek(target);
      rest = rest.stream().filter(t -> Arrays.compare(t, target) >= 0).toList();
      long[][] one = new long[arity][1];
      int count = cursor.next(one, 1);
      assertThat(count).isEqualTo(Math.min(1, rest.size()));
      if (count == 1) {
        for (int c = 0; c < arity; c++) {
          assertThat(one[c][0]).isEqualTo(rest.getFirst()[c]);
        }
        rest = rest.subList(1, rest.size());
      }
    }
    assertSame(read(cursor, arity), rest);
  }

  private void checkLookup(TupleSet set, TreeSet<long[]> model, int arity, int range) {
    int length = 1 + random.nextInt(arity - 1);
    int count = random.nextInt(4) == 0 ? 600 : 20;
    long[][] prefixes = new long[length][count];
    for (int i = 0; i < count; i++) {
      long[] tuple = randomTuple(length, range);
      for (int c = 0; c < length; c++) {
        prefixes[c][i] = tuple[c];
      }
    }
    PrefixLookup lookup = new PrefixLookup(set, source, length, 1 + random.nextInt(300));
    lookup.start(prefixes, count);
    int max = 1 + random.nextInt(100);
    int[] inputs = new int[max];
    long[][] columns = new long[arity][max];
    List<long[]> actual = new ArrayList<>();
    for (int found; (found = lookup.next(inputs, columns, max)) > 0; ) {
      for (int i = 0; i < found; i++) {
        actual.add(tupleOf(inputs[i], columns, i));
      }
    }
    List<long[]> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] low = new long[arity];
      long[] high = new long[arity];
      for (int c = 0; c < arity; c++) {
        low[c] = c < length ? prefixes[c][i] : Long.MIN_VALUE;
        high[c] = c < length ? prefixes[c][i] : Long.MAX_VALUE;
      }
      for (long[] tuple : model.subSet(low, true, high, true)) {
        long[] numbered = new long[arity + 1];
        numbered[0] = i;
        System.arraycopy(tuple, 0, numbered, 1, arity);
        expected.add(numbered);
      }
    }
    assertSame(actual, expected);
  }

  private static long[] tupleOf(int input, long[][] columns, int row) {
    long[] tuple = new long[columns.length + 1];
    tuple[0] = input;
    for (int c = 0; c < columns.length; c++) {
      tuple[c + 1] = columns[c][row];
    }
    return tuple;
  }

  private List<long[]> read(TupleCursor cursor, int arity) {
    List<long[]> tuples = new ArrayList<>();
    int max = 1 + random.nextInt(5000);
    long[][] columns = new long[arity][max];
    for (int count; (count = cursor.next(columns, max)) > 0; ) {
      for (int i = 0; i < count; i++) {
        long[] tuple = new long[arity];
        for (int c = 0; c < arity; c++) {
          tuple[c] = columns[c][i];
        }
        tuples.add(tuple);
      }
    }
    return tuples;
  }

  private static void assertSame(List<long[]> actual, List<long[]> expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int i = 0; i < actual.size(); i++) {
      if (!Arrays.equals(actual.get(i), expected.get(i))) {
        assertThat(actual.get(i)).as("tuple %d", i).isEqualTo(expected.get(i));
      }
    }
  }
}
