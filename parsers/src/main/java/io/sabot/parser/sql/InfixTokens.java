package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Finds the operators that stand between two values.
final class InfixTokens {
  /// The longest first.
  private static final List<String> SYMBOLS =
      List.of(
          "->>", "#>>", "->", "#>", "#-", "@>", "<@", "@?", "@@", "?|", "?&", "&&", "||", "<<",
          ">>", "&", "|", "#", "?", "^", "*", "/", "%", "+", "-");

  /// Words behind which a value starts.
  private static final Set<String> NO_VALUES =
      Set.of(
          "ALL",
          "AND",
          "ANY",
          "AS",
          "BETWEEN",
          "BY",
          "CASE",
          "DEFAULT",
          "DISTINCT",
          "ELSE",
          "ESCAPE",
          "EXCEPT",
          "FETCH",
          "FIRST",
          "FROM",
          "HAVING",
          "ILIKE",
          "IN",
          "INTERSECT",
          "IS",
          "LIKE",
          "LIMIT",
          "NEXT",
          "NOT",
          "OFFSET",
          "ON",
          "OR",
          "QUALIFY",
          "RETURNING",
          "SELECT",
          "SET",
          "SIMILAR",
          "SOME",
          "SYMMETRIC",
          "THEN",
          "TO",
          "UNION",
          "USING",
          "VALUES",
          "WHEN",
          "WHERE");

  private InfixTokens() {}

  /// @param group which parentheses or brackets it stands in
  record Infix(String symbol, int start, int end, int group) {
    /// Whether it is one that the parser reads as another.
    boolean isRead() {
      return level() == 1;
    }

    /// What binds more tightly has the higher level.
    int level() {
      return switch (symbol) {
        case "^" -> 4;
        case "*", "/", "%" -> 3;
        case "+", "-" -> 2;
        default -> 1;
      };
    }

    SqlNode call(SqlCall read, SqlNode left, SqlNode right, SqlParserPos at) {
      SqlOperator operator =
          switch (symbol) {
            case "^" -> NumberOperators.POWER;
            case "&", "|", "#", "<<", ">>" -> NumberOperators.ofBits(symbol);
            default -> isRead() ? InfixOperators.of(symbol) : read.getOperator();
          };
      return operator.createCall(at, left, right);
    }
  }

  static List<Infix> find(String text) {
    List<Token> tokens = Scanner.scan(text);
    List<Infix> found = new ArrayList<>();
    Deque<Integer> groups = new ArrayDeque<>();
    groups.push(-1);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("(") || token.is("[")) {
        groups.push(i);
      } else if ((token.is(")") || token.is("]")) && groups.size() > 1) {
        groups.pop();
      }
      String symbol = i == 0 ? "" : symbol(text, tokens, i);
      if (!symbol.isEmpty()) {
        int end = token.start() + symbol.length();
        found.add(new Infix(symbol, token.start(), end, groups.element()));
        while (tokens.get(i + 1).start() < end) {
          i++;
        }
      }
    }
    return found;
  }

  /// The symbol between two values that starts with a token; empty where none does.
  private static String symbol(String text, List<Token> tokens, int at) {
    Token token = tokens.get(at);
    boolean canStart =
        token.kind() == Kind.SYMBOL || (token.kind() == Kind.PARAMETER && token.text().isEmpty());
    if (!canStart || !endsValue(tokens.get(at - 1))) {
      return "";
    }
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, token.start())) {
        return symbol.equals("?") && !isQuestion(tokens, at) ? "" : symbol;
      }
    }
    return "";
  }

  private static boolean endsValue(Token token) {
    return switch (token.kind()) {
      case STRING, NUMBER, QUOTED, PARAMETER -> true;
      case WORD -> !NO_VALUES.contains(token.text().toUpperCase(Locale.ROOT));
      case SYMBOL -> token.is(")") || token.is("]");
      case END -> false;
    };
  }

  /// Whether `?` is not a parameter but the operator of jsonb: a text follows.
  static boolean isQuestion(List<Token> tokens, int at) {
    return at > 0 && endsValue(tokens.get(at - 1)) && tokens.get(at + 1).kind() == Kind.STRING;
  }

  /// Whether a `?` is a part of an operator, or `:2` the end of a slice `[:2]`, and no parameter.
  static boolean isOperator(String text, List<Token> tokens, int at) {
    Token token = tokens.get(at);
    if (at > 0 && tokens.get(at - 1).is("[") && text.charAt(token.start()) == ':') {
      return token.text().chars().allMatch(Character::isDigit);
    }
    if (token.kind() != Kind.PARAMETER || !token.text().isEmpty() || at == 0) {
      return false;
    }
    int start = token.start();
    boolean isPathTest = start > 0 && text.charAt(start - 1) == '@';
    boolean isAny = text.startsWith("?|", start) && !text.startsWith("?||", start);
    boolean isAll = text.startsWith("?&", start) && !text.startsWith("?&&", start);
    return isPathTest || isAny || isAll || isQuestion(tokens, at);
  }
}
