package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/// Reads tokens one after the other, with the complaints that a hand-written parser needs.
final class TokenReader {
  private final String text;
  private final List<Token> tokens;
  private int at;

  TokenReader(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  /// The token after the next one.
  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  boolean atEnd() {
    return peek().kind() == Kind.END;
  }

  /// Takes these words if they come next.
  boolean take(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (at + i >= tokens.size() || !tokens.get(at + i).is(words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  void expect(String... words) {
    for (String word : words) {
      if (!take(word)) {
        throw unexpected("'" + word + "'");
      }
    }
  }

  String name() {
    if (!peek().isName()) {
      throw unexpected("a name");
    }
    return next().text();
  }

  /// The column of a table whose name comes next.
  ColumnDef column(TableDef table) {
    SourceSpan place = span();
    String name = name();
    return table
        .column(name)
        .orElseThrow(() ->
            Errors.unknownColumn(
                place,
                name,
                "table '" + table.name() + "'",
                table.columns().stream().map(ColumnDef::name).toList()));
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    expect("(");
    do {
      names.add(name());
    } while (take(","));
    expect(")");
    return names;
  }

  int number() {
    if (peek().kind() != Kind.NUMBER || !peek().text().matches("\\d{1,9}")) {
      throw unexpected("a whole number");
    }
    return Integer.parseInt(next().text());
  }

  void end() {
    if (!atEnd()) {
      throw unexpected("the end of the statement");
    }
  }

  /// The text between a parenthesis that comes next and the one that closes it.
  String parenthesised() {
    expect("(");
    int from = peek().start();
    int depth = 1;
    int to = from;
    while (true) {
      if (atEnd()) {
        throw unexpected("')'");
      }
      depth += peek().is("(") ? 1 : peek().is(")") ? -1 : 0;
      if (depth == 0) {
        break;
      }
      to = peek().end();
      next();
    }
    expect(")");
    return text.substring(from, to);
  }

  /// Skips to the next of these words outside of parentheses and CASE, or to the end. Returns where
  /// what was skipped starts and ends in the text; empty when there was nothing.
  Range skipTo(String... words) {
    int from = peek().start();
    int to = from;
    int depth = 0;
    int cases = 0;
    for (Token before = peek(); !atEnd(); before = next(), to = before.end()) {
      Token token = peek();
      boolean isDistinctFrom = token.is("FROM") && before.is("DISTINCT");
      if (depth == 0 && cases == 0 && !isDistinctFrom && isOneOf(token, words)) {
        break;
      }
      depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
      cases += token.is("CASE") ? 1 : token.is("END") && cases > 0 ? -1 : 0;
      if (depth < 0) {
        break;
      }
    }
    return new Range(from, to);
  }

  private static boolean isOneOf(Token token, String... words) {
    for (String word : words) {
      if (token.is(word)) {
        return true;
      }
    }
    return false;
  }

  /// A part of the text.
  record Range(int from, int to) {
    boolean isEmpty() {
      return from >= to;
    }
  }

  String text(Range range) {
    return text.substring(range.from(), range.to());
  }

  /// Where the next token stands among all.
  int place() {
    return at;
  }

  void goTo(int place) {
    at = place;
  }

  /// The text of an expression up to a comma, a closing parenthesis, or what may follow the default
  /// of a column.
  String expression() {
    Token first = next();
    int to = first.is("(") ? closing(first) : first.end();
    Range more =
        skipTo(
            ",",
            ")",
            "NOT",
            "NULL",
            "PRIMARY",
            "UNIQUE",
            "REFERENCES",
            "CHECK",
            "GENERATED",
            "CONSTRAINT",
            "DEFAULT");
    return text.substring(first.start(), more.isEmpty() ? to : more.to());
  }

  /// Skips to behind the parenthesis that closes `open`, which was taken.
  private int closing(Token open) {
    at--;
    parenthesised();
    return tokens.get(at - 1).end();
  }

  /// The query in parentheses that comes next, on its lines.
  String query() {
    int open = peek().start();
    String inside = parenthesised();
    int from = text.indexOf(inside, open);
    return Script.blank(text.substring(0, from)) + inside;
  }

  /// What is left of the text, on its lines.
  String rest() {
    int from = peek().start();
    at = tokens.size() - 1;
    return Script.blank(text.substring(0, from)) + text.substring(from);
  }

  SourceSpan span() {
    return Scanner.span(text, peek().start());
  }

  QueryException unexpected(String expected) {
    String found = atEnd() ? "the end of the statement" : "'" + peek().text() + "'";
    return Errors.syntax(span(), "found " + found + ", expected " + expected);
  }
}
