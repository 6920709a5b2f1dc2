package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Durations;
import io.sabot.plan.value.Points;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;

/// The text of a value as Cypher's `toString` gives it.
final class CypherText {
  private CypherText() {}

  static String of(Value value) {
    return switch (value) {
      case Value.Str(String v) -> v;
      case Value.Bool(boolean v) -> Boolean.toString(v);
      case Value.Int(long v) -> Long.toString(v);
      case Value.Real(double v) -> Double.toString(v);
      case Value.Dec(var v) -> v.toPlainString();
      case Value.Date(var v) -> v.toString();
      case Value.Time(var v) -> time(v);
      case Value.ZonedTime(OffsetTime v) -> time(v.toLocalTime()) + v.getOffset();
      case Value.DateTime(var v) -> v.toLocalDate() + "T" + time(v.toLocalTime());
      case Value.ZonedDateTime(ZonedDateTime v) -> zoned(v);
      case Value.Duration v -> Durations.text(v);
      case Value.Iri(String v) -> v;
      case Value.LangString(String v, _, _) -> v;
      case Value.TypedLiteral literal -> {
        Points point = Points.of(literal);
        yield point == null ? literal.lexical() : point.text();
      }
      case Value.Null _,
          Value.Bytes _,
          Value.ListValue _,
          Value.MapValue _,
          Value.NodeRef _,
          Value.EdgeRef _,
          Value.PathValue _,
          Value.BlankNode _,
          Value.TripleTerm _ ->
          throw Errors.typeMismatch(Kinds.name(value), "a value with a text", "toString()")
              .withDetail("InvalidArgumentValue");
    };
  }

  private static String zoned(ZonedDateTime v) {
    String local = v.toLocalDate() + "T" + time(v.toLocalTime()) + v.getOffset();
    return v.getZone() instanceof ZoneOffset ? local : local + "[" + v.getZone().getId() + "]";
  }

  /// Hours and minutes, then seconds and the fraction only as far as they are not zero.
  private static String time(java.time.LocalTime v) {
    String text = String.format(Locale.ROOT, "%02d:%02d", v.getHour(), v.getMinute());
    if (v.getSecond() == 0 && v.getNano() == 0) {
      return text;
    }
    String full = RdfLiterals.lexical(new Value.Time(v));
    return full.substring(0, 5).equals(text) ? full : text;
  }
}
