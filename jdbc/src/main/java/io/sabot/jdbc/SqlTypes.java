package io.sabot.jdbc;

import io.sabot.engine.Edge;
import io.sabot.engine.Node;
import io.sabot.engine.Path;
import io.sabot.plan.type.Type;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// The engine's types as JDBC has them: codes of `java.sql.Types`, names, widths, Java classes.
final class SqlTypes {
  /// What a text without a limit says its length is.
  static final int UNLIMITED = Integer.MAX_VALUE;

  private SqlTypes() {}

  static int code(Type type) {
    return switch (type) {
      case Type.Int(int bits) ->
          switch (bits) {
            case 8 -> Types.TINYINT;
            case 16 -> Types.SMALLINT;
            case 32 -> Types.INTEGER;
            default -> Types.BIGINT;
          };
      case Type.Floating(int bits) -> bits == 32 ? Types.REAL : Types.DOUBLE;
      case Type.Decimal _ -> Types.DECIMAL;
      case Type.ListOf _ -> Types.ARRAY;
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> Types.BOOLEAN;
            case STRING, IRI -> Types.VARCHAR;
            case BYTES -> Types.VARBINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case TIMESTAMPTZ -> Types.TIMESTAMP_WITH_TIMEZONE;
            case INTERVAL, UUID, JSON, JSONB, NODE, EDGE, PATH, MAP, ANY -> Types.OTHER;
          };
    };
  }

  /// The name by which a column definition has it, where one can.
  static String name(Type type) {
    return switch (type) {
      case Type.Int(int bits) ->
          switch (bits) {
            case 8 -> "TINYINT";
            case 16 -> "SMALLINT";
            case 32 -> "INTEGER";
            default -> "BIGINT";
          };
      case Type.Floating(int bits) -> bits == 32 ? "REAL" : "DOUBLE PRECISION";
      case Type.Decimal _ -> "DECIMAL";
      case Type.ListOf(Type element) -> name(element) + " ARRAY";
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> "BOOLEAN";
            case STRING -> "VARCHAR";
            case BYTES -> "VARBINARY";
            case TIMESTAMPTZ -> "TIMESTAMP WITH TIME ZONE";
            case DATE,
                TIME,
                TIMESTAMP,
                INTERVAL,
                UUID,
                JSON,
                JSONB,
                NODE,
                EDGE,
                PATH,
                IRI,
                MAP,
                ANY ->
                String.valueOf(type);
          };
    };
  }

  /// What {@link Conversions#natural} makes of a value.
  static Class<?> javaClass(Type type) {
    return switch (type) {
      case Type.Int(int bits) -> bits == 64 ? Long.class : Integer.class;
      case Type.Floating(int bits) -> bits == 32 ? Float.class : Double.class;
      case Type.Decimal _ -> BigDecimal.class;
      case Type.ListOf _ -> Array.class;
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> Boolean.class;
            case STRING, JSON, JSONB, IRI, INTERVAL -> String.class;
            case BYTES -> byte[].class;
            case DATE -> Date.class;
            case TIME -> Time.class;
            case TIMESTAMP -> Timestamp.class;
            case TIMESTAMPTZ -> OffsetDateTime.class;
            case UUID -> UUID.class;
            case NODE -> Node.class;
            case EDGE -> Edge.class;
            case PATH -> Path.class;
            case MAP -> Map.class;
            case ANY -> Object.class;
          };
    };
  }

  /// Digits of a number, characters of a text or a time.
  static int precision(Type type) {
    return switch (type) {
      case Type.Int(int bits) ->
          switch (bits) {
            case 8 -> 3;
            case 16 -> 5;
            case 32 -> 10;
            default -> 19;
          };
      case Type.Floating(int bits) -> bits == 32 ? 8 : 17;
      case Type.Decimal(int precision, _) -> precision;
      case Type.ListOf _ -> 0;
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> 1;
            case DATE -> 10;
            case TIME -> 18;
            case TIMESTAMP -> 29;
            case TIMESTAMPTZ -> 35;
            case UUID -> 36;
            case STRING, JSON, JSONB, IRI, BYTES -> UNLIMITED;
            case INTERVAL, NODE, EDGE, PATH, MAP, ANY -> 0;
          };
    };
  }

  static int scale(Type type) {
    return switch (type) {
      case Type.Decimal(_, int scale) -> scale;
      case Type.Simple simple when isTimed(simple) -> 9;
      case Type.Int _, Type.Floating _, Type.ListOf _, Type.Simple _ -> 0;
    };
  }

  private static boolean isTimed(Type.Simple type) {
    return type == Type.Simple.TIME
        || type == Type.Simple.TIMESTAMP
        || type == Type.Simple.TIMESTAMPTZ;
  }

  /// Characters that a value takes at most, sign and point included.
  static int displaySize(Type type) {
    return switch (type) {
      case Type.Int _ -> precision(type) + 1;
      case Type.Floating _ -> precision(type) + 7;
      case Type.Decimal(int precision, _) -> precision + 2;
      case Type.ListOf _ -> UNLIMITED;
      case Type.Simple simple ->
          simple == Type.Simple.BOOL ? 5 : precision(type) == 0 ? UNLIMITED : precision(type);
    };
  }

  static boolean isSigned(Type type) {
    return type instanceof Type.Int
        || type instanceof Type.Floating
        || type instanceof Type.Decimal;
  }

  /// The type that a name in `createArrayOf` means.
  static Type named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "bool", "boolean" -> Type.BOOL;
      case "tinyint" -> new Type.Int(8);
      case "smallint", "int2" -> new Type.Int(16);
      case "int", "integer", "int4" -> Type.INT32;
      case "bigint", "int8" -> Type.INT64;
      case "real", "float4" -> new Type.Floating(32);
      case "double", "double precision", "float", "float8" -> Type.FLOAT64;
      case "varchar", "text", "char", "string", "character varying" -> Type.STRING;
      case "date" -> Type.DATE;
      case "time" -> Type.TIME;
      case "timestamp" -> Type.TIMESTAMP;
      case "timestamp with time zone", "timestamptz" -> Type.TIMESTAMPTZ;
      case "uuid" -> Type.UUID;
      case "json" -> Type.JSON;
      case "jsonb" -> Type.JSONB;
      case "varbinary", "bytea" -> Type.BYTES;
      default -> Type.ANY;
    };
  }
}
