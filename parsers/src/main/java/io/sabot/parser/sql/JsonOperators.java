package io.sabot.parser.sql;

import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;

/// PostgreSQL's functions of JSON.
final class JsonOperators {
  /// A row as JSON, of names and values in turn.
  static final SqlFunction ROW = row("$JSON_ROW");

  /// The same, null where all values are: an outer join found no row.
  static final SqlFunction OUTER_ROW = row("$JSON_OUTER_ROW");

  static final List<SqlFunction> ALL = all();

  private JsonOperators() {}

  private static SqlFunction row(String name) {
    return SqlBasicFunction.create(
        name,
        InfixOperators.returns(Type.JSON),
        OperandTypes.variadic(SqlOperandCountRanges.from(0)));
  }

  /// Whether JSON is made of what the function takes.
  static boolean takesRows(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "ROW_TO_JSON",
          "TO_JSON",
          "TO_JSONB",
          "JSON_AGG",
          "JSONB_AGG",
          "JSON_OBJECT_AGG",
          "JSONB_OBJECT_AGG",
          "JSON_BUILD_OBJECT",
          "JSONB_BUILD_OBJECT",
          "JSON_BUILD_ARRAY",
          "JSONB_BUILD_ARRAY" ->
          true;
      default -> false;
    };
  }

  private static List<SqlFunction> all() {
    List<SqlFunction> all = new ArrayList<>(List.of(ROW, OUTER_ROW));
    JsonFunctions.ALL.forEach((name, signature) ->
        all.add(
            SqlBasicFunction.create(
                name,
                InfixOperators.returns(signature.result()),
                OperandTypes.variadic(
                    signature.isVariadic()
                        ? SqlOperandCountRanges.from(signature.least())
                        : SqlOperandCountRanges.between(
                            signature.least(), signature.args().size())))));
    for (String prefix : List.of("JSON", "JSONB")) {
      all.add(aggregate(prefix + "_AGG", 1));
      all.add(aggregate(prefix + "_OBJECT_AGG", 2));
    }
    return List.copyOf(all);
  }

  static boolean isJsonb(SqlOperatorBinding call, int operand) {
    return TypeMapping.fromCalcite(call.getOperandType(operand)) == Type.JSONB;
  }

  /// An aggregate that makes JSON of its values, in an order if one is asked for.
  private static SqlFunction aggregate(String name, int args) {
    return SqlBasicAggFunction.create(
            name,
            SqlKind.ARRAY_AGG,
            InfixOperators.returns(name.startsWith("JSONB") ? Type.JSONB : Type.JSON),
            OperandTypes.variadic(SqlOperandCountRanges.of(args)))
        .withSyntax(SqlSyntax.ORDERED_FUNCTION)
        .withFunctionType(SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  /// What `-` takes: besides numbers and times jsonb less a key, several keys or a place.
  record Less(SqlOperandTypeChecker others) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      if (!isJsonb(call, 0)) {
        return others.checkOperandTypes(call, throwOnFailure);
      }
      SqlTypeName name = call.getOperandType(1).getSqlTypeName();
      boolean isAllowed =
          SqlTypeName.CHAR_TYPES.contains(name)
              || SqlTypeName.INT_TYPES.contains(name)
              || name == SqlTypeName.ARRAY
              || name == SqlTypeName.NULL;
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
      return others.getAllowedSignatures(operator, name);
    }
  }
}
