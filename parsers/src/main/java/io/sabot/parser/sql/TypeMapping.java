package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ArithmeticFunctions.Op;
import io.sabot.plan.type.Type;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/// Between our types and Calcite's.
final class TypeMapping {
  /// JSON is a text for Calcite, of a length that no text has; so the type goes where texts go.
  private static final int LENGTH_OF_JSON = 1_000_000_007;

  private static final int LENGTH_OF_JSONB = 1_000_000_009;
  private static final int LONGEST_TEXT = 1_000_000_000;

  private TypeMapping() {}

  /// Decimals of 38 digits, strings without a length, averages of integers that are not cut.
  static final RelDataTypeSystem SYSTEM =
      new RelDataTypeSystemImpl() {
        @Override
        public int getMaxPrecision(SqlTypeName name) {
          return switch (name) {
            case DECIMAL -> Type.Decimal.MAX_PRECISION;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> 9;
            case VARCHAR -> Integer.MAX_VALUE;
            default -> super.getMaxPrecision(name);
          };
        }

        @Override
        public int getMaxScale(SqlTypeName name) {
          return name == SqlTypeName.DECIMAL ? Type.Decimal.MAX_PRECISION : super.getMaxScale(name);
        }

        @Override
        public int getDefaultPrecision(SqlTypeName name) {
          return switch (name) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> 6;
            case DECIMAL -> Type.Decimal.MAX_PRECISION;
            default -> super.getDefaultPrecision(name);
          };
        }

        @Override
        public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
          SqlTypeName name = argument.getSqlTypeName();
          RelDataType sum =
              switch (name) {
                case TINYINT, SMALLINT, INTEGER, BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
                case FLOAT, REAL, DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
                case DECIMAL ->
                    types.createSqlType(
                        SqlTypeName.DECIMAL, Type.Decimal.MAX_PRECISION, argument.getScale());
                default -> argument;
              };
          return types.createTypeWithNullability(sum, argument.isNullable());
        }

        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
          if (SqlTypeUtil.isInterval(argument)) {
            return argument;
          }
          Type average =
              fromCalcite(argument) instanceof Type.Decimal decimal
                  ? decimal.average()
                  : Type.FLOAT64;
          return toCalcite(average, argument.isNullable(), types);
        }

        @Override
        public @Nullable RelDataType deriveDecimalMultiplyType(
            RelDataTypeFactory types, RelDataType left, RelDataType right) {
          return exact(Op.MUL, left, right, types);
        }

        @Override
        public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory types, RelDataType left, RelDataType right) {
          return exact(Op.DIV, left, right, types);
        }

        // As our own function types it; null where no side is a decimal.
        private @Nullable RelDataType exact(
            Op op, RelDataType left, RelDataType right, RelDataTypeFactory types) {
          boolean decimals =
              SqlTypeUtil.isExactNumeric(left)
                  && SqlTypeUtil.isExactNumeric(right)
                  && (SqlTypeUtil.isDecimal(left) || SqlTypeUtil.isDecimal(right));
          if (!decimals) {
            return null;
          }
          Type result =
              ArithmeticFunctions.resultType(
                  op, Coercion.decimal(fromCalcite(left)), Coercion.decimal(fromCalcite(right)));
          return toCalcite(result, left.isNullable() || right.isNullable(), types);
        }

        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
          return true;
        }
      };

  static RelDataType toCalcite(Type type, boolean nullable, RelDataTypeFactory types) {
    return types.createTypeWithNullability(notNull(type, types), nullable);
  }

  private static RelDataType notNull(Type type, RelDataTypeFactory types) {
    return switch (type) {
      case Type.Int(int bits) ->
          types.createSqlType(
              switch (bits) {
                case 8 -> SqlTypeName.TINYINT;
                case 16 -> SqlTypeName.SMALLINT;
                case 32 -> SqlTypeName.INTEGER;
                default -> SqlTypeName.BIGINT;
              });
      case Type.Floating(int bits) ->
          types.createSqlType(bits == 32 ? SqlTypeName.REAL : SqlTypeName.DOUBLE);
      case Type.Decimal(int precision, int scale) ->
          types.createSqlType(SqlTypeName.DECIMAL, precision, scale);
      case Type.ListOf(Type element) -> types.createArrayType(toCalcite(element, true, types), -1);
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> types.createSqlType(SqlTypeName.BOOLEAN);
            case STRING -> types.createSqlType(SqlTypeName.VARCHAR);
            case BYTES -> types.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> types.createSqlType(SqlTypeName.DATE);
            case TIME -> types.createSqlType(SqlTypeName.TIME, 6);
            case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, 6);
            case UUID -> types.createSqlType(SqlTypeName.UUID);
            case JSON -> types.createSqlType(SqlTypeName.VARCHAR, LENGTH_OF_JSON);
            case JSONB -> types.createSqlType(SqlTypeName.VARCHAR, LENGTH_OF_JSONB);
            case TIMESTAMPTZ -> types.createSqlType(SqlTypeName.TIMESTAMP_TZ, 6);
            case INTERVAL -> DateOperators.ofDays(types, TimeUnit.SECOND);
            case NODE, EDGE, PATH, IRI, MAP, ANY -> types.createSqlType(SqlTypeName.ANY);
          };
    };
  }

  private static Type text(RelDataType type) {
    return switch (type.getPrecision()) {
      case LENGTH_OF_JSON -> Type.JSON;
      case LENGTH_OF_JSONB -> Type.JSONB;
      default -> Type.STRING;
    };
  }

  /// Whether this is a string type that can hold less than any text.
  static boolean isLimited(RelDataType type) {
    return type.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER
        && type.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED
        && type.getPrecision() < LONGEST_TEXT;
  }

  static Type fromCalcite(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Type.BOOL;
      case TINYINT -> new Type.Int(8);
      case SMALLINT -> new Type.Int(16);
      case INTEGER -> Type.INT32;
      case BIGINT -> Type.INT64;
      case REAL -> new Type.Floating(32);
      case FLOAT, DOUBLE -> Type.FLOAT64;
      case DECIMAL -> new Type.Decimal(type.getPrecision(), Math.max(0, type.getScale()));
      case VARCHAR -> text(type);
      case CHAR, SYMBOL -> Type.STRING;
      case BINARY, VARBINARY -> Type.BYTES;
      case DATE -> Type.DATE;
      case TIME -> Type.TIME;
      case TIMESTAMP -> Type.TIMESTAMP;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> Type.TIMESTAMPTZ;
      case UUID -> Type.UUID;
      case ARRAY, MULTISET ->
          new Type.ListOf(fromCalcite(java.util.Objects.requireNonNull(type.getComponentType())));
      case MAP -> Type.MAP;
      case ANY, NULL, VARIANT, OTHER -> Type.ANY;
      default -> {
        if (SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())) {
          yield Type.INTERVAL;
        }
        throw Errors.unsupported(null, "the type " + type.getSqlTypeName());
      }
    };
  }
}
