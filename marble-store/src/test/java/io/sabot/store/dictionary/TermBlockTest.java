package io.sabot.store.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.Seeded;
import io.sabot.store.dictionary.PendingTerms.Pending;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Blocks of the dictionary with some of their values, in both versions of their form.
class TermBlockTest {
  private final Random random = Seeded.random("TermBlockTest");

  @Test
  void givesBackItsValues() {
    for (int round = 0; round < 100; round++) {
      byte[] @Nullable [] values = values();
      check(TermBlock.checked(encode(values)), values);
    }
  }

  @Test
  void readsTheFirstVersion() {
    for (int round = 0; round < 100; round++) {
      byte[] @Nullable [] values = values();
      check(TermBlock.checked(firstVersion(values)), values);
    }
  }

  @Test
  void refusesWhatIsDamaged() {
    byte[] block = encode(values());
    byte[] other = block.clone();
    other[random.nextInt(other.length)] ^= 4;
    assertThatThrownBy(() -> TermBlock.checked(other))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("fails its checksum");
    assertThatThrownBy(() -> TermBlock.checked(new byte[random.nextInt(1000)]))
        .isInstanceOf(QueryException.class);
  }

  private byte[] @Nullable [] values() {
    byte[] @Nullable [] values = new byte[TermBlock.SIZE][];
    int share = 1 + random.nextInt(4);
    for (int i = 0; i < values.length; i++) {
      if (random.nextInt(4) < share) {
        values[i] = ValueCodec.encode(new Value.Iri("http://x/" + "y".repeat(random.nextInt(90))));
      }
    }
    return values;
  }

  private static byte[] encode(byte[] @Nullable [] values) {
    List<Pending> terms = new ArrayList<>();
    long first = 7L * TermBlock.SIZE;
    for (int i = 0; i < values.length; i++) {
      byte[] value = values[i];
      if (value != null) {
        terms.add(new Pending(TermId.inStore(TermId.TAG_IRI, first + i), value, 0));
      }
    }
    return TermBlock.encode(terms, first, TermFiles::id);
  }

  private static byte[] firstVersion(byte[] @Nullable [] values) {
    int size = 0;
    for (byte[] value : values) {
      size += value == null ? 0 : value.length;
    }
    int valuesAt = 8 + 4 * (TermBlock.SIZE + 1);
    byte[] block = new byte[valuesAt + size];
    ByteBuffer out = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    out.put(0, (byte) 1);
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      out.putInt(8 + 4 * i, at);
      byte[] value = values[i];
      if (value != null) {
        out.put(valuesAt + at, value);
        at += value.length;
      }
    }
    out.putInt(8 + 4 * TermBlock.SIZE, at);
    CRC32C crc = new CRC32C();
    crc.update(block, 8, block.length - 8);
    out.putInt(4, (int) crc.getValue());
    return block;
  }

  private static void check(byte[] block, byte[] @Nullable [] values) {
    for (int i = 0; i < values.length; i++) {
      byte[] value = values[i];
      assertThat(TermBlock.bytes(block, i)).isEqualTo(value);
      assertThat(TermBlock.value(block, i))
          .isEqualTo(value == null ? null : ValueCodec.decode(value));
      assertThat(TermBlock.has(block, i, value == null ? new byte[] {1} : value))
          .isEqualTo(value != null);
    }
  }
}
