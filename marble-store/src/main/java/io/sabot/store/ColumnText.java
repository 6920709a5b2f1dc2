package io.sabot.store;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Layouts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/// Stored words as values, for messages and statistics.
final class ColumnText {
  private static final long MICROS = 1_000_000;

  private ColumnText() {}

  static String of(Type type, ColumnChunk chunk, int row) {
    if (chunk.isNull(row)) {
      return "null";
    }
    return switch (chunk.kind()) {
      case STRING ->
          "'" + new String(chunk.bytesAt(row).toArray(Layouts.BYTE), StandardCharsets.UTF_8) + "'";
      case DOUBLE -> Double.toString(chunk.doubleAt(row));
      case BOOL -> Boolean.toString(chunk.boolAt(row));
      case WIDE -> {
        BigInteger high = BigInteger.valueOf(chunk.wideHighAt(row)).shiftLeft(64);
        BigInteger low = new BigInteger(Long.toUnsignedString(chunk.wideLowAt(row)));
        yield new BigDecimal(high.add(low), scale(type)).toPlainString();
      }
      case LONG -> text(value(type, ColumnKind.LONG, chunk.longAt(row)));
    };
  }

  /// A value as a person would write it.
  static String of(Value value) {
    return value instanceof Value.Str(String text) ? "'" + text + "'" : plain(value);
  }

  private static String plain(Value value) {
    return switch (value) {
      case Value.Real(double v) -> Double.toString(v);
      case Value.Bool(boolean v) -> Boolean.toString(v);
      default -> text(value);
    };
  }

  private static int scale(Type type) {
    return type instanceof Type.Decimal(int _, int scale) ? scale : 0;
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Int(long v) -> Long.toString(v);
      case Value.Date(LocalDate v) -> v.toString();
      case Value.Dec(BigDecimal v) -> v.toPlainString();
      default -> value.toString();
    };
  }

  /// The value of a stored word (a bound of a zone map, for example); null when it needs a
  /// dictionary.
  static Value value(Type type, ColumnKind kind, long word) {
    return switch (kind) {
      case DOUBLE -> new Value.Real(Double.longBitsToDouble(word));
      case BOOL -> Value.of(word != 0);
      case STRING, WIDE -> Value.NULL;
      case LONG ->
          switch (type) {
            case Type.Int _ -> new Value.Int(word);
            case Type.Decimal(int _, int scale) -> new Value.Dec(BigDecimal.valueOf(word, scale));
            case Type.Simple simple -> simple(simple, word);
            case Type.Floating _, Type.ListOf _ -> Value.NULL;
          };
    };
  }

  private static Value simple(Type.Simple type, long word) {
    return switch (type) {
      case DATE -> new Value.Date(LocalDate.ofEpochDay(word));
      case TIME -> new Value.Time(LocalTime.ofNanoOfDay(word * 1000));
      case TIMESTAMP ->
          new Value.DateTime(
              LocalDateTime.ofEpochSecond(
                  Math.floorDiv(word, MICROS),
                  (int) Math.floorMod(word, MICROS) * 1000,
                  ZoneOffset.UTC));
      default -> TermId.isInDictionary(word) ? Value.NULL : TermId.inlineValue(word);
    };
  }
}
