package io.sabot.store;

import io.sabot.plan.value.Equality;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// The entries of an index of native nodes or edges: four words for each property, then the term
/// identifier of the element. An element without the first property has none.
///
/// ```
/// word 0  kind: 1 boolean, 2 number, 3 string, 4 date, 5 time, 6 date and time, 7 time with zone,
///         8 date and time with zone, 9 anything else; smallest for none
/// 1, 2    booleans 0 or 1; numbers as sortable doubles; the first 16 bytes of strings; days;
///         nanoseconds; seconds and nanoseconds; for anything else a hash
/// 3       strings: a hash; otherwise 0
/// ```
///
/// Values that are equal in any language have the same words, and of one kind those that are less
/// have words that are not greater.
final class PropertyCodec implements EntryCodec {
  static final int WORDS = 4;
  private static final int ORDERED = 3;
  private static final int OTHER = 9;

  private final int width;

  PropertyCodec(int width) {
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int arity() {
    return WORDS * width + 1;
  }

  @Override
  public int words(int position) {
    return WORDS;
  }

  @Override
  public int orderedWords(int position) {
    return ORDERED;
  }

  @Override
  public boolean bound(int position, Value value, RoundingMode mode, long[] out, int at) {
    write(value, out, at);
    return true;
  }

  @Override
  public void first(Value value, long[] out, int at) {
    out[at] = kind(value);
  }

  @Override
  public void last(Value value, long[] out, int at) {
    out[at] = kind(value);
  }

  @Override
  public boolean point(List<Value> key, long[] out) {
    return false;
  }

  private static int kind(Value value) {
    return switch (value) {
      case Value.Bool _ -> 1;
      case Value.Int _, Value.Real _, Value.Dec _ -> 2;
      case Value.Str _ -> 3;
      case Value.Date _ -> 4;
      case Value.Time _ -> 5;
      case Value.DateTime _ -> 6;
      case Value.ZonedTime _ -> 7;
      case Value.ZonedDateTime _ -> 8;
      default -> OTHER;
    };
  }

  /// Writes the words of a value that is not null.
  static void write(Value value, long[] out, int at) {
    out[at] = kind(value);
    out[at + 2] = 0;
    out[at + 3] = 0;
    switch (value) {
      case Value.Bool(boolean v) -> out[at + 1] = v ? 1 : 0;
      case Value.Int _, Value.Real _, Value.Dec _ ->
          out[at + 1] = ColumnWords.sortable(Numbers.toDouble(value));
      case Value.Str(String v) -> ColumnWords.text(v, out, at + 1);
      case Value.Date(var v) -> out[at + 1] = v.toEpochDay();
      case Value.Time(var v) -> out[at + 1] = v.toNanoOfDay();
      case Value.DateTime(LocalDateTime v) -> {
        out[at + 1] = v.toEpochSecond(ZoneOffset.UTC);
        out[at + 2] = v.getNano();
      }
      case Value.ZonedTime(var v) ->
          out[at + 1] =
              v.toLocalTime().toNanoOfDay() - v.getOffset().getTotalSeconds() * 1_000_000_000L;
      case Value.ZonedDateTime(var v) -> {
        out[at + 1] = v.toEpochSecond();
        out[at + 2] = v.getNano();
      }
      default -> {
        long[] words = new long[3];
        ColumnWords.text(Equality.equivalenceKey(value).toString(), words, 0);
        out[at + 1] = words[2];
      }
    }
  }
}
