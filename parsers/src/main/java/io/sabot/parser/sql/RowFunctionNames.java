package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Writes the aliases of functions in FROM, where they stand for values, as their only columns.
final class RowFunctionNames extends SqlShuttle {
  private final Map<String, String> columns;

  RowFunctionNames(Map<String, String> columns) {
    this.columns = columns;
  }

  void select(SqlSelect select) {
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode changed = replaced(item);
      boolean isAlone = changed != item && item instanceof SqlIdentifier;
      items.add(
          isAlone
              ? SqlStdOperatorTable.AS.createCall(item.getParserPosition(), changed, item)
              : changed);
    }
    select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
    if (select.getFrom() != null) {
      from(select.getFrom());
    }
    select.setWhere(orNull(select.getWhere()));
    select.setHaving(orNull(select.getHaving()));
    select.setQualify(orNull(select.getQualify()));
    select.setGroupBy((SqlNodeList) orNull(select.getGroup()));
    select.setOrderBy((SqlNodeList) orNull(select.getOrderList()));
  }

  private SqlNode replaced(SqlNode node) {
    return Objects.requireNonNull(node.accept(this));
  }

  private @Nullable SqlNode orNull(@Nullable SqlNode node) {
    return node == null ? null : replaced(node);
  }

  private void from(SqlNode from) {
    switch (from) {
      case SqlJoin join -> {
        from(join.getLeft());
        from(join.getRight());
        if (join.getConditionType() == JoinConditionType.ON) {
          join.setOperand(5, orNull(join.getCondition()));
        }
      }
      case SqlSelect _ -> {}
      case SqlCall call when call.getKind() == SqlKind.AS || call.getKind() == SqlKind.LATERAL ->
          from(call.operand(0));
      case SqlCall call
          when call.getKind() == SqlKind.COLLECTION_TABLE || call.getKind() == SqlKind.UNNEST ->
          call.setOperand(0, replaced(call.operand(0)));
      default -> {}
    }
  }

  @Override
  public SqlNode visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      select(select);
      return select;
    }
    if (call.getKind() == SqlKind.AS) {
      SqlNode value = replaced(call.operand(0));
      List<SqlNode> operands = new ArrayList<>(call.getOperandList());
      operands.set(0, value);
      return call.getOperator().createCall(call.getParserPosition(), operands);
    }
    return Objects.requireNonNull(super.visit(call));
  }

  @Override
  public SqlNode visit(SqlIdentifier id) {
    String column = id.isSimple() ? columns.get(RowFunctions.lower(id)) : null;
    return column == null
        ? id
        : new SqlIdentifier(List.of(id.getSimple(), column), id.getParserPosition());
  }
}
