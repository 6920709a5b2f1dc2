package io.sabot.parser.sql;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.SqlSessionZone;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/// Calls of {@link TimeOperators}: their arguments get the types that the functions take, and
/// timestamps with a zone are seen on the session's clock.
final class TimeCalls {
  private static final Expr UTC = Expr.lit(Value.of("UTC"));

  private final RexLowering rex;

  TimeCalls(RexLowering rex) {
    this.rex = rex;
  }

  /// Null for other functions.
  @Nullable Expr lower(String name, RexCall call) {
    return switch (name) {
      case "$EXTRACT" -> extract(call, all(call));
      case "$DATE_PART" -> field("sql.date_part", Type.FLOAT64, all(call));
      case "DATE_TRUNC" -> truncate(all(call));
      case "DATE_BIN" -> bin(all(call));
      case "$OVERLAPS" -> overlap(all(call));
      case "AGE" -> age(all(call));
      case "TO_CHAR" -> toChar(all(call));
      case "TO_TIMESTAMP" -> toTimestamp(all(call));
      case "TO_NUMBER" ->
          Coercion.cast(plain("sql.to_number", all(call)), TypeMapping.fromCalcite(call.getType()));
      case "TO_DATE" -> plain("sql.to_date", all(call));
      case "MAKE_DATE", "MAKE_TIME", "MAKE_TIMESTAMP" ->
          plain("sql." + name.toLowerCase(Locale.ROOT), all(call));
      case "MAKE_TIMESTAMPTZ" -> makeInstant(all(call));
      case "MAKE_INTERVAL" -> plain("sql.interval_of_fields", all(call));
      case "JUSTIFY_DAYS", "JUSTIFY_HOURS", "JUSTIFY_INTERVAL" ->
          plain("sql." + name.toLowerCase(Locale.ROOT), List.of(span(all(call).getFirst())));
      case "ISFINITE" -> plain("sql.isfinite", all(call));
      case "TIMEZONE" -> {
        List<Expr> args = all(call);
        yield TemporalLowering.atZone(List.of(args.get(1), args.get(0)));
      }
      default -> null;
    };
  }

  private List<Expr> all(RexCall call) {
    return new ArrayList<>(rex.all(call.getOperands()));
  }

  private static Expr plain(String name, List<Expr> args) {
    return Functions.named(name).call(args);
  }

  private static Expr span(Expr arg) {
    return Coercion.cast(arg, Type.INTERVAL);
  }

  /// A quoted text is a timestamp with a zone, as PostgreSQL prefers.
  private static Expr point(Expr arg) {
    return arg.type() == Type.STRING || arg.type() == Type.ANY
        ? Coercion.cast(arg, Type.TIMESTAMPTZ)
        : arg;
  }

  /// A date or timestamp on the session's clock.
  private static Expr local(Expr arg) {
    return Coercion.cast(point(arg), Type.TIMESTAMP);
  }

  private static Expr inZone(Expr arg, Expr zone) {
    return plain("sql.in_zone", List.of(arg, zone));
  }

  private static Expr withZone(Expr arg, Expr zone) {
    return plain("sql.with_zone", List.of(arg, zone));
  }

  // ---- fields

  private static Expr extract(RexCall call, List<Expr> args) {
    String unit = args.getFirst() instanceof Expr.Lit(Value.Str(String text), _) ? text : "";
    Type type = TypeMapping.fromCalcite(call.getType());
    boolean isDate = args.get(1).type() == Type.DATE;
    int scale = TimeOperators.extracted(unit, isDate).scale();
    String name =
        scale == 0 ? "sql.extract" : scale > 6 ? "sql.extract_julian" : "sql.extract_fraction";
    return Coercion.cast(field(name, Type.INT64, args), type);
  }

