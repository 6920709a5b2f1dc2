package io.sabot.parser.sql;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;

/// A function in FROM. Which rows it gives is said by its kind.
abstract class TableFunction extends SqlFunction implements SqlTableFunction {
  TableFunction(String name, SqlOperandTypeChecker arguments) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        null,
        arguments,
        SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
  }
}
