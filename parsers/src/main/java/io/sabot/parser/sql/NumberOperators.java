package io.sabot.parser.sql;

import static io.sabot.parser.sql.PostgresFunction.always;
import static io.sabot.parser.sql.PostgresFunction.atLeast;
import static io.sabot.parser.sql.PostgresFunction.of;
import static io.sabot.parser.sql.PostgresFunction.strict;
import static io.sabot.parser.sql.PostgresFunction.takes;
import static org.apache.calcite.sql.type.SqlTypeFamily.ANY;
import static org.apache.calcite.sql.type.SqlTypeFamily.ARRAY;
import static org.apache.calcite.sql.type.SqlTypeFamily.EXACT_NUMERIC;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;
import static org.apache.calcite.sql.type.SqlTypeFamily.NUMERIC;

import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// PostgreSQL's functions of numbers, and those that tell of any value or of the session (manual,
/// sections 9.3, 9.2 and 9.26).
final class NumberOperators {
  /// Functions of one number that give a double.
  private static final List<String> REAL =
      List.of(
          "SQRT", "CBRT", "EXP", "LN", "LOG10", "SIN", "COS", "TAN", "COT", "ASIN", "ACOS", "ATAN",
          "SIND", "COSD", "TAND", "COTD", "ASIND", "ACOSD", "ATAND", "SINH", "COSH", "TANH",
          "ASINH", "ACOSH", "ATANH");

  /// `base ^ exponent`, and the function.
  static final SqlFunction POWER = of("POWER", strict(SqlTypeName.DOUBLE), takes(NUMERIC, NUMERIC));

  /// The operators of bits, as functions.
  private static final List<SqlFunction> OF_BITS =
      List.of(
          of("&", ReturnTypes.LEAST_RESTRICTIVE, takes(INTEGER, INTEGER)),
          of("|", ReturnTypes.LEAST_RESTRICTIVE, takes(INTEGER, INTEGER)),
          of("#", ReturnTypes.LEAST_RESTRICTIVE, takes(INTEGER, INTEGER)),
          of("<<", ReturnTypes.ARG0_NULLABLE, takes(INTEGER, INTEGER)),
          of(">>", ReturnTypes.ARG0_NULLABLE, takes(INTEGER, INTEGER)));

  static final List<SqlFunction> ALL =
      Stream.of(reals(), whole(), OF_BITS, ofAnything(), session()).flatMap(List::stream).toList();

  private NumberOperators() {}

  static SqlFunction ofBits(String operator) {
    return OF_BITS.stream().filter(f -> f.getName().equals(operator)).findFirst().orElseThrow();
  }

  private static List<SqlFunction> reals() {
    List<SqlFunction> all = new ArrayList<>();
    REAL.forEach(name -> all.add(of(name, strict(SqlTypeName.DOUBLE), takes(NUMERIC))));
    all.add(of("LOG", strict(SqlTypeName.DOUBLE), takes(1, NUMERIC, NUMERIC)));
    all.add(POWER);
    all.add(of("POW", strict(SqlTypeName.DOUBLE), takes(NUMERIC, NUMERIC)));
    all.add(of("ATAN2", strict(SqlTypeName.DOUBLE), takes(NUMERIC, NUMERIC)));
    all.add(of("ATAN2D", strict(SqlTypeName.DOUBLE), takes(NUMERIC, NUMERIC)));
    return all;
  }

  private static List<SqlFunction> whole() {
    SqlReturnTypeInference likeTruncate =
        Objects.requireNonNull(SqlStdOperatorTable.TRUNCATE.getReturnTypeInference());
    return List.of(
        of("TRUNC", likeTruncate, takes(1, NUMERIC, INTEGER)),
        of("GCD", NumberOperators::divisor, takes(EXACT_NUMERIC, EXACT_NUMERIC)),
        of("LCM", NumberOperators::divisor, takes(EXACT_NUMERIC, EXACT_NUMERIC)),
        of("FACTORIAL", NumberOperators::wholeDecimal, takes(INTEGER)),
        of("DIV", NumberOperators::wholeDecimal, takes(EXACT_NUMERIC, EXACT_NUMERIC)),
        of("SCALE", strict(SqlTypeName.INTEGER), takes(EXACT_NUMERIC)),
        of("MIN_SCALE", strict(SqlTypeName.INTEGER), takes(EXACT_NUMERIC)),
        of(
            "WIDTH_BUCKET",
            strict(SqlTypeName.INTEGER),
            takes(NUMERIC, NUMERIC, NUMERIC, INTEGER).and(takes(ANY, ARRAY))));
  }

  private static List<SqlFunction> ofAnything() {
    return List.of(
        of("NUM_NULLS", always(SqlTypeName.INTEGER), atLeast(1)),
        of("NUM_NONNULLS", always(SqlTypeName.INTEGER), atLeast(1)),
        of("PG_TYPEOF", always(SqlTypeName.VARCHAR), takes(ANY)));
  }

  private static List<SqlFunction> session() {
    return List.of(
        of("VERSION", always(SqlTypeName.VARCHAR), OperandTypes.NILADIC),
        of("CURRENT_DATABASE", always(SqlTypeName.VARCHAR), OperandTypes.NILADIC));
  }

  private static RelDataType wholeDecimal(SqlOperatorBinding call) {
    return PostgresFunction.nullable(
        call,
        call.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, Type.Decimal.MAX_PRECISION, 0),
        PostgresFunction.anyNull(call));
  }

  /// Integers give an integer; otherwise the result has the greater scale of the two.
  private static RelDataType divisor(SqlOperatorBinding call) {
    if (call.collectOperandTypes().stream().allMatch(SqlTypeUtil::isIntType)) {
      return PostgresFunction.nullable(
          call,
          call.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
          PostgresFunction.anyNull(call));
    }
    int scale = 0;
    for (RelDataType type : call.collectOperandTypes()) {
      scale = Math.max(scale, SqlTypeUtil.isDecimal(type) ? type.getScale() : 0);
    }
    return PostgresFunction.nullable(
        call,
        call.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, Type.Decimal.MAX_PRECISION, scale),
        PostgresFunction.anyNull(call));
  }
}
