package io.sabot.parser.sql;

import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The SQL front-end: queries, changes of rows, definitions, transactions and settings.
public final class SqlFrontEnd {
  private static final List<String> QUERIES = List.of("SELECT", "WITH", "VALUES", "VALUE", "TABLE");

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "CREATE",
          "ALTER",
          "DROP",
          "TRUNCATE",
          "COMMENT",
          "REFRESH",
          "COPY",
          "ANALYZE",
          "EXPLAIN",
          "PROFILE");

  private SqlFrontEnd() {}

  public static Statement bind(
      String text, Catalog catalog, ColumnAllocator columns, Map<String, Value> parameters) {
    return bind(text, catalog, columns, parameters, EmbeddedLanguages.NONE);
  }

  /// Binds one statement, or a script whose statements do not depend on each other's definitions
  /// (see {@link #split}).
  ///
  /// @param languages binds `TABLE(CYPHER('...'))` and its like
  public static Statement bind(
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> parameters,
      EmbeddedLanguages languages) {
    List<String> parts = Script.split(text);
    if (parts.isEmpty()) {
      throw Errors.syntax(null, "the statement is empty", "write a statement such as SELECT 1");
    }
    SqlBinder binder = new SqlBinder(catalog, columns, parameters, languages);
    if (parts.size() == 1) {
      return statement(parts.getFirst(), binder);
    }
    return new Statement.Script(parts.stream().map(part -> statement(part, binder)).toList());
  }

  /// The condition of a CHECK constraint, bound to the rows of its table.
  public static RowCondition condition(
      TableDef table, String text, Catalog catalog, ColumnAllocator columns) {
    return RowCondition.of(
        new SqlBinder(catalog, columns, Map.of(), EmbeddedLanguages.NONE), table, text);
  }

  /// A function that was defined, ready to be called.
  ///
  /// @param catalog in which its body finds other functions
  public static UserFunction function(
      FunctionDef definition, Catalog catalog, EmbeddedLanguages languages) {
    return new UserFunction.Inlined(
        definition.name(),
        definition.parameters(),
        definition.returns(),
        columns -> FunctionBody.bind(definition, catalog, columns, languages));
  }

  /// The statements of a script, each padded so that error positions are those of the whole. To be
  /// bound one by one when a statement may use what an earlier one defines.
  public static List<String> split(String text) {
    return Script.split(text);
  }

  // ---- a look at a text before it is bound

  /// How many `?` a text has, or the highest number of a parameter such as `$1`.
  public static int positionalParameters(String text) {
    int count = 0;
    for (String name : GraphTables.parameterNames(text)) {
      if (name.chars().allMatch(Character::isDigit) && name.length() <= 4) {
        count = Math.max(count, Integer.parseInt(name));
      }
    }
    return count;
  }

  /// The first word in upper case; empty where there is none.
  public static String firstWord(String text) {
    Token first = Scanner.scan(text).getFirst();
    return first.kind() == Token.Kind.WORD ? first.text().toUpperCase(Locale.ROOT) : "";
  }

  /// Whether a word stands in a text, outside of strings and quoted names.
  public static boolean mentions(String text, String word) {
    return Scanner.scan(text).stream().anyMatch(token -> token.is(word));
  }

  /// The table behind INSERT INTO.
  public static Optional<TableDef> insertTarget(String text, Catalog catalog) {
    List<Token> tokens = Scanner.scan(text);
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).is("INSERT") && tokens.get(i + 1).is("INTO")) {
        String first = tokens.get(i + 2).text();
        boolean isQualified = i + 4 < tokens.size() && tokens.get(i + 3).is(".");
        return isQualified
            ? catalog.table(first, tokens.get(i + 4).text())
            : catalog.table(CatalogReader.DEFAULT_SCHEMA, first);
      }
    }
    return Optional.empty();
  }

  /// A statement without a `;` at its end and without what comes after.
  public static String withoutLastSemicolon(String text) {
    List<Token> tokens = Scanner.scan(text);
    int last = tokens.size() - 2;
    return last >= 0 && tokens.get(last).is(";")
        ? text.substring(0, tokens.get(last).start())
        : text;
  }

  private static Statement statement(String text, SqlBinder binder) {
    List<Token> tokens = Scanner.scan(text);
    Token first = tokens.getFirst();
    if (first.kind() == Token.Kind.WORD
        && ControlParser.WORDS.contains(first.text().toUpperCase(Locale.ROOT))) {
      return new ControlParser(text, tokens, binder).statement();
    }
    return switch (first.text().toUpperCase(Locale.ROOT)) {
      case "EXPLAIN" ->
          withMode(text, tokens, tokens.get(1).is("ANALYZE") ? Mode.PROFILE : Mode.EXPLAIN, binder);
      case "PROFILE" -> withMode(text, tokens, Mode.PROFILE, binder);
      case "CREATE", "DROP", "ALTER", "TRUNCATE", "COMMENT", "REFRESH" ->
          new DdlParser(text, tokens, binder).definition();
      case "COPY" -> new CopyParser(text, tokens, binder).statement();
      case "ANALYZE" -> new DdlParser(text, tokens, binder).analyze();
      case "INSERT", "UPDATE", "DELETE", "MERGE" -> change(text, binder);
      case "WITH" ->
          ChangeReader.changesAfterWith(tokens) ? change(text, binder) : binder.statement(text);
      default -> {
        checkBegins(first, text);
        yield binder.statement(text);
      }
    };
  }

  /// The parser would take any word for an expression, and find fault with what comes after it.
  private static void checkBegins(Token first, String text) {
    if (first.kind() == Token.Kind.WORD && QUERIES.stream().noneMatch(first::is)) {
      List<String> known = new ArrayList<>(QUERIES);
      known.addAll(STATEMENTS);
      known.addAll(ControlParser.WORDS);
      String meant = Errors.didYouMean(first.text().toUpperCase(Locale.ROOT), known);
      throw Errors.syntax(
          Scanner.span(text, first.start()),
          "found '" + first.text() + "', with which no statement begins",
          meant.isEmpty() ? "statements begin with " + String.join(", ", STATEMENTS) : meant);
    }
  }

  private static Statement change(String text, SqlBinder binder) {
    GraphTables lifted = GraphTables.lift(text, binder);
    return new ChangeReader(lifted, binder).statement();
  }

  private static Statement withMode(String text, List<Token> tokens, Mode mode, SqlBinder binder) {
    int from = tokens.getFirst().end();
    if (tokens.get(1).is("ANALYZE")) {
      from = tokens.get(1).end();
    } else if (tokens.size() > 3 && tokens.get(1).is("PLAN") && tokens.get(2).is("FOR")) {
      from = tokens.get(2).end();
    }
    Statement inner =
        statement(Script.blank(text.substring(0, from)) + text.substring(from), binder);
    if (inner instanceof Statement.Query(var plan, _, var form, _, _)) {
      return new Statement.Query(plan, mode, form);
    }
    throw Errors.unsupported(
        Scanner.span(text, tokens.getFirst().start()), mode + " of a statement without a plan");
  }
}