  private static Expr field(String name, Type zoneType, List<Expr> args) {
    Expr time = point(args.get(1));
    if (time.type() != Type.TIMESTAMPTZ) {
      return plain(name, List.of(args.getFirst(), time));
    }
    String unit =
        args.getFirst() instanceof Expr.Lit(Value.Str(String text), _)
            ? text.toLowerCase(Locale.ROOT)
            : "";
    if (unit.startsWith("timezone")) {
      Expr offset = plain("sql.zone_offset", List.of(args.getFirst(), time));
      return Coercion.cast(offset, zoneType);
    }
    boolean isEpoch = unit.equals("epoch");
    Expr shown = isEpoch ? inZone(time, UTC) : SqlSessionZone.LOCAL.call(time);
    return plain(name, List.of(args.getFirst(), shown));
  }

  private static Expr truncate(List<Expr> args) {
    Expr unit = args.getFirst();
    Expr time = point(args.get(1));
    if (args.size() > 2) {
      Expr zone = args.get(2);
      Expr shown = inZone(Coercion.cast(time, Type.TIMESTAMPTZ), zone);
      return withZone(plain("sql.date_trunc", List.of(unit, shown)), zone);
    }
    if (time.type() == Type.TIMESTAMPTZ) {
      Expr shown = SqlSessionZone.LOCAL.call(time);
      return SqlSessionZone.FROM_LOCAL.call(plain("sql.date_trunc", List.of(unit, shown)));
    }
    return plain("sql.date_trunc", List.of(unit, time.type() == Type.TIME ? span(time) : time));
  }

  private static Expr bin(List<Expr> args) {
    Expr span = span(args.get(0));
    Expr time = point(args.get(1));
    Expr origin = point(args.get(2));
    if (time.type() == Type.TIMESTAMPTZ || origin.type() == Type.TIMESTAMPTZ) {
      Expr shown = inZone(Coercion.cast(time, Type.TIMESTAMPTZ), UTC);
      Expr from = inZone(Coercion.cast(origin, Type.TIMESTAMPTZ), UTC);
      Expr start = withZone(plain("sql.date_bin", List.of(span, shown, from)), UTC);
      return Coercion.cast(start, time.type());
    }
    Expr start = plain("sql.date_bin", List.of(span, local(time), local(origin)));
    return Coercion.cast(start, time.type());
  }

  private static Expr age(List<Expr> args) {
    if (args.size() == 1) {
      Expr today = Functions.named("sql.current_date").call(List.of());
      return plain("sql.age", List.of(local(today), local(args.getFirst())));
    }
    return plain("sql.age", List.of(local(args.get(0)), local(args.get(1))));
  }

  private static Expr overlap(List<Expr> args) {
    List<Type> ends = List.of(args.get(0).type(), args.get(2).type());
    Type type =
        ends.contains(Type.TIME)
            ? Type.TIME
            : ends.contains(Type.TIMESTAMPTZ) ? Type.TIMESTAMPTZ : Type.TIMESTAMP;
    List<Expr> points = new ArrayList<>();
    for (int i = 0; i < args.size(); i += 2) {
      Expr start = Coercion.cast(args.get(i), type);
      Expr end = args.get(i + 1);
      points.add(start);
      points.add(
          end.type() == Type.INTERVAL
              ? TemporalLowering.plus(start, end)
              : Coercion.cast(end, type));
    }
    return plain("sql.overlaps", points);
  }

  // ---- texts and numbers

  private static Expr toChar(List<Expr> args) {
    if (args.getFirst().type() == Type.TIMESTAMPTZ) {
      args.set(0, SqlSessionZone.IN_ZONE.call(args.getFirst()));
    }
    return plain("sql.to_char", args);
  }

  private static Expr toTimestamp(List<Expr> args) {
    return args.size() == 1 ? plain("sql.of_epoch", args) : plain("sql.to_timestamp", args);
  }

  private static Expr makeInstant(List<Expr> args) {
    Expr local = plain("sql.make_timestamp", args.subList(0, 6));
    return args.size() == 6
        ? SqlSessionZone.FROM_LOCAL.call(local)
        : withZone(local, args.getLast());
  }
}
