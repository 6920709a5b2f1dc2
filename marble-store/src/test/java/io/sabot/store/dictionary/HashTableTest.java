package io.sabot.store.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.store.Seeded;
import io.sabot.store.segment.Layouts;
import io.sabot.store.segment.Memory;
import io.sabot.store.tuple.TupleBlock;
import io.sabot.store.tuple.Tuples;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Compares tables with a sorted map: hashes that are spread, that lie close together, that come
/// many times, and those at both ends of their range.
class HashTableTest {
  private final Random random = Seeded.random("HashTableTest");

  @Test
  void findsEveryNumberOfAHashAndNoOther() {
    for (int round = 0; round < 300; round++) {
      int shift = random.nextInt(64);
      int count = 1 + random.nextInt(round % 10 == 0 ? TupleBlock.TUPLES_MAX : 50);
      TreeMap<Long, Set<Long>> model = new TreeMap<>();
      long[] rows = new long[2 * count];
      for (int i = 0; i < count; i++) {
        rows[2 * i] = hash(shift);
        rows[2 * i + 1] = i + 1L;
        model.computeIfAbsent(rows[2 * i], h -> new TreeSet<>()).add(i + 1L);
      }
      check(Tuples.sort(rows, count, 2, 2), count, model);
    }
  }

  private long hash(int shift) {
    return switch (random.nextInt(20)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MIN_VALUE;
      default -> random.nextLong() >> shift;
    };
  }

  private void check(long[] rows, int count, TreeMap<Long, Set<Long>> model) {
    long first = rows[0];
    // The next block may start anywhere behind the last hash.
    long last = rows[2 * count - 2];
    long span = random.nextBoolean() ? last - first : Long.MAX_VALUE - first;
    long scale = HashTable.scale(span, count);
    long[] table = HashTable.of(block(rows, count), first, scale);
    model.forEach((hash, numbers) -> {
      Set<Long> seen = new TreeSet<>();
      assertThat(HashTable.find(table, hash, first, scale, id -> !seen.add(id))).isZero();
      assertThat(seen).containsAll(numbers);
      long wanted = numbers.iterator().next();
      assertThat(HashTable.find(table, hash, first, scale, id -> id == wanted)).isEqualTo(wanted);
    });
    for (int i = 0; i < 100; i++) {
      long other = first + random.nextLong(1L << (1 + random.nextInt(62)));
      if (other >= first && other <= last && !model.containsKey(other)) {
        assertThat(HashTable.find(table, other, first, scale, id -> false)).isZero();
      }
    }
  }

  private static TupleBlock block(long[] rows, int count) {
    byte[] stored = TupleBlock.encode(rows, 0, count, 2);
    MemorySegment memory = Memory.allocate(stored.length);
    MemorySegment.copy(stored, 0, memory, Layouts.BYTE, 0, stored.length);
    return TupleBlock.open(memory);
  }
}
