package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/// `OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW)`, a unit of frames that Calcite's
/// grammar lacks (SQL:2011 7.11, feature T620).
///
/// For the parser the unit is ROWS, at the same place, and the window gets one more partition key,
/// a constant: it changes no partition, and tells what the unit was.
final class GroupFrames {
  private static final String MARK = "$groups";

  /// Words that an operand follows, so that GROUPS is a name.
  private static final List<String> BEFORE_A_NAME =
      List.of(
          "BY",
          "AND",
          "OR",
          "NOT",
          "SELECT",
          "WHERE",
          "ON",
          "HAVING",
          "WHEN",
          "THEN",
          "ELSE",
          "CASE",
          "BETWEEN",
          "LIKE",
          "IN",
          "QUALIFY",
          "DISTINCT",
          "AS");

  private final String text;
  private final List<SourceSpan> places;
  private final Set<SourceSpan> found = new HashSet<>();

  private GroupFrames(String text, List<SourceSpan> places) {
    this.text = text;
    this.places = places;
  }

  static GroupFrames of(String text) {
    List<Token> tokens = Scanner.scan(text);
    StringBuilder out = new StringBuilder(text);
    List<SourceSpan> places = new ArrayList<>();
    for (int i = 1; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("GROUPS") && endsOperand(tokens.get(i - 1)) && startsBound(tokens.get(i + 1))) {
        out.replace(token.start(), token.end(), "ROWS  ");
        places.add(Scanner.span(text, token.start()));
      }
    }
    return new GroupFrames(out.toString(), places);
  }

  private static boolean endsOperand(Token token) {
    return switch (token.kind()) {
      case WORD -> BEFORE_A_NAME.stream().noneMatch(token::is);
      case QUOTED, STRING, NUMBER, PARAMETER -> true;
      case SYMBOL -> token.is(")") || token.is("]") || token.is("(");
      case END -> false;
    };
  }

  private static boolean startsBound(Token token) {
    return token.is("BETWEEN")
        || token.is("UNBOUNDED")
        || token.is("CURRENT")
        || token.kind() == Kind.NUMBER;
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    if (places.isEmpty()) {
      return read;
    }
    SqlNode rewritten = Objects.requireNonNull(read.accept(new Rewriter()));
    for (SourceSpan place : places) {
      if (!found.contains(place)) {
        throw Errors.syntax(place, "GROUPS stands outside of a window");
      }
    }
    return rewritten;
  }

  /// Whether a partition key says that the frame counts groups.
  static boolean isMark(RexNode key) {
    return key instanceof RexLiteral literal
        && literal.getTypeName() == SqlTypeName.CHAR
        && MARK.equals(RexLiteral.stringValue(literal));
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      if (call instanceof SqlWindow window) {
        // A window with a name stands wherever it is used.
        for (SourceSpan place : places) {
          if (contains(window.getParserPosition(), place)) {
            found.add(place);
            mark(window);
          }
        }
      }
      return Objects.requireNonNull(super.visit(call));
    }

    private static boolean contains(SqlParserPos window, SourceSpan place) {
      return window.overlaps(
          new SqlParserPos(place.line(), place.column(), place.line(), place.column()));
    }

    private static void mark(SqlWindow window) {
      SqlParserPos at = window.getParserPosition();
      if (window.getOrderList().isEmpty()) {
        throw Errors.syntax(
            CalciteErrors.span(at), "a frame of GROUPS needs an ORDER BY in its window");
      }
      List<SqlNode> keys = new ArrayList<>(window.getPartitionList().getList());
      keys.add(SqlLiteral.createCharString(MARK, at));
      window.setOperand(2, new SqlNodeList(keys, at));
    }
  }
}
