package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/// Between timestamps with a zone and the clock of the session's zone. Their values are in UTC, so
/// that equal ones are the same value.
public final class SqlSessionZone {
  /// What the session's clock shows at an instant.
  public static final Function LOCAL =
      stable(
          "sql.local_timestamp", 1, Type.TIMESTAMP, (a, c) -> new Value.DateTime(local(a[0], c)));

  /// When the session's clock shows a date or timestamp.
  public static final Function FROM_LOCAL =
      stable(
          "sql.from_local",
          1,
          Type.TIMESTAMPTZ,
          (a, c) -> instant(((Value.DateTime) a[0]).value(), c));

  /// The instant that a text writes, on the session's clock where it names no zone.
  public static final Function READ =
      stable(
          "sql.read_timestamptz",
          1,
          Type.TIMESTAMPTZ,
          (a, c) -> utc(TimeTexts.instant(SqlText.text(a[0]), c.zone())));

  /// An instant in the session's zone.
  public static final Function IN_ZONE =
      stable(
          "sql.in_session_zone",
          1,
          Type.TIMESTAMPTZ,
          (a, c) -> new Value.ZonedDateTime(zoned(a[0]).withZoneSameInstant(c.zone())));

  /// An instant as a text, with the offset of the session's zone.
  public static final Function WRITE =
      stable(
          "sql.write_timestamptz",
          1,
          Type.STRING,
          (a, c) -> Value.of(TimeTexts.text(zoned(a[0]).withZoneSameInstant(c.zone()))));

  /// Months and days are those of the session's calendar.
  public static final Function PLUS =
      stable("sql.plus_interval_zoned", 2, Type.TIMESTAMPTZ, (a, c) -> plus(a, c, 1));

  public static final Function MINUS =
      stable("sql.minus_interval_zoned", 2, Type.TIMESTAMPTZ, (a, c) -> plus(a, c, -1));

  private static final Function OFFSET =
      stable(
          "sql.zone_offset",
          2,
          Type.INT64,
          (a, c) -> {
            int seconds = zoned(a[1]).withZoneSameInstant(c.zone()).getOffset().getTotalSeconds();
            return Value.of(
                switch (TimeUnitName.of(SqlText.text(a[0]), a[1])) {
                  case TIMEZONE -> seconds;
                  case TIMEZONE_HOUR -> seconds / 3600;
                  default -> seconds / 60 % 60;
                });
          });

  private SqlSessionZone() {}

  static List<Function> all() {
    return List.of(LOCAL, FROM_LOCAL, READ, IN_ZONE, WRITE, PLUS, MINUS, OFFSET);
  }

  private static Function stable(String name, int args, Type type, Function.Scalar scalar) {
    return Functions.with(
        Functions.throwing(name, args, type, scalar),
        Nulls.STRICT,
        Faults.THROW,
        Volatility.STABLE);
  }

  private static ZonedDateTime zoned(Value value) {
    if (value instanceof Value.ZonedDateTime(ZonedDateTime time)) {
      return time;
    }
    throw Errors.typeMismatch(Kinds.name(value), "a timestamp with a time zone", "this place");
  }

  private static LocalDateTime local(Value value, EvalContext context) {
    return zoned(value).withZoneSameInstant(context.zone()).toLocalDateTime();
  }

  private static Value instant(LocalDateTime local, EvalContext context) {
    return utc(local.atZone(context.zone()));
  }

  static Value utc(ZonedDateTime time) {
    return new Value.ZonedDateTime(time.withZoneSameInstant(ZoneOffset.UTC));
  }

  private static Value plus(Value[] args, EvalContext context, int sign) {
    Value.Duration span = (Value.Duration) args[1];
    ZonedDateTime start = zoned(args[0]).withZoneSameInstant(context.zone());
    return utc(
        SqlTimes.inRange(() ->
            start
                .plusMonths(sign * span.months())
                .plusDays(sign * span.days())
                .plusSeconds(sign * span.seconds())
                .plusNanos(sign * (long) span.nanos())));
  }
}
