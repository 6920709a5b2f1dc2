package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// SQL's functions of times: those that write and read times and numbers by templates, and the
/// lists of all others.
final class SqlTimeFunctions {
  private static final int NUMBER_SCALE = 16;

  private SqlTimeFunctions() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>(templates());
    all.addAll(clocks());
    all.addAll(SqlSessionZone.all());
    all.addAll(SqlTimeParts.all());
    all.addAll(SqlTimeCuts.all());
    all.addAll(SqlAges.all());
    all.addAll(SqlTimeMakers.all());
    all.addAll(SqlTimeSpans.all());
    return all;
  }

  private static List<Function> clocks() {
    return List.of(
        Functions.with(
            Functions.total(
                "sql.clock_timestamp",
                0,
                Type.TIMESTAMP,
                (a, c) -> new Value.DateTime(c.realtime().atZone(c.zone()).toLocalDateTime())),
            Nulls.STRICT,
            Faults.NONE,
            Volatility.VOLATILE),
        Functions.with(
            Functions.total(
                "sql.transaction_timestamp",
                0,
                Type.TIMESTAMP,
                (a, c) ->
                    new Value.DateTime(c.transactionStart().atZone(c.zone()).toLocalDateTime())),
            Nulls.STRICT,
            Faults.NONE,
            Volatility.STABLE));
  }

  private static List<Function> templates() {
    return List.of(
        Functions.throwing(
            "sql.to_char", 2, Type.STRING, (a, c) -> Value.of(text(a[0], text(a[1])))),
        Functions.throwing(
            "sql.to_date", 2, Type.DATE, (a, c) -> new Value.Date(date(text(a[0]), text(a[1])))),
        Functions.with(
            Functions.throwing(
                "sql.to_timestamp",
                2,
                Type.TIMESTAMPTZ,
                (a, c) -> instant(text(a[0]), text(a[1]), c.zone())),
            Nulls.STRICT,
            Faults.THROW,
            Volatility.STABLE),
        Functions.throwing("sql.of_epoch", 1, Type.TIMESTAMPTZ, (a, c) -> ofEpoch(a[0])),
        Functions.throwing(
            "sql.to_number",
            2,
            new Type.Decimal(Type.Decimal.MAX_PRECISION, NUMBER_SCALE),
            (a, c) -> Value.of(number(text(a[0]), text(a[1])))));
  }

  private static String text(Value value) {
    return SqlText.text(value);
  }

  private static String text(Value value, String template) {
    return Numbers.isNumber(value)
        ? SqlNumberWriter.write(SqlNumberFormats.of(template), value)
        : SqlTimeWriter.write(SqlTimeFormats.of(template), SqlTimeFields.of(value));
  }

  private static LocalDate date(String text, String template) {
    LocalDateTime time = SqlTimeReader.read(text, template).time();
    return SqlTimes.inRange(time::toLocalDate);
  }

  private static Value instant(String text, String template, ZoneId session) {
    SqlTimeReader.Read read = SqlTimeReader.read(text, template);
    ZoneId zone = read.offset() == null ? session : read.offset();
    return SqlSessionZone.utc(SqlTimes.inRange(() -> read.time().atZone(zone)));
  }

  private static Value ofEpoch(Value seconds) {
    if (seconds instanceof Value.Real(double v) && !Double.isFinite(v)) {
      throw Errors.outOfRange("the time " + v, "a timestamp");
    }
    BigDecimal micros =
        Numbers.toDecimal(seconds).movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
    return new Value.ZonedDateTime(
        SqlTimes.inRange(() -> {
          long all = micros.longValueExact();
          int nanos = (int) Math.floorMod(all, 1_000_000L) * 1000;
          return LocalDateTime.ofEpochSecond(Math.floorDiv(all, 1_000_000L), nanos, ZoneOffset.UTC)
              .atZone(ZoneOffset.UTC);
        }));
  }

  private static BigDecimal number(String text, String template) {
    BigDecimal number =
        SqlNumberReader.read(text, template).setScale(NUMBER_SCALE, RoundingMode.HALF_UP);
    if (number.precision() > Type.Decimal.MAX_PRECISION) {
      throw Errors.outOfRange("the number '" + text + "'", "38 digits, 16 after the point");
    }
    return number;
  }
}
