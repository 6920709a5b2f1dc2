package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.Functions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/// Calls of PostgreSQL's functions whose meaning depends on the types of their arguments.
final class PostgresLowering {
  /// What `version()` says: programs look for a number behind PostgreSQL, whose dialect it is.
  private static final String VERSION = "PostgreSQL 15.0 (Sabot)";

  private static final String DATABASE = "sabot";

  /// There are no users yet, and so it is always the same.
  private static final String USER = "sabot";

  private final RexLowering rex;

  PostgresLowering(RexLowering rex) {
    this.rex = rex;
  }

  /// Null where the name and the arguments say it all.
  @Nullable Expr lower(String name, RexCall call) {
    return switch (name) {
      case "SUBSTRING" -> substring(call);
      case "TRIM" -> trim(call);
      case "TO_HEX" -> hexadecimal(call);
      case "PG_TYPEOF" -> Expr.lit(Value.of(typeName(call.getOperands().getFirst())));
      case "WIDTH_BUCKET" ->
          named(call.getOperands().size() == 2 ? "width_bucket_of" : "width_bucket")
              .call(rex.all(call.getOperands()));
      case "<<" -> shifted("bit_left", call);
      case ">>" -> shifted("bit_right", call);
      case "LOG" -> logarithm(call);
      case "VERSION" -> Expr.lit(Value.of(VERSION));
      case "CURRENT_DATABASE", "CURRENT_CATALOG" -> Expr.lit(Value.of(DATABASE));
      case "CURRENT_SCHEMA" -> Expr.lit(Value.of(CatalogReader.DEFAULT_SCHEMA));
      case "CURRENT_USER", "SESSION_USER", "USER", "CURRENT_ROLE" -> Expr.lit(Value.of(USER));
      case "ENCODE",
          "CONVERT_FROM",
          "SHA224",
          "SHA256",
          "SHA384",
          "SHA512",
          "GET_BYTE",
          "GET_BIT",
          "SET_BYTE",
          "SET_BIT",
          "BIT_COUNT" ->
          ofBytes(name, call);
      default -> null;
    };
  }

  private static Function named(String name) {
    return Functions.named("sql." + name);
  }

  /// By places, by a regular expression, or by a pattern of SIMILAR TO.
  private Expr substring(RexCall call) {
    List<Expr> args = rex.all(call.getOperands());
    if (!isText(call.getOperands().get(1).getType())) {
      return named("substring").call(args);
    }
    return named(args.size() == 2 ? "substring_regex" : "substring_similar").call(args);
  }

  private static boolean isText(RelDataType type) {
    return SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName());
  }

  /// `TRIM(side characters FROM text)`.
  private Expr trim(RexCall call) {
    List<Expr> args = rex.all(call.getOperands());
    String side = String.valueOf(((RexLiteral) call.getOperands().getFirst()).getValue());
    String name =
        switch (side) {
          case "LEADING" -> "ltrim";
          case "TRAILING" -> "rtrim";
          default -> "btrim";
        };
    return named(name).call(args.get(2), args.get(1));
  }

  /// A negative number is written with all its bits, of which a SMALLINT has as many as an INTEGER.
  private Expr hexadecimal(RexCall call) {
    Expr number = rex.lower(call.getOperands().getFirst());
    boolean isLong = call.getOperands().getFirst().getType().getSqlTypeName() == SqlTypeName.BIGINT;
    return named("to_hex").call(number, Expr.lit(Value.of(isLong ? 64L : 32L)));
  }

  /// A quoted literal is read as bytes; another text is not.
  private Expr ofBytes(String name, RexCall call) {
    RexNode first = call.getOperands().getFirst();
    List<Expr> args = new ArrayList<>(rex.all(call.getOperands()));
    if (first.getType().getSqlTypeName() == SqlTypeName.VARCHAR) {
      throw Errors.typeMismatch("text", "a byte string, as in value::bytea", name + "()");
    }
    if (isText(first.getType())) {
      args.set(0, Coercion.cast(args.getFirst(), Type.BYTES));
    }
    return named(name.toLowerCase(java.util.Locale.ROOT)).call(args);
  }

  private Expr shifted(String name, RexCall call) {
    List<Expr> args = new ArrayList<>(rex.all(call.getOperands()));
    long bits = args.getFirst().type() instanceof Type.Int(int width) ? width : 64;
    args.add(Expr.lit(Value.of(bits)));
    return named(name).call(args);
  }

  /// To a base, or to 10.
  private Expr logarithm(RexCall call) {
    List<Expr> args = rex.all(call.getOperands());
    return named(args.size() == 1 ? "log10" : "log").call(args);
  }

  // ---- pg_typeof

  private static String typeName(RexNode node) {
    RelDataType type = node.getType();
    if (SqlTypeUtil.isArray(type)) {
      return name(Objects.requireNonNull(type.getComponentType())) + "[]";
    }
    boolean isQuoted = node instanceof RexLiteral && type.getSqlTypeName() == SqlTypeName.CHAR;
    return isQuoted ? "unknown" : name(type);
  }

  private static String name(RelDataType type) {
    if (SqlTypeUtil.isInterval(type)) {
      return "interval";
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> "boolean";
      case TINYINT, SMALLINT -> "smallint";
      case INTEGER -> "integer";
      case BIGINT -> "bigint";
      case REAL -> "real";
      case FLOAT, DOUBLE -> "double precision";
      case DECIMAL -> "numeric";
      case CHAR -> "character";
      case VARCHAR ->
          type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED ? "text" : "character varying";
      case BINARY, VARBINARY -> "bytea";
      case DATE -> "date";
      case TIME -> "time without time zone";
      case TIMESTAMP -> "timestamp without time zone";
      case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestamp with time zone";
      case UUID -> "uuid";
      case NULL -> "unknown";
      default -> "\"any\"";
    };
  }
}
