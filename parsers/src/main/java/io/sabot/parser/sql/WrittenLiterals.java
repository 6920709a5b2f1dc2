package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Literals as PostgreSQL writes them (manual, 4.1.2): `E'a\n'`, `$$a$$`, `U&'d\0061t'`, `type
/// 'text'` for types that Calcite's grammar does not have before a text, intervals without a
/// qualifier, times in any form that a cast reads, and the type name INTERVAL alone.
///
/// For the parser each is a quoted text, or a type name, of the same length at the same place.
final class WrittenLiterals {
  /// The name of the type INTERVAL where no unit follows; as long as the word.
  static final String INTERVAL_TYPE = "interva$";

  private static final List<String> UNITS =
      List.of(
          "YEAR",
          "YEARS",
          "QUARTER",
          "QUARTERS",
          "MONTH",
          "MONTHS",
          "WEEK",
          "WEEKS",
          "DAY",
          "DAYS",
          "HOUR",
          "HOURS",
          "MINUTE",
          "MINUTES",
          "SECOND",
          "SECONDS",
          "MILLISECOND",
          "MICROSECOND",
          "NANOSECOND");

  /// Types that may stand before a text, by the name that a cast knows them by.
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("BOOL", "bool"),
          Map.entry("TEXT", "text"),
          Map.entry("INT2", "int2"),
          Map.entry("INT4", "int4"),
          Map.entry("INT8", "int8"),
          Map.entry("FLOAT4", "float4"),
          Map.entry("FLOAT8", "float8"),
          Map.entry("BYTEA", "bytea"),
          Map.entry("TIMESTAMPTZ", "timestamptz"),
          Map.entry("DATE", "$date"),
          Map.entry("TIME", "$time"),
          Map.entry("TIMESTAMP", "$timestamp"));

  /// What Calcite's parser reads behind a word by itself.
  private static final Map<String, Pattern> READ =
      Map.of(
          "DATE", Pattern.compile("\\d{4}-\\d{2}-\\d{2}"),
          "TIME", Pattern.compile("\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?"),
          "TIMESTAMP", Pattern.compile("\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?"));

  private final String text;

  /// By line and column.
  private final Map<List<Integer>, Written> places;

  /// @param type what it is cast to
  private record Written(String value, @Nullable String type) {}

  private WrittenLiterals(String text, Map<List<Integer>, Written> places) {
    this.text = text;
    this.places = places;
  }

  static WrittenLiterals of(String text) {
    StringBuilder out = new StringBuilder(text);
    Map<List<Integer>, Written> places = new HashMap<>();
    List<Token> tokens = Scanner.scan(text);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.STRING) {
        String type = typeBefore(tokens, i, out);
        if (type != null || text.charAt(token.start()) != '\'') {
          hide(out, token);
          var place = Scanner.span(text, token.start());
          places.put(List.of(place.line(), place.column()), new Written(token.text(), type));
        }
      } else if (token.is("INTERVAL") && isType(tokens, i)) {
        out.replace(token.start(), token.end(), INTERVAL_TYPE);
      }
    }
    return new WrittenLiterals(out.toString(), places);
  }

  static boolean isUnit(Token token) {
    return UNITS.stream().anyMatch(token::is);
  }

  /// Whether INTERVAL is the name of a type, and no unit follows.
  private static boolean isType(List<Token> tokens, int at) {
    Token next = tokens.get(at + 1);
    boolean hasUnit = next.kind() == Kind.STRING || isUnit(next);
    return !hasUnit && at > 0 && tokens.get(at - 1).is("AS");
  }

  /// The type that stands before a text, which is taken away; null if there is none, or the parser
  /// reads both.
  private static @Nullable String typeBefore(List<Token> tokens, int at, StringBuilder out) {
    if (at == 0 || tokens.get(at - 1).kind() != Kind.WORD) {
      return null;
    }
    Token word = tokens.get(at - 1);
    String name = word.text().toUpperCase(Locale.ROOT);
    String value = tokens.get(at).text();
    if (name.equals("INTERVAL")) {
      return isUnit(tokens.get(at + 1)) ? null : taken(out, word, word, INTERVAL_TYPE);
    }
    if (name.equals("ZONE") && at >= 4 && tokens.get(at - 4).is("TIMESTAMP")) {
      return tokens.get(at - 3).is("WITH")
          ? taken(out, tokens.get(at - 4), word, "timestamptz")
          : null;
    }
    String type = TYPES.get(name);
    Pattern read = READ.get(name);
    boolean isName = at >= 2 && (tokens.get(at - 2).is(".") || tokens.get(at - 2).is("AS"));
    if (type == null || isName || read != null && read.matcher(value).matches()) {
      return null;
    }
    return taken(out, word, word, type);
  }

  private static String taken(StringBuilder out, Token first, Token last, String type) {
    blank(out, first.start(), last.end());
    return type;
  }

  static void blank(StringBuilder out, int from, int to) {
    for (int i = from; i < to; i++) {
      if (out.charAt(i) != '\n') {
        out.setCharAt(i, ' ');
      }
    }
  }

  /// A quoted text in which nothing has a meaning.
  private static void hide(StringBuilder out, Token token) {
    for (int i = token.start(); i < token.end(); i++) {
      if (out.charAt(i) != '\n') {
        out.setCharAt(i, i == token.start() || i == token.end() - 1 ? '\'' : 'x');
      }
    }
  }

  String text() {
    return text;
  }

  SqlNode rewrite(SqlNode read) {
    return places.isEmpty() ? read : Objects.requireNonNull(read.accept(new Rewriter()));
  }

  private final class Rewriter extends SqlShuttle {
    @Override
    public SqlNode visit(SqlLiteral literal) {
      SqlParserPos at = literal.getParserPosition();
      Written written = places.get(List.of(at.getLineNum(), at.getColumnNum()));
      if (written == null || !(literal instanceof org.apache.calcite.sql.SqlCharStringLiteral)) {
        return literal;
      }
      SqlNode value = SqlLiteral.createCharString(written.value(), at);
      String type = written.type();
      return type == null ? value : cast(value, type, at);
    }
  }

  private static SqlCall cast(SqlNode value, String type, SqlParserPos at) {
    if (type.equals(INTERVAL_TYPE)) {
      return DateOperators.INTERVAL.createCall(at, value);
    }
    SqlIdentifier name = new SqlIdentifier(type, at);
    return SqlStdOperatorTable.CAST.createCall(
        at, value, new SqlDataTypeSpec(new SqlUserDefinedTypeNameSpec(name, at), at));
  }
}
