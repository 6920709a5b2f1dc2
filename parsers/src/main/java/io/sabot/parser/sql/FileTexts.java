package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The files of a statement: `FROM 'file.csv'` and `FROM read_csv('file', header = true)`.
/// Calcite's grammar has no strings for tables, so the parser sees a name in the place of each.
final class FileTexts {
  private static final Pattern MAYBE =
      Pattern.compile("'|read_|parquet_scan", Pattern.CASE_INSENSITIVE);

  /// What begins a query in parentheses.
  private static final Set<String> QUERY = Set.of("SELECT", "WITH", "VALUES", "TABLE");

  /// In whose parentheses FROM is not that of a query.
  private static final Set<String> WITH_FROM =
      Set.of("EXTRACT", "SUBSTRING", "TRIM", "OVERLAY", "POSITION");

  /// What ends a FROM clause.
  private static final Set<String> ENDS =
      Set.of(
          "SELECT",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "WINDOW",
          "QUALIFY",
          "SET",
          "RETURNING");

  /// The functions, and the format of the file that each reads; empty for what its name says.
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "READ_CSV", "csv",
          "READ_CSV_AUTO", "csv",
          "READ_PARQUET", "parquet",
          "PARQUET_SCAN", "parquet",
          "READ_JSON", "jsonl",
          "READ_JSON_AUTO", "jsonl",
          "READ_NDJSON", "jsonl",
          "READ_ARROW", "arrow");

  private final String text;
  private final List<Token> tokens;
  private final SqlBinder binder;
  private final StringBuilder out;
  private final Deque<Level> outer = new ArrayDeque<>();
  private Level level = new Level(true, false);
  private boolean expectsTable;

  /// What stands between two parentheses.
  ///
  /// @param isQuery whether it may have a FROM clause
  /// @param inFrom whether the FROM clause has begun
  private record Level(boolean isQuery, boolean inFrom) {}

  private FileTexts(String text, SqlBinder binder) {
    this.text = text;
    this.tokens = Scanner.scan(text);
    this.binder = binder;
    this.out = new StringBuilder(text);
  }

  /// The text with names in the place of files; the binder then knows the files by them.
  static String lift(String text, SqlBinder binder) {
    return MAYBE.matcher(text).find() ? new FileTexts(text, binder).lifted() : text;
  }

  private String lifted() {
    for (int at = 0; at < tokens.size() - 1; ) {
      at = step(at);
    }
    return out.toString();
  }

  /// Looks at a token and returns where to go on.
  private int step(int at) {
    Token token = tokens.get(at);
    boolean expected = expectsTable;
    expectsTable = false;
    if (expected && token.kind() == Token.Kind.STRING) {
      put(token, token, "", Map.of(), token.text());
      return at + 1;
    }
    if (expected && isFunction(at)) {
      return function(at);
    }
    if (token.kind() == Token.Kind.WORD) {
      word(at, token.text().toUpperCase(Locale.ROOT), expected);
    } else if (token.kind() == Token.Kind.SYMBOL) {
      symbol(at, token.text(), expected);
    }
    return at + 1;
  }

  private void word(int at, String word, boolean expected) {
    if (ENDS.contains(word)) {
      level = new Level(level.isQuery(), false);
    } else if (word.equals("FROM")) {
      boolean isDelete = at > 0 && tokens.get(at - 1).is("DELETE");
      if (level.isQuery() && !isDelete && !(at > 0 && tokens.get(at - 1).is("DISTINCT"))) {
        beginTable();
      }
    } else if (word.equals("JOIN") || (word.equals("LATERAL") && expected)) {
      expectsTable = level.inFrom() || word.equals("LATERAL");
    } else if (word.equals("USING") && outer.isEmpty() && isChange()) {
      beginTable();
    }
  }

  private void beginTable() {
    level = new Level(true, true);
    expectsTable = true;
  }

  /// Whether USING names a table, as in DELETE and MERGE.
  private boolean isChange() {
    return !level.inFrom()
        && tokens.stream().anyMatch(token -> token.is("DELETE") || token.is("MERGE"));
  }

  private void symbol(int at, String symbol, boolean expected) {
    switch (symbol) {
      case "(" -> {
        outer.push(level);
        boolean isQuery = isQuery(at);
        boolean isJoin = expected && !isQuery;
        level = new Level(isQuery || isJoin, isJoin);
        expectsTable = isJoin;
      }
      case "[", "{" -> {
        outer.push(level);
        level = new Level(false, false);
      }
      case ")", "]", "}" -> level = outer.isEmpty() ? level : outer.pop();
      case "," -> expectsTable = level.inFrom();
      case ";" -> level = new Level(true, false);
      default -> {}
    }
  }

  /// Whether the parenthesis at a place holds a query, perhaps in more parentheses.
  private boolean isQuery(int at) {
    int inside = at + 1;
    boolean isFunction =
        at > 0 && WITH_FROM.contains(tokens.get(at - 1).text().toUpperCase(Locale.ROOT));
    while (!isFunction && tokens.get(inside).is("(")) {
      inside++;
    }
    Token first = tokens.get(inside);
    return first.kind() == Token.Kind.WORD && QUERY.contains(first.text().toUpperCase(Locale.ROOT));
  }

  private boolean isFunction(int at) {
    return tokens.get(at).kind() == Token.Kind.WORD
        && FUNCTIONS.containsKey(tokens.get(at).text().toUpperCase(Locale.ROOT))
        && tokens.get(at + 1).is("(");
  }

  /// `read_csv('file', name = value, ...)`.
  private int function(int at) {
    Token function = tokens.get(at);
    TokenReader in = new TokenReader(text, tokens);
    in.goTo(at + 2);
    if (in.peek().kind() != Token.Kind.STRING) {
      throw Errors.syntax(
          in.span(),
          function.text() + " takes the name of a file as a string",
          "write " + function.text() + "('file')");
    }
    String file = in.next().text();
    Map<String, String> options = new TreeMap<>();
    while (in.take(",")) {
      String name = in.name();
      in.take(":");
      in.expect("=");
      String sign = in.take("-") ? "-" : "";
      Token value = in.next();
      if (value.kind() == Token.Kind.SYMBOL || value.kind() == Token.Kind.PARAMETER) {
        throw Errors.syntax(
            Scanner.span(text, value.start()), "the value of " + name + " is missing here");
      }
      options.put(name, sign + value.text());
    }
    in.expect(")");
    String format = FUNCTIONS.getOrDefault(function.text().toUpperCase(Locale.ROOT), "");
    put(function, tokens.get(in.place() - 1), format, options, file);
    return in.place();
  }

  private void put(
      Token first, Token last, String format, Map<String, String> options, String file) {
    SourceSpan place = Scanner.span(text, first.start());
    String name = "$f" + Integer.toString(binder.files.size(), Character.MAX_RADIX);
    String quoted = '"' + name + '"';
    try {
      binder.files.put(
          name, new CatalogReader.FileRows(file, binder.catalog.file(file, format, options)));
    } catch (QueryException wrong) {
      throw wrong.at(place);
    }
    if (last.end() - first.start() < quoted.length()) {
      throw Errors.unsupported(place, "so many files in one statement");
    }
    for (int i = first.start(); i < last.end(); i++) {
      if (text.charAt(i) != '\n') {
        out.setCharAt(i, ' ');
      }
    }
    out.replace(first.start(), first.start() + quoted.length(), quoted);
  }
}
