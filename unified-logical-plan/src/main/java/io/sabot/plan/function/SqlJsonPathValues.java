package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.SqlJsonPath.Part;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The items that a path of SQL/JSON finds.
final class SqlJsonPathValues {
  private static final int CACHED_PATHS = 1000;
  private static final Map<String, SqlJsonPath> PATHS = new ConcurrentHashMap<>();

  private final SqlJsonPath path;
  private final JsonNode root;

  private SqlJsonPathValues(SqlJsonPath path, JsonNode root) {
    this.path = path;
    this.root = root;
  }

  static SqlJsonPath path(String text) {
    SqlJsonPath known = PATHS.get(text);
    if (known != null) {
      return known;
    }
    if (PATHS.size() >= CACHED_PATHS) {
      PATHS.clear();
    }
    SqlJsonPath read = SqlJsonPathParser.parse(text);
    PATHS.put(text, read);
    return read;
  }

  static List<JsonNode> find(SqlJsonPath path, JsonNode root) {
    return new SqlJsonPathValues(path, root).items(path.part(), root, -1);
  }

  /// @param last the last place of the array around, -1 for none
  private List<JsonNode> items(Part part, JsonNode current, int last) {
    return switch (part) {
      case SqlJsonPath.Root _ -> List.of(root);
      case SqlJsonPath.Current _ -> List.of(current);
      case SqlJsonPath.Literal(var value) -> List.of(value);
      case SqlJsonPath.Last _ -> List.of(SqlJsonTree.NODES.numberNode(BigDecimal.valueOf(last)));
      case SqlJsonPath.Member(var of, var key) -> {
        List<JsonNode> out = new ArrayList<>();
        unwrapped(items(of, current, last)).forEach(item -> member(item, key, out));
        yield out;
      }
      case SqlJsonPath.Subscripts(var of, var ranges) -> {
        List<JsonNode> out = new ArrayList<>();
        items(of, current, last).forEach(item -> elements(item, ranges, current, out));
        yield out;
      }
      case SqlJsonPath.Filter(var of, var condition) ->
          unwrapped(items(of, current, last)).stream()
              .filter(item -> Boolean.TRUE.equals(holds(condition, item)))
              .toList();
      case SqlJsonPath.Method(var of, var name) -> {
        List<JsonNode> inputs = items(of, current, last);
        boolean isOfWhole = name.equals("type") || name.equals("size");
        yield (isOfWhole ? inputs : unwrapped(inputs)).stream().map(i -> method(name, i)).toList();
      }
      case SqlJsonPath.Arithmetic(char operator, var left, var right) ->
          List.of(
              SqlJsonTree.NODES.numberNode(
                  arithmetic(operator, number(left, current, last), number(right, current, last))));
      case SqlJsonPath.Signed(var of, boolean isNegated) ->
          unwrapped(items(of, current, last)).stream()
              .map(SqlJsonPathValues::number)
              .<JsonNode>map(n -> SqlJsonTree.NODES.numberNode(isNegated ? n.negate() : n))
              .toList();
      case SqlJsonPath.Comparison _,
          SqlJsonPath.And _,
          SqlJsonPath.Or _,
          SqlJsonPath.Not _,
          SqlJsonPath.Exists _,
          SqlJsonPath.IsUnknown _,
          SqlJsonPath.StartsWith _,
          SqlJsonPath.LikeRegex _ ->
          List.of(truth(holds(part, current)));
    };
  }

  private static JsonNode truth(@Nullable Boolean holds) {
    return holds == null ? SqlJsonTree.NODES.nullNode() : SqlJsonTree.NODES.booleanNode(holds);
  }

  /// In the lax mode the elements of arrays stand for them.
  private List<JsonNode> unwrapped(List<JsonNode> items) {
    if (path.isStrict()) {
      return items;
    }
    List<JsonNode> out = new ArrayList<>();
    for (JsonNode item : items) {
      if (item.isArray()) {
        item.forEach(out::add);
      } else {
        out.add(item);
      }
    }
    return out;
  }

  private void member(JsonNode item, @Nullable String key, List<JsonNode> out) {
    if (!item.isObject()) {
      if (path.isStrict()) {
        throw Errors.invalidArgument("a path asks for a member of what is not an object");
      }
      return;
    }
    if (key == null) {
      SqlJsonTree.sorted(item).forEach(m -> out.add(m.getValue()));
      return;
    }
    JsonNode value = item.get(key);
    if (value != null) {
      out.add(value);
    } else if (path.isStrict()) {
      throw Errors.invalidArgument("JSON object does not contain the key '" + key + "'");
    }
  }

  private void elements(
      JsonNode item, List<SqlJsonPath.Range> ranges, JsonNode current, List<JsonNode> out) {
    if (!item.isArray() && path.isStrict()) {
      throw Errors.invalidArgument("a path asks for an element of what is not an array");
    }
    List<JsonNode> array = new ArrayList<>();
    if (item.isArray()) {
      item.forEach(array::add);
    } else {
      array.add(item);
    }
    if (ranges.isEmpty()) {
      out.addAll(array);
    }
    for (SqlJsonPath.Range range : ranges) {
      int last = array.size() - 1;
      long from = place(range.from(), current, last);
      long to = range.to() == null ? from : place(range.to(), current, last);
      if (path.isStrict() && (from < 0 || to > last || from > to)) {
        throw Errors.invalidArgument("a subscript of a path is outside of the array");
      }
      for (long i = Math.max(0, from); i <= Math.min(to, last); i++) {
        out.add(array.get((int) i));
      }
    }
  }

