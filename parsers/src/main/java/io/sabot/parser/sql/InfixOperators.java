package io.sabot.parser.sql;

import io.sabot.plan.type.Type;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// PostgreSQL's operators of JSON and arrays (manual, tables 9.45, 9.46 and 9.53), by their
/// symbols.
final class InfixOperators {
  /// `||` of texts as Calcite has it, of arrays and of jsonb.
  private static final SqlOperator CONCAT =
      operator(
          "||",
          InfixOperators::concatenation,
          call ->
              isArray(call, 0)
                  || isArray(call, 1)
                  || joinsJson(call)
                  || joinsTexts((SqlCallBinding) call));

  static final List<SqlOperator> ALL =
      List.of(
          operator("->", InfixOperators::json, call -> isJson(call, 0) && isKey(call, 1)),
          operator("->>", returns(Type.STRING), call -> isJson(call, 0) && isKey(call, 1)),
          operator("#>", InfixOperators::json, call -> isJson(call, 0) && isKeys(call, 1)),
          operator("#>>", returns(Type.STRING), call -> isJson(call, 0) && isKeys(call, 1)),
          operator("#-", returns(Type.JSONB), call -> isJsonb(call, 0) && isKeys(call, 1)),
          operator("@>", returns(Type.BOOL), InfixOperators::compares),
          operator("<@", returns(Type.BOOL), InfixOperators::compares),
          operator("&&", returns(Type.BOOL), call -> isArray(call, 0) || isArray(call, 1)),
          operator("?", returns(Type.BOOL), call -> isJsonb(call, 0) && isText(call, 1)),
          operator("?|", returns(Type.BOOL), call -> isJsonb(call, 0) && isKeys(call, 1)),
          operator("?&", returns(Type.BOOL), call -> isJsonb(call, 0) && isKeys(call, 1)),
          operator("@?", returns(Type.BOOL), call -> isJsonb(call, 0) && isText(call, 1)),
          operator("@@", returns(Type.BOOL), call -> isJsonb(call, 0) && isText(call, 1)),
          CONCAT);

  private static final Map<String, SqlOperator> BY_SYMBOL =
      ALL.stream()
          .collect(java.util.stream.Collectors.toUnmodifiableMap(SqlOperator::getName, o -> o));

  private InfixOperators() {}

  static SqlOperator of(String symbol) {
    return java.util.Objects.requireNonNull(BY_SYMBOL.get(symbol), symbol);
  }

  /// Whether the operands have types that the operator takes.
  @FunctionalInterface
  private interface Test {
    boolean allows(SqlOperatorBinding call);
  }

  private static SqlOperator operator(String symbol, SqlReturnTypeInference returns, Test test) {
    return new SqlBinaryOperator(symbol, SqlKind.OTHER, 38, true, returns, null, new ByType(test));
  }

  private record ByType(Test test) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      boolean isAllowed = test.allows(call);
      if (!isAllowed && throwOnFailure) {
        throw call.newValidationSignatureError();
      }
      return isAllowed;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(2);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return switch (name) {
        case "||" -> "text || text, array || array, array || element, jsonb || jsonb";
        case "&&" -> "array && array";
        case "@>", "<@" -> "array " + name + " array, jsonb " + name + " jsonb";
        case "->", "->>" -> "json " + name + " text, json " + name + " integer";
        case "#>", "#>>", "#-", "?|", "?&" -> "json " + name + " text[]";
        default -> "jsonb " + name + " text";
      };
    }
  }

  static SqlReturnTypeInference returns(Type type) {
    return call -> TypeMapping.toCalcite(type, true, call.getTypeFactory());
  }

  /// JSON of the kind of the first operand.
  private static RelDataType json(SqlOperatorBinding call) {
    Type type = type(call, 0) == Type.JSONB ? Type.JSONB : Type.JSON;
    return TypeMapping.toCalcite(type, true, call.getTypeFactory());
  }

  private static RelDataType concatenation(SqlOperatorBinding call) {
    if (isArray(call, 0) || isArray(call, 1)) {
      return ArrayTypes.joined(call);
    }
    return joinsJson(call)
        ? TypeMapping.toCalcite(Type.JSONB, true, call.getTypeFactory())
        : joinedText(call);
  }

  /// One of the sides has to be a text; the other one becomes one.
  private static boolean joinsTexts(SqlCallBinding call) {
    return (isText(call, 0) || isText(call, 1) || isBinary(call))
        && java.util.Objects.requireNonNull(SqlStdOperatorTable.CONCAT.getOperandTypeChecker())
            .checkOperandTypes(call, false);
  }

  private static boolean isBinary(SqlOperatorBinding call) {
    return SqlTypeName.BINARY_TYPES.contains(call.getOperandType(0).getSqlTypeName());
  }

  /// A text of any length: its parts may grow, as in a recursive query.
  private static RelDataType joinedText(SqlOperatorBinding call) {
    if (isBinary(call)) {
      return SqlStdOperatorTable.CONCAT.inferReturnType(call);
    }
    boolean isNullable = call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    return TypeMapping.toCalcite(Type.STRING, isNullable, call.getTypeFactory());
  }

  /// Whether one side is jsonb and the other one too, or a literal.
  static boolean joinsJson(SqlOperatorBinding call) {
    boolean left = type(call, 0) == Type.JSONB;
    boolean right = type(call, 1) == Type.JSONB;
    return (left && right) || (left && isLiteral(call, 1)) || (right && isLiteral(call, 0));
  }

  private static boolean compares(SqlOperatorBinding call) {
    if (isArray(call, 0) || isArray(call, 1)) {
      return (isArray(call, 0) || isLiteral(call, 0)) && (isArray(call, 1) || isLiteral(call, 1));
    }
    return isJsonb(call, 0) && isJsonb(call, 1);
  }

  private static Type type(SqlOperatorBinding call, int operand) {
    return TypeMapping.fromCalcite(call.getOperandType(operand));
  }

  static boolean isArray(SqlOperatorBinding call, int operand) {
    return call.getOperandType(operand).getSqlTypeName() == SqlTypeName.ARRAY;
  }

  private static boolean isLiteral(SqlOperatorBinding call, int operand) {
    SqlTypeName name = call.getOperandType(operand).getSqlTypeName();
    return name == SqlTypeName.CHAR || name == SqlTypeName.NULL;
  }

  private static boolean isText(SqlOperatorBinding call, int operand) {
    SqlTypeName name = call.getOperandType(operand).getSqlTypeName();
    return name.getFamily() == SqlTypeFamily.CHARACTER || isAny(name);
  }

  private static boolean isAny(SqlTypeName name) {
    return name == SqlTypeName.NULL || name == SqlTypeName.ANY;
  }

  /// JSON, or a text that has to be.
  private static boolean isJson(SqlOperatorBinding call, int operand) {
    return isText(call, operand);
  }

  private static boolean isJsonb(SqlOperatorBinding call, int operand) {
    return isText(call, operand) && type(call, operand) != Type.JSON;
  }

  private static boolean isKey(SqlOperatorBinding call, int operand) {
    return isText(call, operand)
        || SqlTypeName.INT_TYPES.contains(call.getOperandType(operand).getSqlTypeName());
  }

  private static boolean isKeys(SqlOperatorBinding call, int operand) {
    return isLiteral(call, operand) || isArray(call, operand);
  }
}
