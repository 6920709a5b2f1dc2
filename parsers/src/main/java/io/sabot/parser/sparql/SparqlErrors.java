package io.sabot.parser.sparql;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.query.QueryParseException;
import org.jspecify.annotations.Nullable;

/// ARQ's complaints in our words.
final class SparqlErrors {
  /// More than this many ways to go on help nobody.
  private static final int EXPECTED_MAX = 6;

  private static final Pattern PREFIX = Pattern.compile("Unresolved prefixed name: (\\S+)");
  private static final Pattern FOUND =
      Pattern.compile(
          "(?s)Encountered \" (?:\"[^\"]*\"|<\\w+>) \"(.*?) \"\" at line .*"
              + "|Encountered \"<EOF>\".*");
  private static final Pattern UNFINISHED =
      Pattern.compile("(?s).*Encountered: <EOF>.* after(?: prefix)? ?: ?\"?(.*?)\"?\\s*");
  private static final Pattern POSITION = Pattern.compile("line:? (\\d+), col(?:umn)?:? ?(\\d+)");
  private static final Pattern PLACE =
      Pattern.compile("(?i)(?: at)? ?\\[?line:? \\d+, col(?:umn)?:? ?\\d+ ?\\]?[:.]?");
  private static final Pattern TOKEN = Pattern.compile("<[A-Z_0-9a-z]+>|\"[^\"]+\"");

  /// The grammar's names for kinds of tokens; those of one kind read alike.
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("<IRIref>", "an IRI"),
          Map.entry("<PNAME_NS>", "an IRI"),
          Map.entry("<PNAME_LN>", "an IRI"),
          Map.entry("<BLANK_NODE_LABEL>", "a blank node"),
          Map.entry("<ANON>", "a blank node"),
          Map.entry("<VAR1>", "a variable"),
          Map.entry("<VAR2>", "a variable"),
          Map.entry("<INTEGER>", "a number"),
          Map.entry("<DECIMAL>", "a number"),
          Map.entry("<DOUBLE>", "a number"),
          Map.entry("<INTEGER_POSITIVE>", "a number"),
          Map.entry("<DECIMAL_POSITIVE>", "a number"),
          Map.entry("<DOUBLE_POSITIVE>", "a number"),
          Map.entry("<INTEGER_NEGATIVE>", "a number"),
          Map.entry("<DECIMAL_NEGATIVE>", "a number"),
          Map.entry("<DOUBLE_NEGATIVE>", "a number"),
          Map.entry("<STRING_LITERAL1>", "a string"),
          Map.entry("<STRING_LITERAL2>", "a string"),
          Map.entry("<STRING_LITERAL_LONG1>", "a string"),
          Map.entry("<STRING_LITERAL_LONG2>", "a string"),
          Map.entry("<LPAREN>", "'('"),
          Map.entry("<NIL>", "'()'"),
          Map.entry("<EOF>", "the end of the query"));

  private SparqlErrors() {}

  static QueryException syntax(QueryParseException malformed, String text) {
    String message = String.valueOf(malformed.getMessage());
    SourceSpan span = span(malformed, text);
    Matcher prefix = PREFIX.matcher(message);
    if (prefix.find()) {
      return new QueryException(
          ErrorCode.UNKNOWN_PREFIX,
          span,
          "the prefix of '" + prefix.group(1) + "' is not declared",
          "declare it with PREFIX name: <iri>");
    }
    Matcher found = FOUND.matcher(message);
    Matcher unfinished = UNFINISHED.matcher(message);
    if (unfinished.matches()) {
      return Errors.syntax(span, "the query ends inside a string, an IRI or a name");
    }
    if (!found.matches()) {
      return Errors.syntax(span, plain(message));
    }
    int list = message.indexOf("Was expecting");
    return Errors.syntax(
        span,
        found(java.util.Objects.requireNonNullElse(found.group(1), "<EOF>")),
        list < 0 ? "" : expected(message, list));
  }

  private static String found(String image) {
    String token = image.replace("\\\"", "\"").strip();
    return token.equals("<EOF>") || token.isEmpty()
        ? "the query ends too early"
        : "found '" + token + "' here";
  }

  private static @Nullable SourceSpan span(QueryParseException malformed, String text) {
    int line = malformed.getLine();
    int column = malformed.getColumn();
    Matcher position = POSITION.matcher(String.valueOf(malformed.getMessage()));
    if (position.find()) {
      line = Integer.parseInt(position.group(1));
      column = Integer.parseInt(position.group(2));
    }
    if (line <= 0) {
      return null;
    }
    column = Math.max(1, column);
    String[] lines = text.split("\n", -1);
    boolean pastEnd = line > lines.length || column > lines[line - 1].length() + 1;
    return pastEnd
        ? SourceSpan.at(lines.length, lines[lines.length - 1].length() + 1)
        : SourceSpan.at(line, column);
  }

  private static String expected(String message, int from) {
    Set<String> words = new LinkedHashSet<>();
    Matcher token = TOKEN.matcher(message.substring(from));
    while (token.find()) {
      words.add(word(token.group()));
    }
    return words.isEmpty() || words.size() > EXPECTED_MAX
        ? ""
        : "expected " + String.join(" or ", words);
  }

  private static String word(String token) {
    String known = KINDS.get(token);
    if (known != null) {
      return known;
    }
    return token.startsWith("<")
        ? token.substring(1, token.length() - 1).toUpperCase(Locale.ROOT)
        : "'" + token.substring(1, token.length() - 1) + "'";
  }

  private static String plain(String message) {
    String text = PLACE.matcher(message).replaceAll("");
    return text.lines().findFirst().orElse(text).strip();
  }
}
