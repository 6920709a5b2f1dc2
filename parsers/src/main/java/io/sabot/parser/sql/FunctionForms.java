package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Calls of functions as PostgreSQL writes them and Calcite's grammar does not: an ORDER BY inside
/// `json_agg(...)`, `LATERAL function(...)`, WITH ORDINALITY behind a function of JSON, and UNNEST
/// in a select list.
final class FunctionForms {
  /// UNNEST where it is no table; as long as the word.
  static final String UNNEST = "unnes$";

  /// What Calcite's parser reads an ORDER BY in, by the aggregates that it lacks.
  private static final Map<String, String> ORDERED =
      Map.of(
          "JSON_AGG", "ARRAY_AGG",
          "JSONB_AGG", "ARRAY_AGG",
          "JSON_OBJECT_AGG", "STRING_AGG",
          "JSONB_OBJECT_AGG", "STRING_AGG");

  private final String text;

  /// The names of functions by the line and column of their calls.
  private final Map<List<Integer>, String> names;

  private FunctionForms(String text, Map<List<Integer>, String> names) {
    this.text = text;
    this.names = names;
  }

  static FunctionForms of(String text) {
    List<Token> tokens = Scanner.scan(text);
    StringBuilder out = new StringBuilder(text);
    Map<Integer, String> found = new HashMap<>();
    for (int i = 0; i + 2 < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("LATERAL")
          && isCall(tokens, i + 1)
          && !tokens.get(i + 1).is("UNNEST")
          && !tokens.get(i + 1).is("TABLE")) {
        WrittenLiterals.blank(out, token.start(), token.end());
      } else if (isCall(tokens, i) && token.is("UNNEST") && !isTable(tokens, i)) {
        out.replace(token.start(), token.end(), UNNEST);
      } else if (isCall(tokens, i) && JsonTables.find(token.text()) != null) {
        number(tokens, i, out, found);
      } else if (isCall(tokens, i)
          && ORDERED.containsKey(token.text().toUpperCase(Locale.ROOT))
          && hasOrder(tokens, i + 1)) {
        found.put(token.start(), token.text().toUpperCase(Locale.ROOT));
      }
    }
    return renamed(out, found);
  }

  /// Writes the names of aggregates as those that the parser reads. One is longer by a letter: what
  /// follows it in its line stands one further to the right.
  private static FunctionForms renamed(StringBuilder out, Map<Integer, String> found) {
    Map<List<Integer>, String> names = new HashMap<>();
    int longer = 0;
    for (int start : found.keySet().stream().sorted().toList()) {
      String name = Objects.requireNonNull(found.get(start));
      String read = ORDERED.get(name);
      int from = start + longer;
      if (read != null) {
        String padded = read + " ".repeat(Math.max(0, name.length() - read.length()));
        out.replace(from, from + name.length(), padded);
        longer += padded.length() - name.length();
      }
      var place = Scanner.span(out.toString(), from);
      names.put(List.of(place.line(), place.column()), name);
    }
    return new FunctionForms(out.toString(), names);
  }

  private static boolean isCall(List<Token> tokens, int at) {
    return tokens.get(at).kind() == Token.Kind.WORD && tokens.get(at + 1).is("(");
  }

  /// The index behind the parenthesis that closes the one at an index.
  private static int close(List<Token> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return tokens.size() - 1;
  }

  private static boolean hasOrder(List<Token> tokens, int open) {
    int depth = 0;
    int close = close(tokens, open);
    for (int i = open; i < close; i++) {
      depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
      if (depth == 1 && tokens.get(i).is("ORDER")) {
        return true;
      }
    }
    return false;
  }

  /// Takes the WITH ORDINALITY behind a call away.
  private static void number(
      List<Token> tokens, int at, StringBuilder out, Map<Integer, String> found) {
    int close = close(tokens, at + 1);
    if (tokens.get(close).is("WITH") && tokens.get(close + 1).is("ORDINALITY")) {
      WrittenLiterals.blank(out, tokens.get(close).start(), tokens.get(close + 1).end());
      found.put(tokens.get(at).start(), tokens.get(at).text() + JsonTables.NUMBERED);
    }
  }

  /// Whether what stands at an index is a part of a FROM.
  private static boolean isTable(List<Token> tokens, int at) {
    int depth = 0;
    for (int i = at - 1; i >= 0 && depth <= 0; i--) {
      Token token = tokens.get(i);
      depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
      if (depth == 0 && (token.is("FROM") || token.is("JOIN") || token.is("USING"))) {
        return true;
      }
      if (depth == 0 && (token.is("SELECT") || token.is("WHERE") || token.is("BY"))) {
        return false;
      }
    }
    return depth > 0 && at > 0 && tokens.get(at - 1).is("(") && isTable(tokens, at - 1);
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    SqlNode named = names.isEmpty() ? read : Objects.requireNonNull(read.accept(new Renamer()));
    return RowFunctions.rewrite(named);
  }

  private final class Renamer extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      SqlNode changed = Objects.requireNonNull(super.visit(call));
      SqlParserPos at = call.getParserPosition();
      String name = names.get(List.of(at.getLineNum(), at.getColumnNum()));
      SqlFunction function = name == null ? null : function(name);
      if (function == null
          || !(call instanceof SqlBasicCall basic)
          || !(call.getOperator() instanceof SqlFunction)) {
        return changed;
      }
      return function.createCall(
          basic.getFunctionQuantifier(),
          at,
          new ArrayList<>(((SqlCall) changed).getOperandList()).toArray(new SqlNode[0]));
    }
  }

  private static @Nullable SqlFunction function(String name) {
    SqlFunction rows = JsonTables.find(name);
    return rows != null
        ? rows
        : JsonOperators.ALL.stream().filter(f -> f.getName().equals(name)).findFirst().orElse(null);
  }
}
