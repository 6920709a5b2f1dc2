package io.sabot.parser.sql;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.SqlSessionZone;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import org.jspecify.annotations.Nullable;

/// Casts that depend on the session's time zone: between timestamps with a zone and dates, times
/// and texts.
final class ZoneCasts {
  private ZoneCasts() {}

  /// Null for other casts.
  static @Nullable Expr cast(Expr expr, Type to) {
    Type from = expr.type();
    if (expr instanceof Expr.Lit(Value value, _) && value.isNull()) {
      return null;
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

  private static @Nullable Expr fromInstant(Expr expr, Type to) {
    if (to == Type.STRING) {
      return SqlSessionZone.WRITE.call(expr);
    }
    return to == Type.DATE || to == Type.TIME || to == Type.TIMESTAMP
        ? Coercion.cast(SqlSessionZone.LOCAL.call(expr), to)
        : null;
  }
}
