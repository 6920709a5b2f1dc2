package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.SqlJsonPath.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads paths of SQL/JSON.
final class SqlJsonPathParser {
  private static final Set<String> METHODS =
      Set.of("type", "size", "double", "ceiling", "floor", "abs");
  private static final List<String> COMPARISONS =
      List.of("==", "!=", "<>", "<=", ">=", "=", "<", ">");

  private final String text;
  private int at;

  private SqlJsonPathParser(String text) {
    this.text = text;
  }

  static SqlJsonPath parse(String text) {
    SqlJsonPathParser parser = new SqlJsonPathParser(text);
    boolean isStrict = parser.word("strict");
    if (!isStrict) {
      parser.word("lax");
    }
    Part part = parser.or();
    parser.blanks();
    if (parser.at < text.length()) {
      throw parser.unexpected();
    }
    return new SqlJsonPath(isStrict, part);
  }

  // ---- predicates

  private Part or() {
    Part left = and();
    while (take("||")) {
      left = new SqlJsonPath.Or(left, and());
    }
    return left;
  }

  private Part and() {
    Part left = comparison();
    while (take("&&")) {
      left = new SqlJsonPath.And(left, comparison());
    }
    return left;
  }

  private Part comparison() {
    blanks();
    boolean isNot = text.startsWith("!", at) && !text.startsWith("!=", at);
    if (isNot) {
      at++;
      return new SqlJsonPath.Not(comparison());
    }
    if (word("exists")) {
      expect("(");
      Part of = or();
      expect(")");
      return new SqlJsonPath.Exists(of);
    }
    Part left = sum();
    for (String operator : COMPARISONS) {
      if (take(operator)) {
        return new SqlJsonPath.Comparison(operator, left, sum());
      }
    }
    return after(left);
  }

  private Part after(Part left) {
    if (word("starts")) {
      expectWord("with");
      return new SqlJsonPath.StartsWith(left, primary());
    }
    if (word("like_regex")) {
      String pattern = string();
      return new SqlJsonPath.LikeRegex(left, pattern(pattern, word("flag") ? string() : ""));
    }
    if (word("is")) {
      expectWord("unknown");
      return new SqlJsonPath.IsUnknown(left);
    }
    return left;
  }

  private static Pattern pattern(String regex, String flags) {
    int bits = 0;
    for (int i = 0; i < flags.length(); i++) {
      bits |=
          switch (flags.charAt(i)) {
            case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            case 's' -> Pattern.DOTALL;
            case 'm' -> Pattern.MULTILINE;
            case 'q' -> Pattern.LITERAL;
            default -> throw Errors.invalidArgument("like_regex has no flag '" + flags + "'");
          };
    }
    try {
      return Pattern.compile(regex, bits);
    } catch (PatternSyntaxException malformed) {
      throw Errors.invalidArgument(
          "'" + regex + "' is not a regular expression: " + malformed.getDescription());
    }
  }

  // ---- numbers

  private Part sum() {
    Part left = product();
    while (true) {
      if (take("+")) {
        left = new SqlJsonPath.Arithmetic('+', left, product());
      } else if (take("-")) {
        left = new SqlJsonPath.Arithmetic('-', left, product());
      } else {
        return left;
      }
    }
  }

  private Part product() {
    Part left = signed();
    while (true) {
      if (take("*")) {
        left = new SqlJsonPath.Arithmetic('*', left, signed());
      } else if (take("/")) {
        left = new SqlJsonPath.Arithmetic('/', left, signed());
      } else if (take("%")) {
        left = new SqlJsonPath.Arithmetic('%', left, signed());
      } else {
        return left;
      }
    }
  }

  private Part signed() {
    if (take("-")) {
      return new SqlJsonPath.Signed(signed(), true);
    }
    return take("+") ? new SqlJsonPath.Signed(signed(), false) : accessors(primary());
  }

