package io.sabot.plan.function;

import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.IntegerRange;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Cypher's functions on graph elements, lists, strings and conversions.
final class CypherFunctions {
  static final List<Function> ALL = all();

  private CypherFunctions() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>();
    graph(all);
    identityAndPaths(all);
    lists(all);
    strings(all);
    conversions(all);
    return List.copyOf(all);
  }

  private static void graph(List<Function> all) {
    all.add(
        Functions.throwing(
            "cy.properties",
            1,
            Type.MAP,
            (args, context) ->
                switch (args[0]) {
                  case Value.MapValue map -> map;
                  case Value.NodeRef(long id) ->
                      new Value.MapValue(context.graph().properties(alive(id, context)));
                  case Value.EdgeRef(long id) ->
                      new Value.MapValue(context.graph().properties(alive(id, context)));
                  default -> new Value.MapValue(mappedProperties(args[0], "properties", context));
                }));
    all.add(
        Functions.throwing(
            "cy.keys",
            1,
            new Type.ListOf(Type.STRING),
            (args, context) ->
                switch (args[0]) {
                  case Value.MapValue(Map<String, Value> entries) -> strings(entries.keySet());
                  case Value.NodeRef(long id) ->
                      strings(context.graph().properties(alive(id, context)).keySet());
                  case Value.EdgeRef(long id) ->
                      strings(context.graph().properties(alive(id, context)).keySet());
                  default -> strings(mappedProperties(args[0], "keys", context).keySet());
                }));
    all.add(
        Functions.throwing(
            "cy.labels",
            1,
            new Type.ListOf(Type.STRING),
            (args, context) -> {
              if (args[0] instanceof Value.NodeRef(long id)) {
                return strings(PropertyGraphDef.shown(context.graph().labels(alive(id, context))));
              }
              GraphAccess.MappedElement element = mapped(args[0], context);
              if (element != null && !element.isEdge()) {
                return strings(PropertyGraphDef.shown(element.labels()));
              }
              throw type(args[0], "a node", "labels");
            }));
    all.add(
        Functions.throwing(
            "cy.type",
            1,
            Type.STRING,
            (args, context) -> {
              if (args[0] instanceof Value.EdgeRef(long id)) {
                List<String> types = PropertyGraphDef.shown(context.graph().labels(id));
                return types.isEmpty() ? Value.NULL : Value.of(types.getFirst());
              }
              GraphAccess.MappedElement element = mapped(args[0], context);
              if (element != null && element.isEdge()) {
                return Value.of(PropertyGraphDef.shown(element.labels()).getFirst());
              }
              throw type(args[0], "a relationship", "type");
            }));
  }

  private static void identityAndPaths(List<Function> all) {
    all.add(Functions.throwing("cy.id", 1, Type.INT64, (args, context) -> id(args[0])));
    all.add(
        Functions.throwing(
            "cy.elementid",
            1,
            Type.STRING,
            (args, context) ->
                args[0] instanceof Value.Iri(String iri) && mapped(args[0], context) != null
                    ? Value.of(iri)
                    : Value.of(CypherText.of(id(args[0])))));
    all.add(
        Functions.throwing(
            "cy.startnode",
            1,
            Type.NODE,
            (args, context) -> end(args[0], context, true, "startNode")));
    all.add(
        Functions.throwing(
            "cy.endnode",
            1,
            Type.NODE,
            (args, context) -> end(args[0], context, false, "endNode")));
    all.add(
        Functions.throwing(
            "cy.nodes",
            1,
            new Type.ListOf(Type.NODE),
            (args, context) -> new Value.ListValue(List.copyOf(path(args[0], "nodes").nodes()))));
    all.add(
        Functions.throwing(
            "cy.relationships",
            1,
            new Type.ListOf(Type.EDGE),
            (args, context) ->
                new Value.ListValue(List.copyOf(path(args[0], "relationships").edges()))));
    all.add(
        Functions.throwing(
            "cy.length",
            1,
            Type.INT64,
            (args, context) -> Value.of((long) path(args[0], "length").edges().size())));
  }

  /// The entity, unless this statement has deleted it.
  static long alive(long entity, EvalContext context) {
    if (context.graph().isDeleted(entity)) {
      throw Errors.deletedEntity();
    }
    return entity;
  }

  static QueryException type(Value found, String expected, String function) {
    return Errors.typeMismatch(Kinds.name(found), expected, function + "()")
        .withDetail("InvalidArgumentValue");
  }

  private static Value strings(java.util.Collection<String> names) {
    return new Value.ListValue(names.stream().map(Value::of).toList());
  }

  private static Value id(Value value) {
    return switch (value) {
      case Value.NodeRef(long id) -> Value.of(TermId.payload(id));
      case Value.EdgeRef(long id) -> Value.of(TermId.payload(id));
      default -> throw type(value, "a node or relationship", "id");
    };
  }

  private static Value end(Value value, EvalContext context, boolean start, String function) {
    if (value instanceof Value.EdgeRef || isMapped(value, true, context)) {
      return start ? context.graph().start(value) : context.graph().end(value);
    }
    throw type(value, "a relationship", function);
  }

  /// The row of a table behind an IRI, null for anything else.
  static GraphAccess.@Nullable MappedElement mapped(Value value, EvalContext context) {
    return value instanceof Value.Iri iri ? context.graph().element(iri) : null;
  }

  private static boolean isMapped(Value value, boolean edge, EvalContext context) {
    GraphAccess.MappedElement element = mapped(value, context);
    return element != null && element.isEdge() == edge;
  }

  private static Map<String, Value> mappedProperties(
      Value value, String function, EvalContext context) {
    GraphAccess.MappedElement element = mapped(value, context);
    if (element == null) {
      throw type(value, "a node, relationship or map", function);
    }
    return element.properties();
  }

  private static Value.PathValue path(Value value, String function) {
    if (value instanceof Value.PathValue path) {
      return path;
    }
    throw type(value, "a path", function);
  }

  private static List<Value> items(Value value, String function) {
    if (value instanceof Value.ListValue(var items)) {
      return items;
    }
    throw type(value, "a list", function);
  }

  private static void lists(List<Function> all) {
    all.add(
        Functions.throwing(
            "cy.size",
            1,
            Type.INT64,
            (args, context) ->
                switch (args[0]) {
                  case Value.ListValue(var items) -> Value.of((long) items.size());
                  case Value.Str(String text) ->
                      Value.of((long) text.codePointCount(0, text.length()));
                  case Value.MapValue(var entries) -> Value.of((long) entries.size());
                  default -> throw type(args[0], "a list or string", "size");
                }));
    all.add(
        Functions.throwing(
            "cy.head",
            1,
            Type.ANY,
            (args, context) -> {
              List<Value> items = items(args[0], "head");
              return items.isEmpty() ? Value.NULL : items.getFirst();
            }));
    all.add(
        Functions.throwing(
            "cy.last",
            1,
            Type.ANY,
            (args, context) -> {
              List<Value> items = items(args[0], "last");
              return items.isEmpty() ? Value.NULL : items.getLast();
            }));
    all.add(
        Functions.throwing(
            "cy.tail",
            1,
            Type.ANY,
            (args, context) -> {
              List<Value> items = items(args[0], "tail");
              return new Value.ListValue(items.isEmpty() ? items : items.subList(1, items.size()));
            }));
    all.add(Functions.throwing("cy.range", 2, 3, Type.ANY, (args, context) -> range(args)));
    all.add(
        Functions.throwing(
            "cy.reverse",
            1,
            Type.ANY,
            (args, context) -> {
              if (args[0] instanceof Value.Str(String text)) {
                return Value.of(new StringBuilder(text).reverse().toString());
              }
              List<Value> reversed = new ArrayList<>(items(args[0], "reverse"));
              Collections.reverse(reversed);
              return new Value.ListValue(reversed);
            }));
    all.add(
        Functions.throwing(
            "cy.isempty",
            1,
            Type.BOOL,
            (args, context) ->
                switch (args[0]) {
                  case Value.ListValue(var items) -> Value.of(items.isEmpty());
                  case Value.Str(String text) -> Value.of(text.isEmpty());
                  case Value.MapValue(var entries) -> Value.of(entries.isEmpty());
                  default -> throw type(args[0], "a list, map or string", "isEmpty");
                }));
  }

  private static final int RANGE_MAX = 100_000_000;

  private static Value range(Value[] args) {
    long start = integer(args[0], "range");
    long end = integer(args[1], "range");
    long step = args.length > 2 ? integer(args[2], "range") : 1;
    if (step == 0) {
      throw new QueryException(
          ErrorCode.INVALID_ARGUMENT,
          null,
          "found step 0, expected a step other than 0 in range()",
          "",
          "NumberOutOfRange",
          null);
    }
    long count = step > 0 ? (end - start) / step + 1 : (start - end) / -step + 1;
    if (step > 0 ? start > end : start < end) {
      count = 0;
    }
    if (count > RANGE_MAX) {
      throw Errors.outOfRange("range()", "a list of " + RANGE_MAX + " elements");
    }
    return new Value.ListValue(new IntegerRange(start, step, (int) count));
  }

  private static long integer(Value value, String function) {
    if (value instanceof Value.Int(long v)) {
      return v;
    }
    throw new QueryException(
        ErrorCode.INVALID_ARGUMENT,
        null,
        "found " + Kinds.name(value) + ", expected an integer in " + function + "()",
        "",
        "InvalidArgumentType",
        null);
  }

  private static String text(Value value, String function) {
    if (value instanceof Value.Str(String v)) {
      return v;
    }
    throw type(value, "a string", function);
  }

  @FunctionalInterface
  private interface TextFunction {
    String apply(String text);
  }

  private static Function onText(String name, TextFunction function) {
    return Functions.throwing(
        "cy." + name.toLowerCase(Locale.ROOT),
        1,
        Type.STRING,
        (args, context) -> Value.of(function.apply(text(args[0], name))));
  }

  private static void strings(List<Function> all) {
    all.add(onText("toLower", text -> text.toLowerCase(Locale.ROOT)));
    all.add(onText("toUpper", text -> text.toUpperCase(Locale.ROOT)));
    all.add(
        Functions.throwing(
            "cy.left",
            2,
            Type.STRING,
            (args, context) -> {
              String text = text(args[0], "left");
              return Value.of(text.substring(0, bounded(args[1], text, "left")));
            }));
    all.add(
        Functions.throwing(
            "cy.right",
            2,
            Type.STRING,
            (args, context) -> {
              String text = text(args[0], "right");
              return Value.of(text.substring(text.length() - bounded(args[1], text, "right")));
            }));
    all.add(
        Functions.throwing(
            "cy.substring",
            2,
            3,
            Type.STRING,
            (args, context) -> {
              String text = text(args[0], "substring");
              int start = bounded(args[1], text, "substring");
              String rest = text.substring(start);
              return Value.of(
                  args.length == 2 ? rest : rest.substring(0, bounded(args[2], rest, "substring")));
            }));
    all.add(
        Functions.throwing(
            "cy.replace",
            3,
            Type.STRING,
            (args, context) ->
                Value.of(
                    text(args[0], "replace")
                        .replace(text(args[1], "replace"), text(args[2], "replace")))));
    all.add(
        Functions.throwing(
            "cy.split",
            2,
            new Type.ListOf(Type.STRING),
            (args, context) ->
                args[1] instanceof Value.ListValue(var separators)
                    ? split(text(args[0], "split"), separators)
                    : split(text(args[0], "split"), text(args[1], "split"))));
  }

  private static int bounded(Value count, String text, String function) {
    long value = integer(count, function);
    if (value < 0) {
      throw new QueryException(
          ErrorCode.INVALID_ARGUMENT,
          null,
          "found " + value + ", expected a count of at least 0 in " + function + "()",
          "",
          "NegativeIntegerArgument",
          null);
    }
    return (int) Math.min(value, text.length());
  }

  /// At whichever of the separators comes next.
  private static Value split(String text, List<Value> separators) {
    String pattern =
        separators.stream()
            .map(separator -> Pattern.quote(text(separator, "split")))
            .collect(Collectors.joining("|"));
    return new Value.ListValue(
        Arrays.stream(Pattern.compile(pattern).split(text, -1)).map(Value::of).toList());
  }

  private static Value split(String text, String separator) {
    List<Value> parts = new ArrayList<>();
    if (separator.isEmpty()) {
      text.codePoints().forEach(point -> parts.add(Value.of(Character.toString(point))));
      return new Value.ListValue(parts);
    }
    int from = 0;
    int at;
    while ((at = text.indexOf(separator, from)) >= 0) {
      parts.add(Value.of(text.substring(from, at)));
      from = at + separator.length();
    }
    parts.add(Value.of(text.substring(from)));
    return new Value.ListValue(parts);
  }

  private static void conversions(List<Function> all) {
    all.add(
        Functions.throwing(
            "cy.tostring", 1, Type.STRING, (args, context) -> Value.of(CypherText.of(args[0]))));
    all.add(
        Functions.throwing("cy.tointeger", 1, Type.INT64, (args, context) -> toInteger(args[0])));
    all.add(Functions.throwing("cy.tofloat", 1, Type.FLOAT64, (args, context) -> toFloat(args[0])));
    all.add(
        Functions.throwing("cy.toboolean", 1, Type.BOOL, (args, context) -> toBoolean(args[0])));
    Function random =
        Functions.throwing(
            "cy.randomuuid",
            0,
            Type.STRING,
            (args, context) ->
                Value.of(
                    uuid(context.random().nextLong(), context.random().nextLong()).toString()));
    all.add(volatileOne(random));
    all.add(
        volatileOne(
            Functions.throwing(
                "cy.rand",
                0,
                Type.FLOAT64,
                (args, context) -> Value.of(context.random().nextDouble()))));
    all.add(
        Functions.with(
            Functions.total(
                "cy.timestamp",
                0,
                Type.INT64,
                (args, context) -> Value.of(context.now().toEpochMilli())),
            Function.Nulls.STRICT,
            Function.Faults.NONE,
            Function.Volatility.STABLE));
  }

  /// With the marks of a random one: version 4, variant 2.
  private static UUID uuid(long high, long low) {
    return new UUID(high & ~0xF000L | 0x4000L, low & ~(3L << 62) | 1L << 63);
  }

  private static Function volatileOne(Function function) {
    return Functions.with(
        function, Function.Nulls.STRICT, Function.Faults.NONE, Function.Volatility.VOLATILE);
  }

  private static Value toInteger(Value value) {
    return switch (value) {
      case Value.Int _ -> value;
      case Value.Real(double v) -> Value.of((long) v);
      case Value.Dec(BigDecimal v) -> Value.of(v.longValue());
      case Value.Bool(boolean v) -> Value.of(v ? 1L : 0L);
      case Value.Str(String text) -> {
        try {
          yield Value.of(new BigDecimal(text.strip()).toBigInteger().longValueExact());
        } catch (ArithmeticException | NumberFormatException notAnInteger) {
          yield Value.NULL;
        }
      }
      default -> throw type(value, "a number or string", "toInteger");
    };
  }

  private static Value toFloat(Value value) {
    if (Numbers.isNumber(value)) {
      return Value.of(Numbers.toDouble(value));
    }
    if (value instanceof Value.Str(String text)) {
      try {
        return Value.of(Double.parseDouble(text.strip()));
      } catch (NumberFormatException notANumber) {
        return Value.NULL;
      }
    }
    throw type(value, "a number or string", "toFloat");
  }

  private static Value toBoolean(Value value) {
    return switch (value) {
      case Value.Bool _ -> value;
      case Value.Str(String text) ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            default -> Value.NULL;
          };
      default -> throw type(value, "a boolean or string", "toBoolean");
    };
  }
}
