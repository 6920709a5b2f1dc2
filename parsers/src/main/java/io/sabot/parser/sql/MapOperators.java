package io.sabot.parser.sql;

import io.sabot.plan.type.Type;
import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.type.OperandTypes;

/// Functions of maps, as DuckDB names them.
final class MapOperators {
  static final List<SqlFunction> ALL =
      List.of(
          SqlBasicFunction.create(
              "MAP_KEYS", InfixOperators.returns(new Type.ListOf(Type.STRING)), OperandTypes.ANY),
          SqlBasicFunction.create(
              "MAP_VALUES", InfixOperators.returns(new Type.ListOf(Type.ANY)), OperandTypes.ANY),
          SqlBasicFunction.create(
              "MAP_CONTAINS_KEY", InfixOperators.returns(Type.BOOL), OperandTypes.ANY_ANY));

  private MapOperators() {}
}
