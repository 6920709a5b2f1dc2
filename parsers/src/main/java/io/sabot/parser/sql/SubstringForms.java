package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// Forms of SUBSTRING that Calcite's grammar lacks. `SUBSTRING(a SIMILAR b ESCAPE c)` is
/// `SUBSTRING(a FROM b FOR c)`, and `SUBSTRING(a FOR 2)` is `SUBSTRING(a FROM 1 FOR 2)`: the parser
/// reads it with a comma.
final class SubstringForms {
  private final String text;

  /// Where a comma stands for FOR, as line and column.
  private final Set<List<Integer>> commas;

  private SubstringForms(String text, Set<List<Integer>> commas) {
    this.text = text;
    this.commas = commas;
  }

  static SubstringForms of(String text) {
    List<Token> tokens = Scanner.scan(text);
    StringBuilder out = new StringBuilder(text);
    Set<List<Integer>> commas = new HashSet<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("SUBSTRING") && tokens.get(i + 1).is("(")) {
        form(tokens, i + 2, text, out, commas);
      }
    }
    return new SubstringForms(out.toString(), commas);
  }

  private static void form(
      List<Token> tokens, int first, String text, StringBuilder out, Set<List<Integer>> commas) {
    boolean hasStart = false;
    int depth = 1;
    for (int i = first; i < tokens.size() && depth > 0; i++) {
      Token token = tokens.get(i);
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (depth == 1 && token.is("SIMILAR") && !tokens.get(i + 1).is("TO")) {
        replace(out, token, "FROM");
        hasStart = true;
      } else if (depth == 1 && token.is("ESCAPE") && hasStart) {
        replace(out, token, "FOR");
      } else if (depth == 1 && token.is("FROM")) {
        hasStart = true;
      } else if (depth == 1 && token.is("FOR") && !hasStart) {
        replace(out, token, ",");
        var place = Scanner.span(text, token.start());
        commas.add(List.of(place.line(), place.column()));
      }
    }
  }

  private static void replace(StringBuilder out, Token token, String word) {
    int length = token.end() - token.start();
    out.replace(token.start(), token.end(), word + " ".repeat(length - word.length()));
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    return commas.isEmpty() ? read : Objects.requireNonNull(read.accept(new Rewriter()));
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      SqlNode changed = Objects.requireNonNull(super.visit(call));
      boolean isIt =
          call instanceof SqlBasicCall
              && call.operandCount() == 2
              && call.getOperator().getName().equalsIgnoreCase("SUBSTRING")
              && commas.stream().anyMatch(comma -> isBetween(call, comma));
      if (!isIt) {
        return changed;
      }
      List<SqlNode> operands = new ArrayList<>(((SqlCall) changed).getOperandList());
      SqlParserPos at = call.getParserPosition();
      operands.add(1, SqlLiteral.createExactNumeric("1", at));
      return call.getOperator().createCall(at, operands);
    }

    private static boolean isBetween(SqlCall call, List<Integer> comma) {
      SqlParserPos left = call.operand(0).getParserPosition();
      SqlParserPos right = call.operand(1).getParserPosition();
      return isBefore(left.getEndLineNum(), left.getEndColumnNum(), comma)
          && !isBefore(right.getLineNum(), right.getColumnNum(), comma);
    }

    private static boolean isBefore(int line, int column, List<Integer> place) {
      return line < place.get(0) || line == place.get(0) && column < place.get(1);
    }
  }
}
