package io.sabot.parser.sql;

import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// `(a, b) IS DISTINCT FROM (c, d)` as the same test of each field, one of which has to hold.
final class RowForms extends SqlShuttle {
  private RowForms() {}

  static SqlNode rewrite(SqlNode read) {
    return Objects.requireNonNull(read.accept(new RowForms()));
  }

  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode changed = Objects.requireNonNull(super.visit(call));
    if (!(changed instanceof SqlBasicCall test) || !isOfRows(test)) {
      return changed;
    }
    SqlOperator all =
        test.getKind() == SqlKind.IS_DISTINCT_FROM
            ? SqlStdOperatorTable.OR
            : SqlStdOperatorTable.AND;
    SqlCall left = test.operand(0);
    SqlCall right = test.operand(1);
    SqlParserPos at = test.getParserPosition();
    SqlNode result = test.getOperator().createCall(at, left.operand(0), right.operand(0));
    for (int i = 1; i < left.operandCount(); i++) {
      SqlNode next = test.getOperator().createCall(at, left.operand(i), right.operand(i));
      result = all.createCall(at, result, next);
    }
    return result;
  }

  private static boolean isOfRows(SqlCall call) {
    return (call.getKind() == SqlKind.IS_DISTINCT_FROM
            || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM)
        && call.operand(0) instanceof SqlCall left
        && call.operand(1) instanceof SqlCall right
        && left.getKind() == SqlKind.ROW
        && right.getKind() == SqlKind.ROW
        && left.operandCount() == right.operandCount();
  }
}
