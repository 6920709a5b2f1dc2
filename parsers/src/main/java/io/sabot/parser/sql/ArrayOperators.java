package io.sabot.parser.sql;

import io.sabot.plan.type.Type;
import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/// PostgreSQL's functions of arrays, and few of DuckDB's.
final class ArrayOperators {
  private static final Type INTS = new Type.ListOf(Type.INT32);
  private static final Type TEXTS = new Type.ListOf(Type.STRING);

  /// `array[from:to]`; a bound is null where none is written.
  static final SqlFunction SLICE =
      function("$ARRAY_SLICE", 3, 3, call -> ArrayTypes.joined(call, 1));

  /// `x = ANY (array)`: the value, the array, the comparison, and whether all elements are meant.
  static final SqlFunction QUANTIFIED =
      function("$QUANTIFIED", 4, 4, InfixOperators.returns(Type.BOOL));

  /// A cast of an array to text; the second operand says nothing.
  static final SqlFunction TEXT =
      function("$ARRAY_TEXT", 2, 2, InfixOperators.returns(Type.STRING));

  static final List<SqlFunction> ALL =
      List.of(
          SLICE,
          QUANTIFIED,
          TEXT,
          function("ARRAY_APPEND", 2, 2, ArrayTypes::joined),
          function("ARRAY_PREPEND", 2, 2, ArrayTypes::joined),
          function("ARRAY_CAT", 2, 2, ArrayTypes::joined),
          function("ARRAY_REMOVE", 2, 2, ArrayTypes::joined),
          function("ARRAY_REPLACE", 3, 3, ArrayTypes::joined),
          function("TRIM_ARRAY", 2, 2, call -> ArrayTypes.joined(call, 1)),
          function("ARRAY_FILL", 2, 2, call -> ArrayTypes.joined(call, 1)),
          function("ARRAY_POSITION", 2, 3, InfixOperators.returns(Type.INT32)),
          function("ARRAY_POSITIONS", 2, 2, InfixOperators.returns(INTS)),
          function("ARRAY_LENGTH", 2, 2, InfixOperators.returns(Type.INT32)),
          function("ARRAY_LOWER", 2, 2, InfixOperators.returns(Type.INT32)),
          function("ARRAY_UPPER", 2, 2, InfixOperators.returns(Type.INT32)),
          function("ARRAY_NDIMS", 1, 1, InfixOperators.returns(Type.INT32)),
          function("ARRAY_DIMS", 1, 1, InfixOperators.returns(Type.STRING)),
          function("ARRAY_TO_STRING", 2, 3, InfixOperators.returns(Type.STRING)),
          function("STRING_TO_ARRAY", 2, 3, InfixOperators.returns(TEXTS)),
          function("LIST_SORT", 1, 1, call -> ArrayTypes.joined(call, 1)),
          function("LIST_DISTINCT", 1, 1, call -> ArrayTypes.joined(call, 1)),
          function("LIST_CONTAINS", 2, 2, InfixOperators.returns(Type.BOOL)));

  private ArrayOperators() {}

  private static SqlFunction function(
      String name, int least, int most, SqlReturnTypeInference returns) {
    return SqlBasicFunction.create(
        name, returns, OperandTypes.variadic(SqlOperandCountRanges.between(least, most)));
  }
}