  private Part primary() {
    blanks();
    if (take("(")) {
      Part inner = or();
      expect(")");
      return inner;
    }
    if (take("@")) {
      return new SqlJsonPath.Current();
    }
    if (take("$")) {
      if (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '"')) {
        throw Errors.unsupported(null, "a variable in a path of JSON");
      }
      return new SqlJsonPath.Root();
    }
    if (at < text.length() && text.charAt(at) == '"') {
      return literal(SqlJsonTree.NODES.textNode(string()));
    }
    if (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      return literal(SqlJsonTree.NODES.numberNode(number()));
    }
    return named();
  }

  private Part named() {
    int start = at;
    return switch (name()) {
      case "true" -> literal(SqlJsonTree.NODES.booleanNode(true));
      case "false" -> literal(SqlJsonTree.NODES.booleanNode(false));
      case "null" -> literal(SqlJsonTree.NODES.nullNode());
      case "last" -> new SqlJsonPath.Last();
      default -> {
        at = start;
        throw unexpected();
      }
    };
  }

  private static Part literal(JsonNode value) {
    return new SqlJsonPath.Literal(value);
  }

  // ---- accessors

  private Part accessors(Part of) {
    Part path = of;
    while (true) {
      Part next = accessor(path);
      if (next == null) {
        return path;
      }
      path = next;
    }
  }

  private @Nullable Part accessor(Part of) {
    blanks();
    if (text.startsWith(".**", at)) {
      throw Errors.unsupported(null, "'.**' in a path of JSON");
    }
    if (take(".*")) {
      return new SqlJsonPath.Member(of, null);
    }
    if (take(".")) {
      blanks();
      if (at < text.length() && text.charAt(at) == '"') {
        return new SqlJsonPath.Member(of, string());
      }
      String name = name();
      if (METHODS.contains(name) && take("(")) {
        expect(")");
        return new SqlJsonPath.Method(of, name);
      }
      return new SqlJsonPath.Member(of, name);
    }
    if (take("[")) {
      return subscripts(of);
    }
    if (take("?")) {
      expect("(");
      Part condition = or();
      expect(")");
      if (!SqlJsonPath.isPredicate(condition)) {
        throw Errors.invalidArgument("a filter in the path '" + text + "' is no condition");
      }
      return new SqlJsonPath.Filter(of, condition);
    }
    return null;
  }

  private Part subscripts(Part of) {
    List<SqlJsonPath.Range> ranges = new ArrayList<>();
    if (!take("*")) {
      do {
        Part from = sum();
        ranges.add(new SqlJsonPath.Range(from, word("to") ? sum() : null));
      } while (take(","));
    }
    expect("]");
    return new SqlJsonPath.Subscripts(of, ranges);
  }

  // ---- characters

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(String symbol) {
    blanks();
    if (!text.startsWith(symbol, at)) {
      return false;
    }
    at += symbol.length();
    return true;
  }

  private boolean word(String word) {
    blanks();
    int end = at + word.length();
    boolean isIt =
        text.startsWith(word, at) && (end >= text.length() || !isNamePart(text.charAt(end)));
    if (isIt) {
      at = end;
    }
    return isIt;
  }

  private void expect(String symbol) {
    if (!take(symbol)) {
      throw unexpected();
    }
  }

  private void expectWord(String word) {
    if (!word(word)) {
      throw unexpected();
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private String name() {
    blanks();
    int start = at;
    while (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '$')) {
      at++;
    }
    if (start == at || Character.isDigit(text.charAt(start))) {
      at = start;
      throw unexpected();
    }
    return text.substring(start, at);
  }

  private BigDecimal number() {
    int start = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || isFraction())) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException malformed) {
      at = start;
      throw unexpected();
    }
  }

  /// Whether a point begins digits rather than a method or member.
  private boolean isFraction() {
    return text.charAt(at) == '.'
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at + 1));
  }

  private String string() {
    blanks();
    int start = at;
    if (at >= text.length() || text.charAt(at) != '"') {
      throw unexpected();
    }
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = start;
      throw unexpected();
    }
    at++;
    return SqlJsonText.string(text.substring(start, at));
  }

  private QueryException unexpected() {
    String found = at < text.length() ? "'" + text.substring(at) + "'" : "the end";
    return Errors.invalidArgument(
        "the path '" + text + "' cannot be read: found " + found + " at character " + (at + 1));
  }
}
