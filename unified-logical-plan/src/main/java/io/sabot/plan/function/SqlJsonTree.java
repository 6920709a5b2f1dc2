package io.sabot.plan.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Ordering;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// JSON as a tree, and the normal form of PostgreSQL's jsonb: no duplicates, keys by length and
/// then by their bytes, numbers without exponent, one blank behind colons and commas.
final class SqlJsonTree {
  /// As many digits as PostgreSQL's numeric has before the point.
  private static final int DIGITS_MAX = 131_072;

  static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(SqlJsonText.FACTORY)
          .nodeFactory(NODES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Comparator<String> BY_KEY =
      Comparator.<String>comparingInt(k -> k.getBytes(StandardCharsets.UTF_8).length)
          .thenComparing(Ordering::codePoints);

  private SqlJsonTree() {}

  static JsonNode read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw SqlJsonText.malformed(text);
      }
      return node;
    } catch (JsonProcessingException malformed) {
      throw SqlJsonText.malformed(text);
    }
  }

  static String normal(String text) {
    return write(read(text));
  }

  static String write(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(out, node);
    return out.toString();
  }

  private static void write(StringBuilder out, JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        String separator = "{";
        for (Map.Entry<String, JsonNode> member : sorted(node)) {
          out.append(separator);
          SqlJsonText.quote(out, stored(member.getKey()));
          out.append(": ");
          write(out, member.getValue());
          separator = ", ";
        }
        out.append(node.isEmpty() ? "{}" : "}");
      }
      case ARRAY -> {
        String separator = "[";
        for (JsonNode element : node) {
          out.append(separator);
          write(out, element);
          separator = ", ";
        }
        out.append(node.isEmpty() ? "[]" : "]");
      }
      case STRING -> SqlJsonText.quote(out, stored(node.textValue()));
      case NUMBER -> out.append(number(node.decimalValue()));
      default -> out.append(node.asText());
    }
  }

  private static String stored(String text) {
    if (text.indexOf('\0') >= 0) {
      throw Errors.invalidArgument("\\u0000 cannot stand in a text of jsonb");
    }
    return text;
  }

  static String number(BigDecimal number) {
    if (Math.abs((long) number.scale()) > DIGITS_MAX) {
      throw Errors.outOfRange("a number of jsonb", "numeric");
    }
    return number.toPlainString();
  }

  /// The members of an object in the order of jsonb.
  static List<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
    members.sort(Map.Entry.comparingByKey(BY_KEY));
    return members;
  }

  /// As lines, each level four blanks further in.
  static String pretty(JsonNode node) {
    StringBuilder out = new StringBuilder();
    pretty(out, node, "\n");
    return out.toString();
  }

  private static void pretty(StringBuilder out, JsonNode node, String line) {
    if (!node.isContainerNode()) {
      write(out, node);
      return;
    }
    String inner = line + "    ";
    out.append(node.isObject() ? '{' : '[');
    String separator = inner;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : sorted(node)) {
        out.append(separator);
        SqlJsonText.quote(out, member.getKey());
        pretty(out.append(": "), member.getValue(), inner);
        separator = "," + inner;
      }
    } else {
      for (JsonNode element : node) {
        pretty(out.append(separator), element, inner);
        separator = "," + inner;
      }
    }
    out.append(line).append(node.isObject() ? '}' : ']');
  }

  // ---- relations

  static boolean isSame(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue()) == 0;
    }
    if (left.getNodeType() != right.getNodeType() || left.size() != right.size()) {
      return false;
    }
    if (left.isObject()) {
      return left.properties().stream()
          .allMatch(m -> right.has(m.getKey()) && isSame(m.getValue(), right.get(m.getKey())));
    }
    if (left.isArray()) {
      for (int i = 0; i < left.size(); i++) {
        if (!isSame(left.get(i), right.get(i))) {
          return false;
        }
      }
      return true;
    }
    return left.equals(right);
  }

  /// PostgreSQL's `@>`. An array contains a scalar at the top alone.
  static boolean contains(JsonNode whole, JsonNode part) {
    if (whole.isArray() && part.isValueNode()) {
      return hasElement(whole, part);
    }
    return holds(whole, part);
  }

  private static boolean holds(JsonNode whole, JsonNode part) {
    if (whole.isObject() && part.isObject()) {
      return part.properties().stream()
          .allMatch(m -> whole.has(m.getKey()) && holds(whole.get(m.getKey()), m.getValue()));
    }
    if (whole.isArray() && part.isArray()) {
      for (JsonNode wanted : part) {
        if (!hasElement(whole, wanted)) {
          return false;
        }
      }
      return true;
    }
    return whole.isValueNode() && part.isValueNode() && isSame(whole, part);
  }

  private static boolean hasElement(JsonNode whole, JsonNode wanted) {
    for (JsonNode element : whole) {
      if (holds(element, wanted)) {
        return true;
      }
    }
    return false;
  }

  // ---- changes

  static JsonNode withoutNulls(JsonNode node) {
    if (node.isObject()) {
      ObjectNode out = NODES.objectNode();
      node.properties().stream()
          .filter(m -> !m.getValue().isNull())
          .forEach(m -> out.set(m.getKey(), withoutNulls(m.getValue())));
      return out;
    }
    if (node.isArray()) {
      ArrayNode out = NODES.arrayNode();
      node.forEach(element -> out.add(withoutNulls(element)));
      return out;
    }
    return node;
  }

  static JsonNode joined(JsonNode left, JsonNode right) {
    if (left.isObject() && right.isObject()) {
      ObjectNode out = left.deepCopy();
      right.properties().forEach(m -> out.set(m.getKey(), m.getValue()));
      return out;
    }
    ArrayNode out = NODES.arrayNode();
    for (JsonNode side : List.of(left, right)) {
      if (side.isArray()) {
        side.forEach(out::add);
      } else {
        out.add(side);
      }
    }
    return out;
  }
}
