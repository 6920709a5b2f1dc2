package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// `SELECT results WHERE condition`, which Calcite's grammar lacks: one row, if the condition
/// holds.
///
/// For the parser the condition is one more result, so that everything stays where it was written:
/// `SELECT results , condition`. Then it is taken out again, and there is a FROM of one row.
final class WhereWithoutFrom {
  /// What may not come between SELECT and its WHERE.
  private static final List<String> ENDS =
      List.of("FROM", ")", ";", "UNION", "EXCEPT", "INTERSECT", "ORDER", "LIMIT", "GROUP");

  private final String text;

  /// Where each such WHERE stands.
  private final List<SourceSpan> places = new ArrayList<>();

  private WhereWithoutFrom(String text) {
    this.text = text;
  }

  static WhereWithoutFrom of(String text) {
    List<Token> tokens = Scanner.scan(text);
    StringBuilder out = new StringBuilder(text);
    List<SourceSpan> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      int where = tokens.get(i).is("SELECT") ? where(tokens, i) : -1;
      if (where >= 0) {
        Token token = tokens.get(where);
        out.replace(token.start(), token.end(), ",    ");
        found.add(Scanner.span(text, token.start()));
      }
    }
    WhereWithoutFrom result = new WhereWithoutFrom(out.toString());
    result.places.addAll(found);
    return result;
  }

  /// The WHERE of the SELECT at an index, if it has no FROM; otherwise -1.
  private static int where(List<Token> tokens, int select) {
    int depth = 0;
    for (int i = select + 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (depth == 0 && token.is("WHERE")) {
        return i;
      }
      boolean isDistinctFrom = token.is("FROM") && tokens.get(i - 1).is("DISTINCT");
      if (depth == 0 && !isDistinctFrom && ENDS.stream().anyMatch(token::is)) {
        return -1;
      }
      depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
    }
    return -1;
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode statement) {
    if (places.isEmpty()) {
      return statement;
    }
    SqlNode rewritten = Objects.requireNonNull(statement.accept(new Rewriter()));
    if (!places.isEmpty()) {
      throw Errors.syntax(places.getFirst(), "WHERE takes one condition");
    }
    return rewritten;
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      if (call instanceof SqlSelect select
          && select.getFrom() == null
          && select.getSelectList().size() > 1) {
        List<SqlNode> results = new ArrayList<>(select.getSelectList().getList());
        SqlNode condition = results.removeLast();
        boolean isIt =
            condition.getKind() != SqlKind.AS
                && places.removeIf(p -> isBefore(results.getLast(), p) && !isBefore(condition, p));
        if (isIt) {
          restore(select, results, condition);
        }
      }
      return Objects.requireNonNull(super.visit(call));
    }

    private static boolean isBefore(SqlNode node, SourceSpan place) {
      SqlParserPos at = node.getParserPosition();
      return at.getLineNum() < place.line()
          || (at.getLineNum() == place.line() && at.getColumnNum() < place.column());
    }

    private static void restore(SqlSelect select, List<SqlNode> results, SqlNode condition) {
      for (SqlNode result : results) {
        if (result instanceof SqlIdentifier name && name.isStar()) {
          throw Errors.syntax(
              CalciteErrors.span(name.getParserPosition()), "there is no FROM for '*'");
        }
      }
      SqlParserPos at = select.getSelectList().getParserPosition();
      select.setWhere(condition);
      select.setSelectList(new SqlNodeList(results, at));
      SqlNode row = SqlStdOperatorTable.ROW.createCall(at, SqlLiteral.createExactNumeric("0", at));
      select.setFrom(SqlStdOperatorTable.VALUES.createCall(at, row));
    }
  }
}
