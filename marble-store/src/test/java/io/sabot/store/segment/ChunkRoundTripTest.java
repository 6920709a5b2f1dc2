package io.sabot.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.Seeded;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChunkRoundTripTest {
  private final Random random = Seeded.random("ChunkRoundTripTest");

  @Test
  void longsComeBackWhateverTheirRange() {
    Set<Encoding> seen = EnumSet.noneOf(Encoding.class);
    for (int round = 0; round < 300; round++) {
      long base = random.nextLong() >> random.nextInt(64);
      int bits = random.nextInt(65);
      List<Object> values = values(() -> base + randomBits(bits));
      seen.add(check(ColumnKind.LONG, values).encoding());
    }
    assertThat(seen).contains(Encoding.RAW, Encoding.CONST, Encoding.FOR);
  }

  @Test
  void longBoundsAreExact() {
    List<Object> values = new ArrayList<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L));
    values.add(null);
    ColumnChunk chunk = check(ColumnKind.LONG, values);
    assertThat(chunk.zone().min()).isEqualTo(Long.MIN_VALUE);
    assertThat(chunk.zone().max()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void doublesComeBackBitForBit() {
    double[] odd = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1.5};
    for (int round = 0; round < 60; round++) {
      int distinct = 1 + random.nextInt(odd.length);
      check(
          ColumnKind.DOUBLE,
          values(() ->
              random.nextBoolean()
                  ? (Object) odd[random.nextInt(distinct)]
                  : (Object) (double) random.nextInt(4)));
    }
  }

  @Test
  void nanHidesTheBoundsOfDoubles() {
    ColumnChunk chunk = check(ColumnKind.DOUBLE, List.of(1.0, Double.NaN, 3.0));
    assertThat(chunk.zone().hasBounds()).isFalse();
  }

  @Test
  void boolsAndWideNumbersComeBack() {
    for (int round = 0; round < 100; round++) {
      int share = 1 + random.nextInt(3);
      check(ColumnKind.BOOL, values(() -> random.nextInt(share) == 0));
      int bits = random.nextInt(65);
      check(ColumnKind.WIDE, values(() -> new long[] {randomBits(bits), randomBits(bits / 2)}));
    }
  }

  @Test
  void stringsComeBackRawAndByDictionary() {
    Set<Encoding> seen = EnumSet.noneOf(Encoding.class);
    for (int round = 0; round < 200; round++) {
      int distinct = 1 << random.nextInt(14);
      int length = random.nextInt(60);
      List<Object> values = values(() -> text(random.nextInt(distinct), length));
      seen.add(check(ColumnKind.STRING, values).encoding());
    }
    assertThat(seen).contains(Encoding.RAW, Encoding.CONST, Encoding.DICTIONARY);
  }

  @Test
  void stringBoundsEncloseAllValues() {
    byte[] high = new byte[40];
    Arrays.fill(high, (byte) 'z');
    String longest = new String(high, StandardCharsets.UTF_8);
    ColumnChunk chunk = check(ColumnKind.STRING, List.of("b", longest, "a".repeat(50)));
    assertThat(new String(chunk.zone().minBytes(), StandardCharsets.UTF_8))
        .isEqualTo("a".repeat(32));
    assertThat(ChunkFormat.compare(chunk.zone().maxBytes(), high)).isPositive();
  }

  @Test
  void everyFlippedBitIsFound() {
    ColumnBuilder builder = new ColumnBuilder(ColumnKind.LONG);
    for (int i = 0; i < 100; i++) {
      builder.appendLong(random.nextInt(1000));
    }
    byte[] bytes = ChunkEncoder.encode(builder.data(), 0, 100).bytes();
    for (int i = 0; i < 50; i++) {
      byte[] broken = bytes.clone();
      int at = 16 + random.nextInt(broken.length - 16);
      broken[at] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> open(broken))
          .isInstanceOfSatisfying(
              QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPTION));
    }
  }

  private interface Source {
    Object next();
  }

  private List<Object> values(Source source) {
    int rows = 1 + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 300);
    int nullShare = random.nextInt(4);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      boolean isNull = nullShare == 1 && random.nextInt(5) == 0 || nullShare == 2;
      values.add(isNull && (nullShare == 1 || i % 2 == 0) ? null : source.next());
    }
    return values;
  }

  private long randomBits(int bits) {
    return bits == 0 ? 0 : random.nextLong() >>> (64 - bits);
  }

  private static String text(int number, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("é").append(number).append('-');
    }
    return text.toString();
  }

  private static ColumnChunk open(byte[] bytes) {
    MemorySegment memory = Memory.allocate(bytes.length);
    MemorySegment.copy(bytes, 0, memory, Layouts.BYTE, 0, bytes.length);
    return ChunkFormat.open(memory);
  }

  private ColumnChunk check(ColumnKind kind, List<Object> values) {
    ColumnBuilder builder = new ColumnBuilder(kind);
    int lead = random.nextInt(9);
    builder.appendNulls(lead);
    values.forEach(value -> append(builder, value));
    ColumnChunk chunk = open(ChunkEncoder.encode(builder.data(), lead, values.size()).bytes());
    assertThat(chunk.kind()).isEqualTo(kind);
    assertThat(chunk.rowCount()).isEqualTo(values.size());
    int from = random.nextInt(values.size());
    int count = random.nextInt(values.size() - from + 1);
    compare(chunk, values, 0, values.size());
    compare(chunk, values, from, count);
    ColumnBuilder exact = new ColumnBuilder(kind);
    values.forEach(value -> append(exact, value));
    compare(exact.chunk(), values, from, count);
    return chunk;
  }

  private static void append(ColumnBuilder builder, Object value) {
    switch (value) {
      case null -> builder.appendNull();
      case Long v -> builder.appendLong(v);
      case Double v -> builder.appendDouble(v);
      case Boolean v -> builder.appendBool(v);
      case String v -> builder.appendString(v);
      case long[] v -> builder.appendWide(v[0], v[1]);
      default -> throw new IllegalArgumentException(value.toString());
    }
  }

  private void compare(ColumnChunk chunk, List<Object> values, int from, int count) {
    try (Arena arena = Arena.ofConfined()) {
      int shift = random.nextInt(20);
      MemorySegment validity = arena.allocate(Bits.bytes(count + shift) + 8);
      int nulls = chunk.copyValidity(from, count, validity, shift);
      int expectedNulls = 0;
      for (int i = 0; i < count; i++) {
        Object value = values.get(from + i);
        expectedNulls += value == null ? 1 : 0;
        assertThat(Bits.test(validity, shift + i)).isEqualTo(value != null);
        assertThat(chunk.isNull(from + i)).isEqualTo(value == null);
      }
      assertThat(nulls).isEqualTo(expectedNulls);
      switch (chunk.kind()) {
        case LONG, DOUBLE -> compareWords(arena, chunk, values, from, count);
        case BOOL -> compareBools(arena, chunk, values, from, count, shift);
        case WIDE -> compareWide(arena, chunk, values, from, count);
        case STRING -> compareStrings(arena, chunk, values, from, count);
      }
    }
  }

  private static long word(Object value) {
    return switch (value) {
      case null -> 0;
      case Long v -> v;
      case Double v -> Double.doubleToRawLongBits(v);
      default -> throw new IllegalArgumentException();
    };
  }

  private static void compareWords(
      Arena arena, ColumnChunk chunk, List<Object> values, int from, int count) {
    MemorySegment out = arena.allocate(8L * count + 16);
    if (chunk.kind() == ColumnKind.LONG) {
      chunk.decodeLongs(from, count, out, 8);
    } else {
      chunk.decodeDoubles(from, count, out, 8);
    }
    for (int i = 0; i < count; i++) {
      long expected = word(values.get(from + i));
      assertThat(out.get(Layouts.LONG, 8 + 8L * i)).isEqualTo(expected);
      long direct =
          chunk.kind() == ColumnKind.LONG
              ? chunk.longAt(from + i)
              : Double.doubleToRawLongBits(chunk.doubleAt(from + i));
      assertThat(direct).isEqualTo(expected);
    }
  }

  private static void compareBools(
      Arena arena, ColumnChunk chunk, List<Object> values, int from, int count, int shift) {
    MemorySegment out = arena.allocate(Bits.bytes(count + shift) + 8);
    chunk.decodeBools(from, count, out, shift);
    for (int i = 0; i < count; i++) {
      boolean expected = Boolean.TRUE.equals(values.get(from + i));
      assertThat(Bits.test(out, shift + i)).isEqualTo(expected);
      assertThat(chunk.boolAt(from + i)).isEqualTo(expected);
    }
  }

  private static void compareWide(
      Arena arena, ColumnChunk chunk, List<Object> values, int from, int count) {
    MemorySegment out = arena.allocate(16L * count + 16);
    chunk.decodeWide(from, count, out, 0);
    for (int i = 0; i < count; i++) {
      long[] expected = values.get(from + i) == null ? new long[2] : (long[]) values.get(from + i);
      assertThat(out.get(Layouts.LONG, 16L * i)).isEqualTo(expected[0]);
      assertThat(out.get(Layouts.LONG, 16L * i + 8)).isEqualTo(expected[1]);
      assertThat(chunk.wideLowAt(from + i)).isEqualTo(expected[0]);
      assertThat(chunk.wideHighAt(from + i)).isEqualTo(expected[1]);
    }
  }

  private static void compareStrings(
      Arena arena, ColumnChunk chunk, List<Object> values, int from, int count) {
    long size = chunk.stringBytes(from, count);
    MemorySegment bytes = arena.allocate(size + 16);
    MemorySegment offsets = arena.allocate(4L * count + 16);
    int end = chunk.decodeStrings(from, count, offsets, 4, bytes, 5);
    assertThat(end).isEqualTo(5 + size);
    MemorySegment codes = arena.allocate(4L * count + 16);
    StringDictionary dictionary = chunk.dictionary();
    if (dictionary != null) {
      chunk.decodeCodes(from, count, codes, 0);
    }
    for (int i = 0; i < count; i++) {
      String expected = values.get(from + i) == null ? "" : (String) values.get(from + i);
      int start = offsets.get(Layouts.INT, 4 + 4L * i);
      int stop = offsets.get(Layouts.INT, 8 + 4L * i);
      assertThat(string(bytes.asSlice(start, stop - start))).isEqualTo(expected);
      assertThat(string(chunk.bytesAt(from + i))).isEqualTo(expected);
      if (dictionary != null && values.get(from + i) != null) {
        int code = codes.get(Layouts.INT, 4L * i);
        long length = dictionary.end(code) - dictionary.start(code);
        assertThat(string(dictionary.bytes().asSlice(dictionary.start(code), length)))
            .isEqualTo(expected);
      }
    }
  }

  private static String string(MemorySegment bytes) {
    return new String(bytes.toArray(Layouts.BYTE), StandardCharsets.UTF_8);
  }
}
