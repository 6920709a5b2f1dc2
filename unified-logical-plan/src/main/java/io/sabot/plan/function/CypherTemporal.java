package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cypher's constructors of temporal values and its functions on them.
///
/// All points in time but dates are nanosecond values with their own zone, which no exact vector
/// holds: their columns are dynamic. What depends on the time zone of the statement is `STABLE`.
final class CypherTemporal {
  static final List<Function> ALL = all();

  private CypherTemporal() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>();
    for (CypherTemporalKind kind : CypherTemporalKind.values()) {
      Volatility own = kind.hasZone() ? Volatility.STABLE : Volatility.IMMUTABLE;
      add(all, kind, "", 1, 1, own, (args, context) -> construct(kind, args[0], context));
      add(
          all,
          kind,
          ".truncate",
          1,
          3,
          Volatility.STABLE,
          (args, context) -> truncate(kind, args, context));
      add(
          all,
          kind,
          ".statement",
          0,
          1,
          Volatility.STABLE,
          (args, context) -> at(kind, context.now(), args, context));
      add(
          all,
          kind,
          ".transaction",
          0,
          1,
          Volatility.STABLE,
          (args, context) -> at(kind, context.transactionStart(), args, context));
      add(
          all,
          kind,
          ".realtime",
          0,
          1,
          Volatility.VOLATILE,
          (args, context) -> at(kind, context.realtime(), args, context));
    }
    epochs(all);
    durations(all);
    return List.copyOf(all);
  }

  private static void add(
      List<Function> all,
      CypherTemporalKind kind,
      String suffix,
      int minArgs,
      int maxArgs,
      Volatility volatility,
      Function.Scalar scalar) {
    Function function =
        Functions.throwing("cy." + kind.function() + suffix, minArgs, maxArgs, Type.ANY, scalar);
    all.add(Functions.with(function, Nulls.STRICT, Faults.THROW, volatility));
  }

  private static void epochs(List<Function> all) {
    all.add(
        Functions.throwing(
            "cy.datetime.fromepoch",
            2,
            Type.ANY,
            (args, context) ->
                instant(
                    integer(args[0], "datetime.fromepoch"),
                    integer(args[1], "datetime.fromepoch"))));
    all.add(
        Functions.throwing(
            "cy.datetime.fromepochmillis",
            1,
            Type.ANY,
            (args, context) -> {
              long millis = integer(args[0], "datetime.fromepochmillis");
              return instant(
                  Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000L) * 1_000_000);
            }));
  }

  private static void durations(List<Function> all) {
    all.add(
        Functions.throwing(
            "cy.duration",
            1,
            Type.ANY,
            (args, context) ->
                switch (args[0]) {
                  case Value.MapValue(Map<String, Value> entries) -> DurationParts.ofMap(entries);
                  case Value.Str(String text) -> DurationParts.ofText(text);
                  case Value.Duration duration -> duration;
                  default -> throw wrong(args[0], "a map or string", "duration");
                }));
    all.add(distance("between", (args, context) -> TemporalDistance.between(args[0], args[1])));
    all.add(distance("inmonths", (args, context) -> TemporalDistance.inMonths(args[0], args[1])));
    all.add(distance("indays", (args, context) -> TemporalDistance.inDays(args[0], args[1])));
    all.add(distance("inseconds", (args, context) -> TemporalDistance.inSeconds(args[0], args[1])));
  }

  private static Function distance(String name, Function.Scalar scalar) {
    return Functions.throwing("cy.duration." + name, 2, Type.ANY, scalar);
  }

  private static Value construct(CypherTemporalKind kind, Value arg, EvalContext context) {
    return switch (arg) {
      case Value.Str(String text) -> parse(kind, text, context);
      case Value.MapValue(Map<String, Value> entries) ->
          ofParts(kind, new TemporalParts(entries).check(kind), context);
      case Value.Date _,
          Value.Time _,
          Value.ZonedTime _,
          Value.DateTime _,
          Value.ZonedDateTime _ -> {
        String key =
            kind.hasDate() && kind.hasTime() ? "datetime" : kind.hasDate() ? "date" : "time";
        yield ofParts(kind, new TemporalParts(Map.of(key, arg)), context);
      }
      default -> throw wrong(arg, "a string, map or temporal value", kind.function());
    };
  }

  private static Value parse(CypherTemporalKind kind, String text, EvalContext context) {
    return switch (kind) {
      case DATE -> new Value.Date(TemporalText.date(text));
      case LOCALTIME -> new Value.Time(TemporalText.localTime(text));
      case TIME -> {
        ZoneOffset standard = context.zone().getRules().getOffset(context.now());
        yield new Value.ZonedTime(TemporalText.time(text, standard));
      }
      case LOCALDATETIME -> new Value.DateTime(TemporalText.localDateTime(text));
      case DATETIME -> new Value.ZonedDateTime(TemporalText.dateTime(text, context.zone()));
    };
  }

  private static Value ofParts(CypherTemporalKind kind, TemporalParts parts, EvalContext context) {
    if (parts.hasNull()) {
      return Value.NULL;
    }
    if (parts.has("epochSeconds") || parts.has("epochMillis")) {
      return ofEpoch(parts, context);
    }
    LocalDate date = null;
    if (kind.hasDate()) {
      Value base = parts.base("date");
      date = parts.date(base == null ? null : require(CypherTemporalKind.dateOf(base), base, kind));
    }
    Value timeBase = parts.base("time");
    LocalTime time = null;
    if (kind.hasTime()) {
      boolean dateOnly = timeBase instanceof Value.Date && kind.hasDate();
      LocalTime base =
          timeBase == null || dateOnly
              ? null
              : require(CypherTemporalKind.timeOf(timeBase), timeBase, kind);
      time = parts.time(base, false, !kind.hasDate() && base == null);
    }
    ZoneId from = CypherTemporalKind.zoneOf(timeBase);
    ZoneId zone = parts.zone();
    if (kind == CypherTemporalKind.TIME && timeBase instanceof Value.ZonedDateTime(var v)) {
      from = v.getOffset();
    }
    return assemble(kind, date, time, from, zone, context);
  }

  private static <T> T require(@Nullable T part, Value base, CypherTemporalKind kind) {
    if (part == null) {
      throw wrong(base, "a value with that part", kind.function());
    }
    return part;
  }

  private static Value ofEpoch(TemporalParts parts, EvalContext context) {
    ZoneId zone = parts.zone();
    if (parts.has("epochSeconds") && parts.has("epochMillis")) {
      throw Errors.invalidArgument("found 'epochSeconds' and 'epochMillis', expected one of them");
    }
    long nanos = parts.number("nanosecond", 0);
    Instant instant;
    try {
      instant =
          parts.has("epochSeconds")
              ? Instant.ofEpochSecond(parts.number("epochSeconds", 0), nanos)
              : Instant.ofEpochMilli(parts.number("epochMillis", 0)).plusNanos(nanos);
    } catch (DateTimeException | ArithmeticException outside) {
      throw Errors.outOfRange("datetime()", "a datetime");
    }
    return new Value.ZonedDateTime(instant.atZone(zone == null ? context.zone() : zone));
  }

  /// @param from the zone that date and time are of, null when they are local
  /// @param zone the zone to show them in: local ones are taken to be of it, others are converted
  private static Value assemble(
      CypherTemporalKind kind,
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable ZoneId from,
      @Nullable ZoneId zone,
      EvalContext context) {
    ZoneId first = from != null ? from : zone != null ? zone : context.zone();
    LocalDate day = date == null ? LocalDate.EPOCH : date;
    LocalTime clock = time == null ? LocalTime.MIDNIGHT : time;
    return switch (kind) {
      case DATE -> new Value.Date(day);
      case LOCALTIME -> new Value.Time(clock);
      case LOCALDATETIME -> new Value.DateTime(LocalDateTime.of(day, clock));
      case TIME -> {
        var own = clock.atOffset(offset(first, context));
        yield new Value.ZonedTime(
            zone == null ? own : own.withOffsetSameInstant(offset(zone, context)));
      }
      case DATETIME -> {
        var own = LocalDateTime.of(day, clock).atZone(first);
        yield new Value.ZonedDateTime(zone == null ? own : own.withZoneSameInstant(zone));
      }
    };
  }

  /// The offset of a zone, which for a region is the one in force when the statement started.
  private static ZoneOffset offset(ZoneId zone, EvalContext context) {
    return zone instanceof ZoneOffset fixed ? fixed : zone.getRules().getOffset(context.now());
  }

  private static Value at(
      CypherTemporalKind kind, Instant instant, Value[] args, EvalContext context) {
    ZoneId zone = context.zone();
    if (args.length > 0) {
      zone =
          switch (args[0]) {
            case Value.Str(String name) -> TemporalText.zone(name);
            case Value.MapValue(Map<String, Value> entries) -> {
              ZoneId given = new TemporalParts(entries).zone();
              yield given == null ? zone : given;
            }
            default -> throw wrong(args[0], "the name of a time zone", kind.function());
          };
    }
    var now = instant.atZone(zone);
    return assemble(
        kind,
        now.toLocalDate(),
        now.toLocalTime(),
        kind == CypherTemporalKind.TIME ? now.getOffset() : zone,
        null,
        context);
  }

  private static Value truncate(CypherTemporalKind kind, Value[] args, EvalContext context) {
    if (!(args[0] instanceof Value.Str(String name))) {
      throw wrong(args[0], "the name of a unit", kind.function() + ".truncate");
    }
    TemporalTruncation unit = TemporalTruncation.of(name);
    Value value = args.length > 1 ? args[1] : at(kind, context.now(), new Value[0], context);
    TemporalParts parts = new TemporalParts(args.length > 2 ? entries(args[2], kind) : Map.of());
    if (parts.check(kind).hasNull()) {
      return Value.NULL;
    }
    LocalDate date = CypherTemporalKind.dateOf(value);
    LocalTime time = CypherTemporalKind.timeOf(value);
    boolean tooFine = unit.isOfTime() && (time == null || !kind.hasTime());
    boolean tooCoarse = unit.compareTo(TemporalTruncation.DAY) < 0 && date == null;
    boolean lacksDate = kind.hasDate() && date == null;
    if (tooFine || tooCoarse || lacksDate || (date == null && time == null)) {
      throw Errors.invalidArgument(
          "cannot truncate "
              + Kinds.name(value)
              + " to a "
              + name
              + " with "
              + kind.function()
              + ".truncate()");
    }
    LocalDate newDate = kind.hasDate() && date != null ? parts.date(unit.floor(date)) : null;
    LocalTime newTime =
        kind.hasTime()
            ? parts.time(unit.floor(time == null ? LocalTime.MIDNIGHT : time), true, false)
            : null;
    ZoneId given = parts.zone();
    ZoneId own = CypherTemporalKind.zoneOf(value);
    if (kind == CypherTemporalKind.TIME && value instanceof Value.ZonedDateTime(var v)) {
      own = v.getOffset();
    }
    return assemble(kind, newDate, newTime, given == null ? own : given, null, context);
  }

  private static Map<String, Value> entries(Value value, CypherTemporalKind kind) {
    if (value instanceof Value.MapValue(Map<String, Value> entries)) {
      return entries;
    }
    throw wrong(value, "a map", kind.function() + ".truncate");
  }

  private static Value instant(long seconds, long nanos) {
    try {
      return new Value.ZonedDateTime(Instant.ofEpochSecond(seconds, nanos).atZone(ZoneOffset.UTC));
    } catch (DateTimeException | ArithmeticException outside) {
      throw Errors.outOfRange("datetime.fromepoch()", "a datetime");
    }
  }

  private static long integer(Value value, String function) {
    if (value instanceof Value.Int(long v)) {
      return v;
    }
    throw wrong(value, "an integer", function);
  }

  private static RuntimeException wrong(Value found, String expected, String function) {
    return Errors.typeMismatch(Kinds.name(found), expected, function + "()");
  }
}
