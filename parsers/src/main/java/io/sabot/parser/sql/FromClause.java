package io.sabot.parser.sql;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Queries inside an expression of a GRAPH_TABLE: the names of their tables are no names of the
/// pattern.
final class FromClause {
  private final GraphNames names;

  FromClause(GraphNames names) {
    this.names = names;
  }

  /// The names of all tables in a query and in those inside it.
  static void names(SqlNode query, Set<String> into) {
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && select.getFrom() != null) {
              tables(select.getFrom(), into);
            }
            return super.visit(call);
          }
        });
  }

  private static void tables(SqlNode from, Set<String> into) {
    switch (from) {
      case SqlIdentifier id -> into.add(id.names.getLast().toLowerCase(Locale.ROOT));
      case SqlJoin join -> {
        tables(join.getLeft(), into);
        tables(join.getRight(), into);
      }
      case SqlCall call when call.getKind() == SqlKind.AS ->
          into.add(((SqlIdentifier) call.operand(1)).getSimple().toLowerCase(Locale.ROOT));
      default -> {}
    }
  }

  SqlNode query(SqlCall call) {
    return call instanceof SqlSelect select
        ? select(select)
        : Objects.requireNonNull(names.operands(call));
  }

  private SqlNode select(SqlSelect select) {
    SqlSelect copy = (SqlSelect) select.clone(select.getParserPosition());
    copy.setSelectList((SqlNodeList) names.replaced(select.getSelectList()));
    if (select.getFrom() != null) {
      copy.setFrom(table(select.getFrom()));
    }
    copy.setWhere(replaced(select.getWhere()));
    copy.setHaving(replaced(select.getHaving()));
    copy.setQualify(replaced(select.getQualify()));
    copy.setGroupBy((SqlNodeList) replaced(select.getGroup()));
    copy.setOrderBy((SqlNodeList) replaced(select.getOrderList()));
    return copy;
  }

  private @Nullable SqlNode replaced(@Nullable SqlNode node) {
    return node == null ? null : names.replaced(node);
  }

  private SqlNode table(SqlNode from) {
    SqlParserPos at = from.getParserPosition();
    return switch (from) {
      case SqlIdentifier id -> id;
      case SqlJoin join ->
          new SqlJoin(
              at,
              table(join.getLeft()),
              join.isNaturalNode(),
              join.getJoinTypeNode(),
              table(join.getRight()),
              join.getConditionTypeNode(),
              join.getConditionType() == JoinConditionType.ON
                  ? replaced(join.getCondition())
                  : join.getCondition());
      case SqlCall call when call.getKind() == SqlKind.AS -> {
        SqlNode[] operands = call.getOperandList().toArray(new SqlNode[0]);
        operands[0] = table(operands[0]);
        yield call.getOperator().createCall(at, operands);
      }
      case SqlCall call when call.getKind() == SqlKind.TABLE_REF -> call;
      default -> names.replaced(from);
    };
  }
}
