package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// What a path in sections (`PathSpec.Sections`) says about each variable of its pattern. The
/// second argument, or the first where no node is asked for, is the list of the sections' edges.
public final class PathFunctions {
  private static final Type EDGES = new Type.ListOf(Type.EDGE);
  private static final Type NODES = new Type.ListOf(Type.NODE);

  /// All edges in order.
  public static final Function FLAT =
      Functions.total(
          "path_edges", 1, EDGES, (args, context) -> new Value.ListValue(flat(args[0])));

  /// The first edge of a section: sections, number of the section.
  public static final Function EDGE =
      Functions.total(
          "path_edge",
          2,
          Type.EDGE,
          (args, context) -> section(args[0], integer(args[1])).getFirst());

  /// The node where a section ends: source, sections, number of the section.
  public static final Function NODE =
      Functions.total(
          "path_node",
          3,
          Type.NODE,
          (args, context) ->
              nodes(args[0], args[1], context).get(before(args[1], integer(args[2]) + 1)));

  /// One edge of each repetition of a section: sections, number of the section, edges of one
  /// repetition, which of them.
  public static final Function GROUP_EDGES =
      Functions.total(
          "path_group_edges",
          4,
          EDGES,
          (args, context) -> {
            List<Value> edges = section(args[0], integer(args[1]));
            List<Value> group = new ArrayList<>();
            for (int i = integer(args[3]); i < edges.size(); i += integer(args[2])) {
              group.add(edges.get(i));
            }
            return new Value.ListValue(group);
          });

  /// One node of each repetition of a section: source, sections, number of the section, edges of
  /// one repetition, which of the nodes (0 is the first).
  public static final Function GROUP_NODES =
      Functions.total(
          "path_group_nodes",
          5,
          NODES,
          (args, context) -> {
            int section = integer(args[2]);
            int stride = integer(args[3]);
            int first = before(args[1], section);
            int edges = section(args[1], section).size();
            List<Value> nodes = nodes(args[0], args[1], context);
            List<Value> group = new ArrayList<>();
            for (int i = 0; i < edges; i += stride) {
              group.add(nodes.get(first + i + integer(args[4])));
            }
            return new Value.ListValue(group);
          });

  static final List<Function> ALL =
      List.of(
          FLAT, //
          EDGE,
          NODE,
          GROUP_EDGES,
          GROUP_NODES);

  private PathFunctions() {}

  private static int integer(Value value) {
    return (int) ((Value.Int) value).value();
  }

  private static List<Value> section(Value sections, int number) {
    return ((Value.ListValue) ((Value.ListValue) sections).items().get(number)).items();
  }

  private static List<Value> flat(Value sections) {
    List<Value> edges = new ArrayList<>();
    for (Value section : ((Value.ListValue) sections).items()) {
      edges.addAll(((Value.ListValue) section).items());
    }
    return edges;
  }

  /// How many edges the sections before one have.
  private static int before(Value sections, int number) {
    int edges = 0;
    for (int i = 0; i < number; i++) {
      edges += section(sections, i).size();
    }
    return edges;
  }

  private static List<Value> nodes(Value source, Value sections, EvalContext context) {
    List<Value> nodes = new ArrayList<>();
    nodes.add(source);
    for (Value edge : flat(sections)) {
      ListFunctions.step(edge, nodes, new ArrayList<>(), context.graph());
    }
    return nodes;
  }
}
