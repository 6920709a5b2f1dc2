package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/// `FIRST_VALUE`, `LAST_VALUE` and `NTH_VALUE`. Calcite's own promise a value wherever the argument
/// has one, and a frame that holds no row, or none that counts, has none.
final class FrameFunctions {
  private static final Set<SqlKind> KINDS =
      Set.of(SqlKind.FIRST_VALUE, SqlKind.LAST_VALUE, SqlKind.NTH_VALUE);

  static final List<SqlOperator> ALL =
      List.of(
          new Value(SqlKind.FIRST_VALUE, OperandTypes.ANY),
          new Value(SqlKind.LAST_VALUE, OperandTypes.ANY),
          new Value(
              SqlKind.NTH_VALUE, OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.INTEGER)));

  private FrameFunctions() {}

  /// A table without Calcite's own: of two functions with one name the validator takes neither
  /// before OVER.
  static SqlOperatorTable hiddenIn(SqlOperatorTable table) {
    return new SqlOperatorTable() {
      @Override
      public void lookupOperatorOverloads(
          SqlIdentifier name,
          @Nullable SqlFunctionCategory category,
          SqlSyntax syntax,
          List<SqlOperator> found,
          SqlNameMatcher matcher) {
        List<SqlOperator> all = new ArrayList<>();
        table.lookupOperatorOverloads(name, category, syntax, all, matcher);
        all.stream().filter(operator -> !KINDS.contains(operator.getKind())).forEach(found::add);
      }

      @Override
      public List<SqlOperator> getOperatorList() {
        return table.getOperatorList();
      }
    };
  }

  private static final class Value extends SqlAggFunction {
    Value(SqlKind kind, SqlOperandTypeChecker operands) {
      super(
          kind.name(),
          null,
          kind,
          ReturnTypes.ARG0_FORCE_NULLABLE,
          null,
          operands,
          SqlFunctionCategory.NUMERIC,
          false,
          true,
          Optionality.FORBIDDEN);
    }

    @Override
    public boolean allowsNullTreatment() {
      return true;
    }
  }
}
