package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// PostgreSQL's forms that Calcite's grammar lacks. `SELECT DISTINCT ON (a, b) results ... ORDER BY
/// c` is written `SELECT (a, b), results ...` for the parser, and then becomes `QUALIFY
/// row_number() OVER (PARTITION BY a, b ORDER BY c) = 1`. A table function with an alias gives its
/// column that name. An ordered STRING_AGG may have a FILTER, and aggregates WITHIN GROUP take
/// values of any type.
final class DistinctOn {
  /// Where the parenthesis after ON stands, as line and column.
  private final Set<List<Integer>> places = new HashSet<>();

  private final String text;

  private DistinctOn(String text) {
    this.text = text;
  }

  static DistinctOn of(String text) {
    StringBuilder out = new StringBuilder(text);
    List<Token> tokens = Scanner.scan(text);
    DistinctOn result = new DistinctOn(text);
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      boolean isIt =
          tokens.get(i).is("DISTINCT") && tokens.get(i + 1).is("ON") && tokens.get(i + 2).is("(");
      if (isIt) {
        starts.add(tokens.get(i + 2).start());
        blank(out, tokens.get(i).start(), tokens.get(i + 1).end());
        comma(out, tokens, i + 2, text);
      }
    }
    if (starts.isEmpty()) {
      return result;
    }
    DistinctOn changed = new DistinctOn(out.toString());
    for (int start : starts) {
      var place = Scanner.span(text, start);
      changed.places.add(List.of(place.line(), place.column()));
    }
    return changed;
  }

  private static void blank(StringBuilder out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (out.charAt(i) != '\n') {
        out.setCharAt(i, ' ');
      }
    }
  }

  /// Puts a comma behind the parenthesis that closes the one at `open`.
  private static void comma(StringBuilder out, List<Token> tokens, int open, String text) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
      if (depth == 0) {
        int after = tokens.get(i).end();
        if (after < text.length() && text.charAt(after) == ' ') {
          out.setCharAt(after, ',');
          return;
        }
        break;
      }
    }
    throw Errors.syntax(
        Scanner.span(text, tokens.get(open).start()),
        "DISTINCT ON needs its columns in parentheses with a blank behind them");
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode statement) {
    return Objects.requireNonNull(statement.accept(new Rewriter()));
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      if (call.getKind() == SqlKind.WITHIN_GROUP) {
        return Objects.requireNonNull(super.visit(AggregateOperators.ofOrdered(call)));
      }
      if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
        SqlNodeList keys = keys(select);
        if (keys != null) {
          qualify(select, keys, order.orderList);
        }
      } else if (call instanceof SqlSelect select) {
        SqlNodeList keys = keys(select);
        if (keys != null) {
          qualify(select, keys, SqlNodeList.EMPTY);
        }
      } else if (call.getKind() == SqlKind.AS && call.operandCount() == 2) {
        return named(call);
      } else if (call.getKind() == SqlKind.FILTER && isOrdered(call.operand(0))) {
        return Objects.requireNonNull(super.visit(filtered(call.operand(0), call.operand(1))));
      }
      return Objects.requireNonNull(super.visit(call));
    }

    private static boolean isOrdered(SqlNode node) {
      return node instanceof SqlBasicCall call
          && call.getOperator().getName().equalsIgnoreCase("STRING_AGG")
          && call.getOperandList().getLast() instanceof SqlNodeList;
    }

    /// `STRING_AGG(a, ',' ORDER BY b) FILTER (WHERE c)` leaves nulls out, and so is
    /// `STRING_AGG(CASE WHEN c THEN a END, ',' ORDER BY b)`. Calcite takes the order out of an
    /// aggregate without a filter only.
    private static SqlCall filtered(SqlBasicCall aggregate, SqlNode condition) {
      SqlParserPos at = aggregate.getParserPosition();
      List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
      operands.set(
          0,
          new SqlCase(
              at,
              null,
              SqlNodeList.of(condition),
              SqlNodeList.of(operands.getFirst()),
              SqlLiteral.createNull(at)));
      return aggregate
          .getOperator()
          .createCall(aggregate.getFunctionQuantifier(), at, operands.toArray(new SqlNode[0]));
    }

    /// `generate_series(...) AS g` is `generate_series(...) AS g(g)`.
    private SqlNode named(SqlCall as) {
      SqlNode table = as.operand(0);
      SqlNode function = table.getKind() == SqlKind.LATERAL ? ((SqlCall) table).operand(0) : table;
      boolean isSeries =
          function.getKind() == SqlKind.COLLECTION_TABLE
              && ((SqlCall) function).operand(0) instanceof SqlBasicCall call
              && call.getOperator().getName().equalsIgnoreCase("generate_series");
      if (!isSeries) {
        return Objects.requireNonNull(super.visit(as));
      }
      return SqlStdOperatorTable.AS.createCall(
          as.getParserPosition(), table, as.operand(1), as.operand(1));
    }

    /// The columns of DISTINCT ON, taken out of the results; null when there are none.
    private @org.jspecify.annotations.Nullable SqlNodeList keys(SqlSelect select) {
      SqlNode first = select.getSelectList().get(0);
      SqlParserPos at = first.getParserPosition();
      boolean isRow = first.getKind() == SqlKind.ROW;
      boolean isOurs =
          places.remove(List.of(at.getLineNum(), at.getColumnNum()))
              || places.remove(List.of(at.getLineNum(), at.getColumnNum() - 1));
      if (!isOurs) {
        return null;
      }
      List<SqlNode> results = new ArrayList<>(select.getSelectList().getList());
      results.removeFirst();
      select.setSelectList(new SqlNodeList(results, select.getSelectList().getParserPosition()));
      return isRow
          ? new SqlNodeList(((SqlCall) first).getOperandList(), at)
          : new SqlNodeList(List.of(first), at);
    }

    private void qualify(SqlSelect select, SqlNodeList keys, SqlNodeList order) {
      SqlParserPos at = keys.getParserPosition();
      List<SqlNode> sorted = new ArrayList<>();
      order.forEach(key -> sorted.add(resolved(key, select)));
      SqlNode window =
          SqlWindow.create(
              null,
              null,
              keys,
              new SqlNodeList(sorted, at),
              SqlLiteral.createBoolean(false, at),
              null,
              null,
              null,
              at);
      SqlNode number =
          SqlStdOperatorTable.OVER.createCall(
              at, SqlStdOperatorTable.ROW_NUMBER.createCall(at), window);
      SqlNode first =
          SqlStdOperatorTable.EQUALS.createCall(at, number, SqlLiteral.createExactNumeric("1", at));
      SqlNode before = select.getQualify();
      select.setQualify(
          before == null ? first : SqlStdOperatorTable.AND.createCall(at, before, first));
    }

    /// A key of ORDER BY, with the result that it names or counts in its place.
    private static SqlNode resolved(SqlNode key, SqlSelect select) {
      return switch (key.getKind()) {
        case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
          SqlCall call = (SqlCall) key;
          yield call.getOperator()
              .createCall(key.getParserPosition(), resolved(call.operand(0), select));
        }
        case LITERAL -> {
          int place = ((SqlLiteral) key).intValue(false);
          SqlNodeList results = select.getSelectList();
          yield place >= 1 && place <= results.size() ? plain(results.get(place - 1)) : key;
        }
        case IDENTIFIER -> {
          SqlIdentifier name = (SqlIdentifier) key;
          for (SqlNode result : select.getSelectList()) {
            boolean isIt =
                name.isSimple()
                    && result.getKind() == SqlKind.AS
                    && ((SqlCall) result).operand(1) instanceof SqlIdentifier alias
                    && alias.getSimple().equalsIgnoreCase(name.getSimple());
            if (isIt) {
              yield plain(result);
            }
          }
          yield key;
        }
        default -> key;
      };
    }

    private static SqlNode plain(SqlNode result) {
      return result.getKind() == SqlKind.AS ? ((SqlCall) result).operand(0) : result;
    }
  }
}
