package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Functions that give rows, where PostgreSQL allows them: in FROM they see the tables before them
/// also without LATERAL, their alias is the name of their value, and in a select list each of their
/// rows is one of the result (PostgreSQL manual, 7.2.1.4 and 38.5.8).
final class RowFunctions extends SqlShuttle {
  private static final String ALIAS = "rows$";

  /// What the name of a table function means in its SELECT: the only column.
  private final Map<SqlSelect, Map<String, String>> values = new IdentityHashMap<>();

  private RowFunctions() {}

  static SqlNode rewrite(SqlNode read) {
    return Objects.requireNonNull(read.accept(new RowFunctions()));
  }

  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode changed = Objects.requireNonNull(super.visit(call));
    if (changed instanceof SqlSelect select) {
      return select(select);
    }
    if (changed instanceof SqlOrderBy order
        && order.query instanceof SqlSelect select
        && values.containsKey(select)) {
      return new SqlOrderBy(
          order.getParserPosition(),
          order.query,
          (SqlNodeList) ordered(order.orderList, select),
          order.offset,
          order.fetch);
    }
    return changed;
  }

  private SqlNode ordered(SqlNodeList keys, SqlSelect select) {
    Map<String, String> names = new HashMap<>(Objects.requireNonNull(values.get(select)));
    for (SqlNode item : select.getSelectList()) {
      if (item.getKind() == SqlKind.AS) {
        names.remove(lower(((SqlCall) item).operand(1)));
      }
    }
    return Objects.requireNonNull(keys.accept(new RowFunctionNames(names)));
  }

  private SqlSelect select(SqlSelect select) {
    expandList(select);
    if (select.getFrom() == null) {
      return select;
    }
    Map<String, String> names = new HashMap<>();
    select.setFrom(from(select.getFrom(), false, names));
    if (!names.isEmpty()) {
      RowFunctionNames change = new RowFunctionNames(names);
      change.select(select);
      values.put(select, names);
    }
    return select;
  }

  private static @Nullable SqlBasicCall function(SqlNode from) {
    return from.getKind() == SqlKind.COLLECTION_TABLE
            && ((SqlCall) from).operand(0) instanceof SqlBasicCall call
            && isOfRows(call)
        ? call
        : null;
  }

  private static boolean isOfRows(SqlCall call) {
    String name = call.getOperator().getName();
    return JsonTables.find(name) != null || name.equalsIgnoreCase("GENERATE_SERIES");
  }

  /// @param isNext whether tables stand before it
  private static SqlNode from(SqlNode from, boolean isNext, Map<String, String> names) {
    if (from instanceof SqlJoin join) {
      join.setLeft(from(join.getLeft(), isNext, names));
      join.setRight(from(join.getRight(), true, names));
      return join;
    }
    if (from.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) from;
      SqlNode table = from(as.operand(0), isNext, names);
      name(as, table, names);
      as.setOperand(0, table);
      return as;
    }
    return isNext && function(from) != null
        ? SqlStdOperatorTable.LATERAL.createCall(from.getParserPosition(), from)
        : from;
  }

  private static void name(SqlCall as, SqlNode table, Map<String, String> names) {
    SqlNode inner = table.getKind() == SqlKind.LATERAL ? ((SqlCall) table).operand(0) : table;
    SqlBasicCall call = function(inner);
    JsonTables.Parts parts = call == null ? null : JsonTables.find(call.getOperator().getName());
    if (parts != null && parts.onlyColumn() != null && as.operandCount() == 2) {
      names.put(lower(as.operand(1)), Objects.requireNonNull(parts.onlyColumn()));
    }
  }

  static String lower(SqlNode name) {
    return ((SqlIdentifier) name).names.getLast().toLowerCase(Locale.ROOT);
  }

  // ---- select lists

  private static void expandList(SqlSelect select) {
    Expansion expansion = new Expansion();
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      items.add(named(item, Objects.requireNonNull(item.accept(expansion))));
    }
    SqlCall call = expansion.found;
    if (call == null) {
      return;
    }
    if (select.getGroup() != null || select.getHaving() != null) {
      throw Errors.unsupported(
          CalciteErrors.span(call.getParserPosition()),
          "a function that gives rows in the select list of a GROUP BY");
    }
    select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
    SqlParserPos at = call.getParserPosition();
    SqlNode table =
        SqlStdOperatorTable.AS.createCall(
            at, expansion.table(select.getFrom() != null), name(ALIAS, at), name("value", at));
    select.setFrom(
        select.getFrom() == null
            ? table
            : new SqlJoin(
                at,
                select.getFrom(),
                SqlLiteral.createBoolean(false, at),
                JoinType.COMMA.symbol(at),
                table,
                JoinConditionType.NONE.symbol(at),
                null));
  }

  private static SqlIdentifier name(String name, SqlParserPos at) {
    return new SqlIdentifier(name, at);
  }

  /// A result that is nothing but the function has its name.
  private static SqlNode named(SqlNode item, SqlNode changed) {
    if (item == changed || !(changed instanceof SqlIdentifier)) {
      return changed;
    }
    String function = ((SqlCall) item).getOperator().getName();
    SqlParserPos at = item.getParserPosition();
    String shown = function.equals(FunctionForms.UNNEST) ? "unnest" : function;
    return SqlStdOperatorTable.AS.createCall(at, changed, name(shown, at));
  }

  /// Puts a column in the place of a function that gives rows.
  private static final class Expansion extends SqlShuttle {
    private @Nullable SqlCall found;

    @Override
    public SqlNode visit(SqlCall call) {
      if (call instanceof SqlSelect || call.getKind() == SqlKind.COLLECTION_TABLE) {
        return call;
      }
      String name = call.getOperator().getName();
      boolean isIt =
          call instanceof SqlBasicCall && (isOfRows(call) || name.equals(FunctionForms.UNNEST));
      if (!isIt) {
        return Objects.requireNonNull(super.visit(call));
      }
      SqlParserPos at = call.getParserPosition();
      JsonTables.Parts parts = JsonTables.find(name);
      if (found != null || (parts != null && parts.onlyColumn() == null)) {
        throw Errors.unsupported(
            CalciteErrors.span(at),
            found != null
                ? "a second function that gives rows in a select list"
                : name.toLowerCase(Locale.ROOT) + " in a select list");
      }
      found = call;
      return new SqlIdentifier(List.of(ALIAS, "value"), at);
    }

    SqlNode table(boolean isNext) {
      SqlCall call = Objects.requireNonNull(found);
      SqlParserPos at = call.getParserPosition();
      if (call.getOperator().getName().equals(FunctionForms.UNNEST)) {
        return SqlStdOperatorTable.UNNEST.createCall(at, call.getOperandList());
      }
      SqlNode table = SqlStdOperatorTable.COLLECTION_TABLE.createCall(at, call);
      return isNext ? SqlStdOperatorTable.LATERAL.createCall(at, table) : table;
    }
  }
}
