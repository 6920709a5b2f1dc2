package io.sabot.plan.function;

import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Entities computed from row keys, for tables seen as a graph or as RDF.
///
/// Arguments: the template, what the IRI of such an entity starts with, and the key. A row without
/// an entity form is its IRI (see {@link GraphMapping}).
public final class MappingFunctions {
  public static final Function ENTITY_NODE = entity("entity_node", Type.NODE, false);
  public static final Function ENTITY_EDGE = entity("entity_edge", Type.EDGE, true);

  /// The number of a node or edge of the native graph, as Cypher's `id` gives it; null for rows of
  /// tables, whose numbers may be the same.
  public static final Function NATIVE_ID =
      Functions.orNull("native_id", 1, 1, Type.INT64, (args, context) -> nativeId(args[0]));

  static final List<Function> ALL =
      List.of(
          ENTITY_NODE, //
          ENTITY_EDGE,
          NATIVE_ID);

  private MappingFunctions() {}

  private static Function entity(String name, Type type, boolean edge) {
    return new Function(
        name,
        3,
        Function.ANY_COUNT,
        Function.Nulls.STRICT,
        Function.Faults.NONE,
        Function.Volatility.IMMUTABLE,
        Functions.always(type),
        (args, context) ->
            GraphMapping.entity(
                (int) ((Value.Int) args[0]).value(),
                ((Value.Str) args[1]).value(),
                Arrays.asList(args).subList(2, args.length),
                edge));
  }

  private static Value nativeId(Value element) {
    long id =
        switch (element) {
          case Value.NodeRef(long node) -> node;
          case Value.EdgeRef(long edge) -> edge;
          default -> TermId.NULL;
        };
    return id != TermId.NULL && TermId.template(id) == 0
        ? Value.of(TermId.payload(id))
        : Value.NULL;
  }

  public static Expr node(int template, String prefix, List<Expr> key) {
    return call(ENTITY_NODE, template, prefix, key);
  }

  public static Expr edge(int template, String prefix, List<Expr> key) {
    return call(ENTITY_EDGE, template, prefix, key);
  }

  private static Expr call(Function function, int template, String prefix, List<Expr> key) {
    List<Expr> args =
        new ArrayList<>(List.of(Expr.lit(Value.of((long) template)), Expr.lit(Value.of(prefix))));
    args.addAll(key);
    return function.call(args);
  }
}