  private long place(Part part, JsonNode current, int last) {
    return number(part, current, last).setScale(0, RoundingMode.DOWN).longValue();
  }

  // ---- numbers

  private BigDecimal number(Part part, JsonNode current, int last) {
    List<JsonNode> items = unwrapped(items(part, current, last));
    if (items.size() != 1) {
      throw Errors.invalidArgument("a number in a path of JSON is not a single one");
    }
    return number(items.getFirst());
  }

  private static BigDecimal number(JsonNode item) {
    if (!item.isNumber()) {
      throw Errors.invalidArgument("a path of JSON calculates with what is not a number");
    }
    return item.decimalValue();
  }

  private static BigDecimal arithmetic(char operator, BigDecimal left, BigDecimal right) {
    if ((operator == '/' || operator == '%') && right.signum() == 0) {
      throw Errors.divisionByZero();
    }
    return switch (operator) {
      case '+' -> left.add(right);
      case '-' -> left.subtract(right);
      case '*' -> left.multiply(right);
      case '/' -> left.divide(right, MathContext.DECIMAL64);
      default -> left.remainder(right);
    };
  }

  private JsonNode method(String name, JsonNode item) {
    return switch (name) {
      case "type" -> SqlJsonTree.NODES.textNode(SqlJsonText.kind(SqlJsonTree.write(item)).text());
      case "size" -> {
        if (!item.isArray() && path.isStrict()) {
          throw Errors.invalidArgument("size() in a strict path needs an array");
        }
        yield SqlJsonTree.NODES.numberNode(BigDecimal.valueOf(item.isArray() ? item.size() : 1));
      }
      case "double" -> asDouble(item);
      case "ceiling" ->
          SqlJsonTree.NODES.numberNode(number(item).setScale(0, RoundingMode.CEILING));
      case "floor" -> SqlJsonTree.NODES.numberNode(number(item).setScale(0, RoundingMode.FLOOR));
      default -> SqlJsonTree.NODES.numberNode(number(item).abs());
    };
  }

  private static JsonNode asDouble(JsonNode item) {
    if (item.isNumber()) {
      return item;
    }
    try {
      return SqlJsonTree.NODES.numberNode(new BigDecimal(item.asText().strip()));
    } catch (NumberFormatException malformed) {
      throw Errors.invalidArgument("double() cannot read '" + item.asText() + "' as a number");
    }
  }

  // ---- predicates

  /// Null when it is not known.
  private @Nullable Boolean holds(Part condition, JsonNode current) {
    return switch (condition) {
      case SqlJsonPath.And(var left, var right) ->
          SqlJsonPathTruth.and(holds(left, current), holds(right, current));
      case SqlJsonPath.Or(var left, var right) ->
          SqlJsonPathTruth.not(
              SqlJsonPathTruth.and(
                  SqlJsonPathTruth.not(holds(left, current)),
                  SqlJsonPathTruth.not(holds(right, current))));
      case SqlJsonPath.Not(var of) -> SqlJsonPathTruth.not(holds(of, current));
      case SqlJsonPath.IsUnknown(var of) -> holds(of, current) == null;
      default -> tested(condition, current);
    };
  }

  /// An error in a predicate makes it unknown.
  private @Nullable Boolean tested(Part condition, JsonNode current) {
    try {
      return switch (condition) {
        case SqlJsonPath.Exists(var of) -> !items(of, current, -1).isEmpty();
        case SqlJsonPath.Comparison(var operator, var left, var right) ->
            any(left, right, current, (a, b) -> SqlJsonPathTruth.compare(operator, a, b));
        case SqlJsonPath.StartsWith(var of, var prefix) ->
            any(
                of,
                prefix,
                current,
                (a, b) ->
                    a.isTextual() && b.isTextual()
                        ? a.textValue().startsWith(b.textValue())
                        : null);
        case SqlJsonPath.LikeRegex(var of, var pattern) ->
            any(
                of,
                new SqlJsonPath.Root(),
                current,
                (a, _) -> a.isTextual() ? pattern.matcher(a.textValue()).find() : null);
        default -> null;
      };
    } catch (QueryException unknown) {
      return null;
    }
  }

  @FunctionalInterface
  private interface Test {
    @Nullable Boolean of(JsonNode left, JsonNode right);
  }

  private @Nullable Boolean any(Part left, Part right, JsonNode current, Test test) {
    List<JsonNode> others =
        right instanceof SqlJsonPath.Root ? List.of(root) : unwrapped(items(right, current, -1));
    boolean isUnknown = false;
    boolean isFound = false;
    for (JsonNode a : unwrapped(items(left, current, -1))) {
      for (JsonNode b : others) {
        Boolean holds = test.of(a, b);
        isUnknown |= holds == null;
        isFound |= Boolean.TRUE.equals(holds);
        if (isFound && !path.isStrict()) {
          return true;
        }
      }
    }
    return isUnknown ? null : isFound;
  }
}
