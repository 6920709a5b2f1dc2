package io.sabot.parser.sql;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.SqlFunctions;
import io.sabot.plan.function.SqlSessionZone;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Casts that depend on the session's time zone or clock: between timestamps with a zone and dates,
/// times and texts, and of `'now'` and `'today'`.
final class ZoneCasts {
  private ZoneCasts() {}

  /// Null for other casts.
  static @Nullable Expr cast(Expr expr, Type to) {
    Type from = expr.type();
    if (expr instanceof Expr.Lit(Value value, _)) {
      Expr word = value instanceof Value.Str(String text) ? word(text, to) : null;
      if (word != null || value.isNull()) {
        return word;
      }
    }
    if (from == Type.TIMESTAMPTZ) {
      return fromInstant(expr, to);
    }
    if (to != Type.TIMESTAMPTZ) {
      return null;
    }
    if (from == Type.STRING) {
      return SqlSessionZone.READ.call(expr);
    }
    return from == Type.DATE || from == Type.TIMESTAMP
        ? SqlSessionZone.FROM_LOCAL.call(Coercion.cast(expr, Type.TIMESTAMP))
        : null;
  }

  /// `'today'` and its like, which the clock of the session tells; null for other texts and types.
  private static @Nullable Expr word(String text, Type to) {
    if (to != Type.DATE && to != Type.TIMESTAMP && to != Type.TIMESTAMPTZ) {
      return null;
    }
    Expr today = Functions.named("sql.current_date").call(List.of());
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "now" -> Coercion.cast(Functions.named("sql.current_timestamp").call(List.of()), to);
      case "today" -> Coercion.cast(today, to);
      case "tomorrow" -> Coercion.cast(days(today, 1), to);
      case "yesterday" -> Coercion.cast(days(today, -1), to);
      default -> null;
    };
  }

  private static Expr days(Expr date, long days) {
    Expr span = new Expr.Lit(Value.Duration.of(0, days, 0, 0), Type.INTERVAL);
    return SqlFunctions.PLUS_INTERVAL.call(date, span);
  }

  private static @Nullable Expr fromInstant(Expr expr, Type to) {
    if (to == Type.STRING) {
      return SqlSessionZone.WRITE.call(expr);
    }
    return to == Type.DATE || to == Type.TIME || to == Type.TIMESTAMP
        ? Coercion.cast(SqlSessionZone.LOCAL.call(expr), to)
        : null;
  }
}
