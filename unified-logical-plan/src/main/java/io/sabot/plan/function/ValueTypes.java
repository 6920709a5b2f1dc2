package io.sabot.plan.function;

import io.sabot.plan.value.Points;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The types of values in Cypher's words, `LIST<INTEGER NOT NULL> | STRING`, for `valueType()` and
/// `IS ::`.
public final class ValueTypes {
  /// In the order in which a union lists them.
  private static final List<String> ORDER =
      List.of(
          "NOTHING",
          "NULL",
          "BOOLEAN",
          "STRING",
          "INTEGER",
          "FLOAT",
          "DATE",
          "LOCAL TIME",
          "ZONED TIME",
          "LOCAL DATETIME",
          "ZONED DATETIME",
          "DURATION",
          "POINT",
          "NODE",
          "RELATIONSHIP",
          "MAP",
          "LIST",
          "PATH",
          "PROPERTY VALUE",
          "ANY");

  private static final Map<String, String> SYNONYMS = synonyms();

  private ValueTypes() {}

  private static Map<String, String> synonyms() {
    Map<String, String> all = new TreeMap<>();
    ORDER.forEach(name -> all.put(name, name));
    all.put("BOOL", "BOOLEAN");
    all.put("VARCHAR", "STRING");
    all.put("INT", "INTEGER");
    all.put("SIGNED INTEGER", "INTEGER");
    all.put("TIME WITHOUT TIMEZONE", "LOCAL TIME");
    all.put("TIME WITHOUT TIME ZONE", "LOCAL TIME");
    all.put("TIME WITH TIMEZONE", "ZONED TIME");
    all.put("TIME WITH TIME ZONE", "ZONED TIME");
    all.put("TIMESTAMP WITHOUT TIMEZONE", "LOCAL DATETIME");
    all.put("TIMESTAMP WITHOUT TIME ZONE", "LOCAL DATETIME");
    all.put("TIMESTAMP WITH TIMEZONE", "ZONED DATETIME");
    all.put("TIMESTAMP WITH TIME ZONE", "ZONED DATETIME");
    all.put("VERTEX", "NODE");
    all.put("ANY NODE", "NODE");
    all.put("ANY VERTEX", "NODE");
    all.put("EDGE", "RELATIONSHIP");
    all.put("ANY EDGE", "RELATIONSHIP");
    all.put("ANY RELATIONSHIP", "RELATIONSHIP");
    all.put("ANY MAP", "MAP");
    all.put("ANY PROPERTY VALUE", "PROPERTY VALUE");
    all.put("ARRAY", "LIST");
    all.put("ANY VALUE", "ANY");
    return all;
  }

  public static boolean isName(String words) {
    return SYNONYMS.containsKey(words);
  }

  /// The names of types, for messages.
  public static String names() {
    return String.join(", ", ORDER);
  }

  /// The type of a value.
  static String of(Value value) {
    return value.isNull() ? "NULL" : name(value) + " NOT NULL";
  }

  private static String name(Value value) {
    return value instanceof Value.ListValue(List<Value> items)
        ? "LIST<" + elements(items) + ">"
        : plain(value);
  }

  private static String plain(Value value) {
    return switch (value) {
      case Value.Null _ -> "NULL";
      case Value.Bool _ -> "BOOLEAN";
      case Value.Int _ -> "INTEGER";
      case Value.Real _, Value.Dec _ -> "FLOAT";
      case Value.Str _ -> "STRING";
      case Value.Date _ -> "DATE";
      case Value.Time _ -> "LOCAL TIME";
      case Value.ZonedTime _ -> "ZONED TIME";
      case Value.DateTime _ -> "LOCAL DATETIME";
      case Value.ZonedDateTime _ -> "ZONED DATETIME";
      case Value.Duration _ -> "DURATION";
      case Value.MapValue _ -> "MAP";
      case Value.NodeRef _ -> "NODE";
      case Value.EdgeRef _ -> "RELATIONSHIP";
      case Value.PathValue _ -> "PATH";
      case Value.ListValue _ -> "LIST";
      case Value.TypedLiteral literal -> Points.isPoint(literal) ? "POINT" : "ANY";
      case Value.Bytes _, Value.Iri _, Value.BlankNode _, Value.LangString _, Value.TripleTerm _ ->
          "ANY";
    };
  }

  /// What the elements are: a null among them makes each type nullable.
  private static String elements(List<Value> items) {
    if (items.isEmpty()) {
      return "NOTHING";
    }
    boolean nullable = items.stream().anyMatch(Value::isNull);
    Map<String, String> names = new LinkedHashMap<>();
    items.stream()
        .filter(item -> !item.isNull())
        .sorted((a, b) -> Integer.compare(ORDER.indexOf(plain(a)), ORDER.indexOf(plain(b))))
        .forEach(item -> names.put(name(item), nullable ? "" : " NOT NULL"));
    return names.isEmpty()
        ? "NULL"
        : names.entrySet().stream()
            .map(e -> e.getKey() + e.getValue())
            .collect(Collectors.joining(" | "));
  }

  /// Whether a value is of a type, written as the front-end writes types.
  static boolean matches(Value value, String type) {
    return alternatives(type).stream().anyMatch(one -> matchesOne(value, one));
  }

  private static boolean matchesOne(Value value, String type) {
    boolean notNull = type.endsWith(" NOT NULL");
    String bare = notNull ? type.substring(0, type.length() - " NOT NULL".length()) : type;
    int open = bare.indexOf('<');
    String name = SYNONYMS.getOrDefault(open < 0 ? bare : bare.substring(0, open), "ANY");
    if (value.isNull()) {
      return !notNull && !name.equals("NOTHING");
    }
    String inner = open < 0 ? "" : bare.substring(open + 1, bare.length() - 1);
    return switch (name) {
      case "NOTHING", "NULL" -> false;
      case "ANY" -> inner.isEmpty() || matches(value, inner);
      case "PROPERTY VALUE" -> isProperty(value);
      case "LIST" ->
          value instanceof Value.ListValue(var items)
              && (inner.isEmpty() || items.stream().allMatch(item -> matches(item, inner)));
      default -> plain(value).equals(name);
    };
  }

  private static boolean isProperty(Value value) {
    return switch (plain(value)) {
      case "NODE", "RELATIONSHIP", "PATH", "MAP", "ANY" -> false;
      case "LIST" ->
          value instanceof Value.ListValue(var items)
              && items.stream().allMatch(item -> !item.isNull() && isProperty(item));
      default -> true;
    };
  }

  /// The parts of a union, those inside angle brackets left alone.
  private static List<String> alternatives(String type) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      depth += c == '<' ? 1 : c == '>' ? -1 : 0;
      if (c == '|' && depth == 0) {
        parts.add(type.substring(from, i).strip());
        from = i + 1;
      }
    }
    parts.add(type.substring(from).strip());
    return parts;
  }
}
