package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Building lists, maps and paths, and membership.
public final class ListFunctions {
  /// A list of the arguments.
  public static final Function LIST =
      Functions.typed(
          Functions.custom(
              "list",
              0,
              Function.ANY_COUNT,
              Type.ANY,
              (args, context) -> new Value.ListValue(List.of(args))),
          types -> new Type.ListOf(types.stream().reduce(Type::union).orElse(Type.ANY)));

  /// A map from alternating keys (strings) and values.
  public static final Function MAP =
      Functions.custom(
          "map",
          0,
          Function.ANY_COUNT,
          Type.MAP,
          (args, context) -> {
            Map<String, Value> entries = new LinkedHashMap<>();
            for (int i = 0; i < args.length; i += 2) {
              entries.put(((Value.Str) args[i]).value(), args[i + 1]);
            }
            return new Value.MapValue(entries);
          });

  /// A path from its first node and, for each step, an edge or a list of edges. The other nodes are
  /// found from the edges. Null when any part is null.
  public static final Function PATH =
      variadic(Functions.total("path", 1, Type.PATH, (args, context) -> path(args, context)));

  /// The elements of a list from last to first.
  public static final Function REVERSED =
      Functions.typed(
          Functions.total(
              "list_reversed",
              1,
              Type.ANY,
              (args, context) ->
                  new Value.ListValue(((Value.ListValue) args[0]).items().reversed())),
          List::getFirst);

  /// The entries of both maps; those of the second win.
  public static final Function MAP_MERGED =
      Functions.total(
          "map_merged",
          2,
          Type.MAP,
          (args, context) -> {
            Map<String, Value> entries = new LinkedHashMap<>(((Value.MapValue) args[0]).entries());
            entries.putAll(((Value.MapValue) args[1]).entries());
            return new Value.MapValue(entries);
          });

  /// Cypher `x IN list`: three-valued.
  public static final Function IN =
      Functions.custom("cy.in", 2, 2, Type.BOOL, (args, context) -> in(args[0], args[1]));

  /// Whether no edge occurs twice among the arguments (edges, lists of edges, lists of such).
  public static final Function ALL_DIFFERENT =
      Functions.custom(
          "all_different",
          1,
          Function.ANY_COUNT,
          Type.BOOL,
          (args, context) -> Value.of(allDifferent(args)));

  static final List<Function> ALL =
      List.of(
          LIST, //
          MAP,
          PATH,
          REVERSED,
          MAP_MERGED,
          IN,
          ALL_DIFFERENT);

  private ListFunctions() {}

  private static Function variadic(Function function) {
    return new Function(
        function.name(),
        1,
        Function.ANY_COUNT,
        function.nulls(),
        function.faults(),
        function.volatility(),
        function.typeRule(),
        function.scalar());
  }

  private static Value in(Value item, Value list) {
    if (list.isNull()) {
      return Value.NULL;
    }
    if (!(list instanceof Value.ListValue(var items))) {
      throw io.sabot.plan.error.Errors.typeMismatch(Kinds.name(list), "a list", "IN");
    }
    boolean unknown = false;
    for (Value candidate : items) {
      Boolean equal = Equality.cypher(item, candidate);
      if (equal == null) {
        unknown = true;
      } else if (equal) {
        return Value.TRUE;
      }
    }
    return unknown ? Value.NULL : Value.FALSE;
  }

  private static boolean allDifferent(Value[] args) {
    java.util.Set<Value> seen = new java.util.HashSet<>();
    for (Value arg : args) {
      if (!addAll(arg, seen)) {
        return false;
      }
    }
    return true;
  }

  private static boolean addAll(Value value, java.util.Set<Value> seen) {
    if (value instanceof Value.ListValue(var items)) {
      for (Value item : items) {
        if (!addAll(item, seen)) {
          return false;
        }
      }
      return true;
    }
    return value.isNull() || seen.add(value);
  }

  private static Value path(Value[] args, EvalContext context) {
    List<Value> nodes = new ArrayList<>();
    List<Value> edges = new ArrayList<>();
    nodes.add(args[0]);
    for (int i = 1; i < args.length; i++) {
      switch (args[i]) {
        case Value.ListValue(var items) ->
            items.forEach(item -> step(item, nodes, edges, context.graph()));
        default -> step(args[i], nodes, edges, context.graph());
      }
    }
    return new Value.PathValue(nodes, edges);
  }

  static void step(Value edge, List<Value> nodes, List<Value> edges, GraphAccess graph) {
    Value from = graph.start(edge);
    Value to = graph.end(edge);
    edges.add(edge);
    nodes.add(nodes.getLast().equals(from) ? to : from);
  }
}
