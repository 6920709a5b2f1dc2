package io.sabot.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.store.segment.Layouts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// Compares quick ways to read numbers and dates with those of the JDK, on random texts that mostly
/// look like one.
class FieldTypesTest {
  private final Random random = new Random(3);

  private String random(String alphabet, int lengthMax) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(lengthMax + 1);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static Object read(String text, Type type) {
    ColumnBuffer buffer = new ColumnBuffer(type, 8);
    try {
      FieldTypes.add(text, type, buffer);
    } catch (QueryException bad) {
      return "none";
    }
    return buffer.data().values().get(Layouts.LONG, 0);
  }

  private static Object expected(Callable<Long> value) {
    try {
      return value.call();
    } catch (Exception notOne) {
      return "none";
    }
  }

  private static long unscaled(String text, int precision, int scale) {
    BigDecimal value = new BigDecimal(text).setScale(scale, RoundingMode.HALF_UP);
    if (value.precision() > precision) {
      throw new ArithmeticException("too many digits");
    }
    return value.unscaledValue().longValueExact();
  }

  @Test
  void decimals() {
    for (int i = 0; i < 300_000; i++) {
      String text =
          random.nextInt(4) == 0
              ? random("0123456789.-+eE ", 8)
              : (random.nextBoolean() ? "-" : "")
                  + random("0123456789", 12)
                  + "."
                  + random("0123456789", 8);
      int precision = 1 + random.nextInt(18);
      int scale = random.nextInt(precision + 1);
      assertThat(read(text, new Type.Decimal(precision, scale)))
          .as("%s as (%d, %d)", text, precision, scale)
          .isEqualTo(expected(() -> unscaled(text, precision, scale)));
    }
  }

  @Test
  void dates() {
    for (int i = 0; i < 300_000; i++) {
      String text =
          random.nextInt(4) == 0
              ? random("0123456789-T/+", 11)
              : 1000
                  + random.nextInt(9000)
                  + "-"
                  + random.nextInt(2)
                  + random.nextInt(5)
                  + "-"
                  + random.nextInt(4)
                  + random.nextInt(10);
      assertThat(read(text, Type.DATE))
          .as(text)
          .isEqualTo(expected(() -> LocalDate.parse(text).toEpochDay()));
    }
  }
}
