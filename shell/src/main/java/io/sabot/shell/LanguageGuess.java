package io.sabot.shell;

import io.sabot.engine.Language;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Recognises a query's language by its first word, and where two languages share that, by what
/// only one of them can have after it.
final class LanguageGuess {
  private static final Set<String> CYPHER =
      Set.of(
          "match", "optional", "unwind", "merge", "return", "foreach", "detach", "remove", "show");
  private static final Set<String> SPARQL =
      Set.of(
          "prefix", "base", "ask", "construct", "describe", "load", "clear", "add", "move", "copy");
  private static final Set<String> SQL =
      Set.of(
          "table",
          "begin",
          "start",
          "commit",
          "rollback",
          "truncate",
          "alter",
          "update",
          "values",
          "analyze");

  private static final Pattern VARIABLE = Pattern.compile("[?$][A-Za-z_]\\w*");
  private static final Pattern SELECT_ANY =
      Pattern.compile(
          "^select\\s+(distinct\\s+|reduced\\s+)?\\*\\s*(from\\s+(named\\s*)?)?\\s*"
              + "(where\\s*)?\\{.*",
          Pattern.DOTALL);
  private static final Pattern GROUP = Pattern.compile("\\bwhere\\s*\\{|^select\\b[^(]*\\{");
  private static final Pattern WITH_SQL =
      Pattern.compile("^with\\s+(recursive\\b|\\S+\\s*(\\([^)]*\\)\\s*)?as\\s*\\()");

  /// Constraints have a statement of their own in Cypher only; its indexes are FOR a pattern, and
  /// its IF EXISTS comes last.
  private static final Pattern SCHEMA_OF_GRAPH =
      Pattern.compile(
          "^(create|drop)\\s+constraint\\b|^create\\s+(\\w+\\s+)?index\\b.*\\bfor\\s*\\("
              + "|^drop\\s+index\\s+\\S+\\s+if\\b",
          Pattern.DOTALL);

  private static final Set<String> FIRST_WORDS = new TreeSet<>();

  static {
    FIRST_WORDS.addAll(CYPHER);
    FIRST_WORDS.addAll(SPARQL);
    FIRST_WORDS.addAll(SQL);
    FIRST_WORDS.addAll(
        Set.of(
            "explain", "profile", "select", "with", "create", "drop", "insert", "delete", "call"));
  }

  private LanguageGuess() {}

  /// Empty when there is nothing to go by.
  static Optional<Language> of(String text) {
    String code = QueryText.of(text).code().strip().toLowerCase(Locale.ROOT);
    String first = firstWord(code);
    return switch (first) {
      case "" -> code.startsWith("(") ? Optional.of(Language.SQL) : Optional.empty();
      case "explain", "profile" -> explained(text, first);
      case "select" -> Optional.of(isSparqlSelect(code) ? Language.SPARQL : Language.SQL);
      case "with" -> Optional.of(with(code));
      case "create", "drop" -> Optional.of(definition(code));
      case "insert" -> Optional.of(isInsertInto(code) ? Language.SQL : Language.SPARQL);
      case "delete" -> Optional.of(delete(code));
      case "call" -> Optional.of(Language.CYPHER);
      case "set" -> Optional.of(code.contains(".") ? Language.CYPHER : Language.SQL);
      default -> byFirstWord(first);
    };
  }

  /// As {@link #of}; what is not recognised is an error that names the nearest first word.
  static Language require(String text) {
    return of(text)
        .orElseThrow(() -> {
          String word = firstWord(QueryText.of(text).code().strip().toLowerCase(Locale.ROOT));
          String near = word.isEmpty() ? "" : Errors.didYouMean(word, FIRST_WORDS);
          int line =
              1 + (int) text.substring(0, start(text)).chars().filter(c -> c == '\n').count();
          int column = start(text) - text.lastIndexOf('\n', Math.max(0, start(text) - 1));
          int width = Math.max(1, word.length());
          return Errors.syntax(
              new SourceSpan(line, column, line, column + width),
              "no language has statements that start like this",
              near.isEmpty() ? "name the language: --lang L, or :sql, :cypher, :sparql" : near);
        });
  }

  private static int start(String text) {
    String code = QueryText.of(text).code();
    int at = 0;
    while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
      at++;
    }
    return at;
  }

  private static String firstWord(String code) {
    int end = 0;
    while (end < code.length()
        && (Character.isLetter(code.charAt(end)) || code.charAt(end) == '_')) {
      end++;
    }
    return code.substring(0, end);
  }

  private static Optional<Language> explained(String text, String word) {
    int at = text.toLowerCase(Locale.ROOT).indexOf(word) + word.length();
    return of(text.substring(at));
  }

  private static Optional<Language> byFirstWord(String first) {
    if (CYPHER.contains(first)) {
      return Optional.of(Language.CYPHER);
    }
    if (SPARQL.contains(first)) {
      return Optional.of(Language.SPARQL);
    }
    return SQL.contains(first) ? Optional.of(Language.SQL) : Optional.empty();
  }

  private static boolean isSparqlSelect(String code) {
    return GROUP.matcher(code).find()
        || SELECT_ANY.matcher(code).matches()
        || VARIABLE.matcher(code).find() && code.indexOf('{') >= 0;
  }

  private static Language with(String code) {
    if (WITH_SQL.matcher(code).find()) {
      return Language.SQL;
    }
    // SPARQL's WITH names a graph, of which the IRI is blanked out.
    return Pattern.compile("^with\\s+(\\w*:\\S*\\s+)?(insert|delete)\\b").matcher(code).find()
        ? Language.SPARQL
        : Language.CYPHER;
  }

  private static Language definition(String code) {
    if (code.matches("(?s)(create|drop)\\s+(silent\\s+)?(graph|default|named|all)\\b.*")) {
      return Language.SPARQL;
    }
    if (SCHEMA_OF_GRAPH.matcher(code).find()) {
      return Language.CYPHER;
    }
    return code.matches("(?s)create\\s*(\\(|\\w+\\s*=\\s*\\().*") ? Language.CYPHER : Language.SQL;
  }

  private static boolean isInsertInto(String code) {
    return code.matches("(?s)insert\\s+into\\b.*");
  }

  private static Language delete(String code) {
    if (code.matches("(?s)delete\\s+from\\b.*")) {
      return Language.SQL;
    }
    return code.matches("(?s)delete\\s*(data\\s*|where\\s*)?\\{.*")
        ? Language.SPARQL
        : Language.CYPHER;
  }
}
