package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.type.Type;
import java.util.List;
import java.util.Locale;

/// Type names in definitions, PostgreSQL's and the standard's. Lengths of strings are read and mean
/// nothing.
final class TypeParser {
  private static final List<String> KNOWN =
      List.of(
          "boolean",
          "smallint",
          "integer",
          "bigint",
          "real",
          "double",
          "decimal",
          "numeric",
          "varchar",
          "text",
          "char",
          "bytea",
          "date",
          "time",
          "timestamp",
          "interval",
          "uuid",
          "json",
          "jsonb");

  private final TokenReader in;

  TypeParser(TokenReader in) {
    this.in = in;
  }

  Type type() {
    Type type = simple();
    while (in.take("[", "]") || in.take("ARRAY")) {
      type = new Type.ListOf(type);
    }
    return type;
  }

  private Type simple() {
    SourceSpan place = in.span();
    String name = in.name().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "boolean", "bool" -> Type.BOOL;
      case "tinyint", "int1" -> new Type.Int(8);
      case "smallint", "int2" -> new Type.Int(16);
      case "int", "integer", "int4" -> Type.INT32;
      case "bigint", "int8", "long" -> Type.INT64;
      case "real", "float4" -> new Type.Floating(32);
      case "float", "float8" -> {
        length();
        yield Type.FLOAT64;
      }
      case "double" -> {
        in.take("PRECISION");
        yield Type.FLOAT64;
      }
      case "decimal", "numeric", "dec" -> decimal(place);
      case "char", "character", "varchar", "text", "string", "nvarchar", "bpchar" -> {
        in.take("VARYING");
        length();
        yield Type.STRING;
      }
      case "bytea", "blob", "varbinary", "binary" -> {
        length();
        yield Type.BYTES;
      }
      case "date" -> Type.DATE;
      case "time" -> {
        length();
        in.take("WITHOUT", "TIME", "ZONE");
        yield Type.TIME;
      }
      case "timestamp", "datetime" -> {
        length();
        in.take("WITHOUT", "TIME", "ZONE");
        yield in.take("WITH", "TIME", "ZONE") ? Type.TIMESTAMPTZ : Type.TIMESTAMP;
      }
      case "timestamptz" -> Type.TIMESTAMPTZ;
      case "interval" -> Type.INTERVAL;
      case "uuid" -> Type.UUID;
      case "map" -> Type.MAP;
      case "json" -> Type.JSON;
      case "jsonb" -> Type.JSONB;
      case "any", "variant" -> Type.ANY;
      default ->
          throw Errors.semantic(
              place,
              "UnknownType",
              "type '" + name + "' does not exist",
              Errors.didYouMean(name, KNOWN));
    };
  }

  private Type decimal(SourceSpan place) {
    if (!in.take("(")) {
      return new Type.Decimal(Type.Decimal.MAX_PRECISION, 10);
    }
    int precision = in.number();
    int scale = in.take(",") ? in.number() : 0;
    in.expect(")");
    if (precision < 1 || precision > Type.Decimal.MAX_PRECISION || scale > precision) {
      throw Errors.semantic(
          place,
          "DecimalWidth",
          "found DECIMAL(" + precision + "," + scale + "), expected at most 38 digits",
          "the second number cannot exceed the first");
    }
    return new Type.Decimal(precision, scale);
  }

  private void length() {
    if (in.take("(")) {
      in.number();
      in.expect(")");
    }
  }
}
