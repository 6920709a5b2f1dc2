package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/// Constants.
final class Literals {
  private Literals() {}

  static Expr lower(RexLiteral literal) {
    Type type = TypeMapping.fromCalcite(literal.getType());
    if (literal.isNull()) {
      return Expr.nullOf(type);
    }
    SqlTypeName name = literal.getType().getSqlTypeName();
    return switch (name) {
      case BOOLEAN -> RexLiteral.booleanValue(literal) ? Expr.TRUE : Expr.FALSE;
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          new Expr.Lit(Value.of(number(literal).longValueExact()), type);
      case DECIMAL -> decimal(number(literal), (Type.Decimal) type);
      case FLOAT, REAL, DOUBLE ->
          new Expr.Lit(Value.of(of(literal, Double.class).doubleValue()), type);
      case CHAR, VARCHAR ->
          Coercion.cast(new Expr.Lit(Value.of(of(literal, String.class)), Type.STRING), type);
      case DATE ->
          new Expr.Lit(
              new Value.Date(LocalDate.parse(of(literal, DateString.class).toString())), type);
      case TIME ->
          new Expr.Lit(
              new Value.Time(LocalTime.parse(of(literal, TimeString.class).toString())), type);
      case TIMESTAMP ->
          new Expr.Lit(
              new Value.DateTime(
                  LocalDateTime.parse(
                      of(literal, TimestampString.class).toString().replace(' ', 'T'))),
              type);
      case BINARY, VARBINARY ->
          new Expr.Lit(new Value.Bytes(of(literal, ByteString.class).toString(16)), type);
      case SYMBOL -> Expr.lit(Value.of(String.valueOf(literal.getValue())));
      default -> {
        if (SqlTypeName.INTERVAL_TYPES.contains(name)) {
          yield new Expr.Lit(interval(literal), Type.INTERVAL);
        }
        throw Errors.unsupported(null, "a constant of type " + name);
      }
    };
  }

  private static <T> T of(RexLiteral literal, Class<T> wanted) {
    return java.util.Objects.requireNonNull(literal.getValueAs(wanted));
  }

  private static BigDecimal number(RexLiteral literal) {
    return of(literal, BigDecimal.class);
  }

  private static Expr.Lit decimal(BigDecimal number, Type.Decimal type) {
    if (type.equals(OpenDecimals.TYPE)) {
      BigDecimal digits = number.stripTrailingZeros();
      return Expr.lit(Value.of(digits.setScale(Math.max(digits.scale(), 0))));
    }
    int scale = Math.max(number.scale(), 0);
    BigDecimal plain = number.setScale(Math.max(scale, Math.min(type.scale(), 38)));
    return Expr.lit(Value.of(plain));
  }

  /// Calcite counts months or milliseconds.
  private static Value.Duration interval(RexLiteral literal) {
    long amount = number(literal).longValueExact();
    if (literal.getType().getSqlTypeName().getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH) {
      return Value.Duration.of(amount, 0, 0, 0);
    }
    long days = amount / 86_400_000L;
    long rest = amount % 86_400_000L;
    return Value.Duration.of(0, days, 0, rest * 1_000_000L);
  }
}
