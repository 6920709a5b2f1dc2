package io.sabot.parser.sql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.function.UserFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.util.Optionality;

/// The functions that users made, as the validator needs them: how many arguments they take and
/// what they return. Arguments are converted to the types of the parameters later.
final class UserOperators {
  private UserOperators() {}

  static List<SqlOperator> of(Catalog catalog) {
    List<SqlOperator> all = new ArrayList<>();
    for (UserFunction function : catalog.userFunctions()) {
      all.add(
          function instanceof UserFunction.Aggregate aggregate
              ? new UserAggregate(aggregate)
              : new UserCall(function));
    }
    for (ProcedureDef procedure : catalog.procedures()) {
      if (!procedure.outputs().isEmpty()) {
        all.add(new UserTable(procedure));
      }
    }
    return all;
  }

  private static SqlReturnTypeInference returns(UserFunction function) {
    return call -> TypeMapping.toCalcite(function.returns(), true, call.getTypeFactory());
  }

  static final class UserCall extends SqlFunction {
    final UserFunction function;

    UserCall(UserFunction function) {
      super(
          function.name().toUpperCase(Locale.ROOT),
          SqlKind.OTHER_FUNCTION,
          returns(function),
          null,
          OperandTypes.variadic(SqlOperandCountRanges.of(function.parameters().size())),
          SqlFunctionCategory.USER_DEFINED_FUNCTION);
      this.function = function;
    }
  }

  static final class UserAggregate extends SqlAggFunction {
    final UserFunction.Aggregate function;

    UserAggregate(UserFunction.Aggregate function) {
      super(
          function.name().toUpperCase(Locale.ROOT),
          null,
          SqlKind.OTHER_FUNCTION,
          returns(function),
          null,
          OperandTypes.variadic(SqlOperandCountRanges.of(function.parameters().size())),
          SqlFunctionCategory.USER_DEFINED_FUNCTION,
          false,
          false,
          Optionality.OPTIONAL);
      this.function = function;
    }
  }

  /// A procedure in FROM: `TABLE(name(argument, ...))`; one with a dotted name is quoted.
  static final class UserTable extends TableFunction {
    final ProcedureDef procedure;

    UserTable(ProcedureDef procedure) {
      super(
          procedure.name(),
          OperandTypes.variadic(SqlOperandCountRanges.of(procedure.inputs().size())));
      this.procedure = procedure;
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
      return call -> {
        var builder = call.getTypeFactory().builder();
        for (ProcedureDef.Field field : procedure.outputs()) {
          builder.add(
              field.name(), TypeMapping.toCalcite(field.type(), true, call.getTypeFactory()));
        }
        return builder.build();
      };
    }
  }
}
