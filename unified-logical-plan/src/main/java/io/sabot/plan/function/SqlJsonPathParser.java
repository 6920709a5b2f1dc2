package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.SqlJsonPath.Part;
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

  private final SqlJsonPathText in;

  private SqlJsonPathParser(SqlJsonPathText in) {
    this.in = in;
  }

  static SqlJsonPath parse(String text) {
    SqlJsonPathParser parser = new SqlJsonPathParser(new SqlJsonPathText(text));
    boolean isStrict = parser.in.word("strict");
    if (!isStrict) {
      parser.in.word("lax");
    }
    Part part = parser.or();
    if (!parser.in.isAtEnd()) {
      throw parser.in.unexpected();
    }
    return new SqlJsonPath(isStrict, part);
  }

  // ---- predicates

  private Part or() {
    Part left = and();
    while (in.take("||")) {
      left = new SqlJsonPath.Or(left, and());
    }
    return left;
  }

  private Part and() {
    Part left = comparison();
    while (in.take("&&")) {
      left = new SqlJsonPath.And(left, comparison());
    }
    return left;
  }

  private Part comparison() {
    in.blanks();
    boolean isNot = in.startsWith("!") && !in.startsWith("!=");
    if (isNot) {
      in.take("!");
      return new SqlJsonPath.Not(comparison());
    }
    if (in.word("exists")) {
      in.expect("(");
      Part of = or();
      in.expect(")");
      return new SqlJsonPath.Exists(of);
    }
    Part left = sum();
    for (String operator : COMPARISONS) {
      if (in.take(operator)) {
        return new SqlJsonPath.Comparison(operator, left, sum());
      }
    }
    return after(left);
  }

  private Part after(Part left) {
    if (in.word("starts")) {
      in.expectWord("with");
      return new SqlJsonPath.StartsWith(left, primary());
    }
    if (in.word("like_regex")) {
      String pattern = in.string();
      return new SqlJsonPath.LikeRegex(left, pattern(pattern, in.word("flag") ? in.string() : ""));
    }
    if (in.word("is")) {
      in.expectWord("unknown");
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
      if (in.take("+")) {
        left = new SqlJsonPath.Arithmetic('+', left, product());
      } else if (in.take("-")) {
        left = new SqlJsonPath.Arithmetic('-', left, product());
      } else {
        return left;
      }
    }
  }

  private Part product() {
    Part left = signed();
    while (true) {
      if (in.take("*")) {
        left = new SqlJsonPath.Arithmetic('*', left, signed());
      } else if (in.take("/")) {
        left = new SqlJsonPath.Arithmetic('/', left, signed());
      } else if (in.take("%")) {
        left = new SqlJsonPath.Arithmetic('%', left, signed());
      } else {
        return left;
      }
    }
  }

  private Part signed() {
    if (in.take("-")) {
      return new SqlJsonPath.Signed(signed(), true);
    }
    return in.take("+") ? new SqlJsonPath.Signed(signed(), false) : accessors(primary());
  }

  private Part primary() {
    in.blanks();
    if (in.take("(")) {
      Part inner = or();
      in.expect(")");
      return inner;
    }
    if (in.take("@")) {
      return new SqlJsonPath.Current();
    }
    if (in.take("$")) {
      if (SqlJsonPathText.isNamePart(in.next()) || in.next() == '"') {
        throw Errors.unsupported(null, "a variable in a path of JSON");
      }
      return new SqlJsonPath.Root();
    }
    if (in.next() == '"') {
      return literal(SqlJsonTree.NODES.textNode(in.string()));
    }
    if (Character.isDigit(in.next()) || in.next() == '.') {
      return literal(SqlJsonTree.NODES.numberNode(in.number()));
    }
    return named();
  }

  private Part named() {
    int start = in.place();
    return switch (in.name()) {
      case "true" -> literal(SqlJsonTree.NODES.booleanNode(true));
      case "false" -> literal(SqlJsonTree.NODES.booleanNode(false));
      case "null" -> literal(SqlJsonTree.NODES.nullNode());
      case "last" -> new SqlJsonPath.Last();
      default -> {
        in.back(start);
        throw in.unexpected();
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
    in.blanks();
    if (in.startsWith(".**")) {
      throw Errors.unsupported(null, "'.**' in a path of JSON");
    }
    if (in.take(".*")) {
      return new SqlJsonPath.Member(of, null);
    }
    if (in.take(".")) {
      in.blanks();
      if (in.next() == '"') {
        return new SqlJsonPath.Member(of, in.string());
      }
      String name = in.name();
      if (METHODS.contains(name) && in.take("(")) {
        in.expect(")");
        return new SqlJsonPath.Method(of, name);
      }
      return new SqlJsonPath.Member(of, name);
    }
    if (in.take("[")) {
      return subscripts(of);
    }
    if (in.take("?")) {
      in.expect("(");
      Part condition = or();
      in.expect(")");
      if (!SqlJsonPath.isPredicate(condition)) {
        throw Errors.invalidArgument("a filter in the path '" + in.text + "' is no condition");
      }
      return new SqlJsonPath.Filter(of, condition);
    }
    return null;
  }

  private Part subscripts(Part of) {
    List<SqlJsonPath.Range> ranges = new ArrayList<>();
    if (!in.take("*")) {
      do {
        Part from = sum();
        ranges.add(new SqlJsonPath.Range(from, in.word("to") ? sum() : null));
      } while (in.take(","));
    }
    in.expect("]");
    return new SqlJsonPath.Subscripts(of, ranges);
  }
}
