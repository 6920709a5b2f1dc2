package io.sabot.parser.sql;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// `NUMERIC` without a scale in a cast. PostgreSQL keeps all digits, Calcite those before the
/// point: `round(x::NUMERIC, 2)` would be a whole number. Our decimals have a fixed scale; an exact
/// number and a written one keep their own, and others get the one that quotients have.
final class OpenDecimals {
  static final Type.Decimal TYPE = new Type.Decimal(Type.Decimal.MAX_PRECISION, 16);

  private OpenDecimals() {}

  static SqlNode rewrite(SqlNode read, String text) {
    String words = text.toLowerCase(Locale.ROOT);
    return words.contains("numeric") || words.contains("dec")
        ? Objects.requireNonNull(read.accept(new Rewriter()))
        : read;
  }

  private static final class Rewriter extends SqlShuttle {
    @Override
    public @Nullable SqlNode visit(SqlDataTypeSpec type) {
      boolean isOpen =
          type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
              && basic.getTypeName().getSimple().equals(SqlTypeName.DECIMAL.name())
              && basic.getPrecision() < 0;
      return isOpen
          ? new SqlDataTypeSpec(
              new SqlBasicTypeNameSpec(
                  SqlTypeName.DECIMAL, TYPE.precision(), TYPE.scale(), type.getParserPosition()),
              type.getParserPosition())
          : type;
    }
  }

  /// The type that a cast to an open decimal gives.
  static Type of(Expr input) {
    return switch (input) {
      case Expr.Lit(Value.Str(String text), _) -> written(text);
      case Expr e when e.type() instanceof Type.Int || e.type() instanceof Type.Decimal ->
          Coercion.decimal(e.type());
      default -> TYPE;
    };
  }

  private static Type written(String text) {
    try {
      int scale = Math.max(0, new BigDecimal(text.strip()).scale());
      return new Type.Decimal(
          Type.Decimal.MAX_PRECISION, Math.min(scale, Type.Decimal.MAX_PRECISION));
    } catch (NumberFormatException noNumber) {
      return TYPE;
    }
  }
}
