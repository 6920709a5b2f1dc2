package io.sabot.engine;

import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.GraphAccess;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Between values and Java objects.
public final class JavaValues {
  private JavaValues() {}

  /// @param graph resolves nodes, edges and paths
  public static @Nullable Object toJava(Value value, GraphAccess graph) {
    return switch (value) {
      case Value.Null _ -> null;
      case Value.Bool(boolean v) -> v;
      case Value.Int(long v) -> v;
      case Value.Real(double v) -> v;
      case Value.Dec(BigDecimal v) -> v;
      case Value.Str(String v) -> v;
      case Value.Date(LocalDate v) -> v;
      case Value.Time(LocalTime v) -> v;
      case Value.ZonedTime(OffsetTime v) -> v;
      case Value.DateTime(LocalDateTime v) -> v;
      case Value.ZonedDateTime(ZonedDateTime v) -> v;
      case Value.ListValue(List<Value> items) -> {
        List<@Nullable Object> list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(toJava(item, graph)));
        yield list;
      }
      case Value.MapValue(Map<String, Value> entries) -> toMap(entries, graph);
      case Value.NodeRef(long id) ->
          new Node(
              id, PropertyGraphDef.shown(graph.labels(id)), toMap(graph.properties(id), graph));
      case Value.EdgeRef(long id) -> edge(id, graph);
      case Value.PathValue(var nodes, var edges) ->
          new Path(
              nodes.stream().map(node -> node(node, graph)).toList(),
              edges.stream().map(edge -> edge(edge, graph)).toList());
      case Value.Bytes _,
          Value.Duration _,
          Value.Iri _,
          Value.BlankNode _,
          Value.LangString _,
          Value.TypedLiteral _,
          Value.TripleTerm _ ->
          value;
    };
  }

  /// A node of a path, which may be a row of a table that is an IRI elsewhere.
  private static Node node(Value value, GraphAccess graph) {
    if (value instanceof Value.Iri iri) {
      GraphAccess.MappedElement row = row(iri, graph);
      return new Node(
          graph.idOf(iri), PropertyGraphDef.shown(row.labels()), toMap(row.properties(), graph));
    }
    return (Node) Objects.requireNonNull(toJava(value, graph));
  }

  private static Edge edge(Value value, GraphAccess graph) {
    if (value instanceof Value.Iri iri) {
      GraphAccess.MappedElement row = row(iri, graph);
      return new Edge(
          graph.idOf(iri),
          PropertyGraphDef.shown(row.labels()).getFirst(),
          graph.idOf(row.source()),
          graph.idOf(row.target()),
          toMap(row.properties(), graph));
    }
    return (Edge) Objects.requireNonNull(toJava(value, graph));
  }

  private static GraphAccess.MappedElement row(Value.Iri iri, GraphAccess graph) {
    GraphAccess.MappedElement row = graph.element(iri);
    if (row == null) {
      throw Errors.internal("a path over a row that is gone: " + iri.value(), null);
    }
    return row;
  }

  private static Edge edge(long id, GraphAccess graph) {
    List<String> types = PropertyGraphDef.shown(graph.labels(id));
    return new Edge(
        id,
        types.isEmpty() ? "" : types.getFirst(),
        graph.startNode(id),
        graph.endNode(id),
        toMap(graph.properties(id), graph));
  }

  private static Map<String, @Nullable Object> toMap(
      Map<String, Value> entries, GraphAccess graph) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    entries.forEach((key, item) -> map.put(key, toJava(item, graph)));
    return map;
  }

  /// A parameter as a value. Nodes, edges and paths of earlier results are accepted.
  public static Value toValue(@Nullable Object object) {
    return switch (object) {
      case null -> Value.NULL;
      case Value value -> value;
      case Boolean v -> Value.of(v);
      case Byte v -> Value.of(v.longValue());
      case Short v -> Value.of(v.longValue());
      case Integer v -> Value.of(v.longValue());
      case Long v -> Value.of(v);
      case Float v -> Value.of(v.doubleValue());
      case Double v -> Value.of(v);
      case BigInteger v -> Value.of(new BigDecimal(v));
      case BigDecimal v -> Value.of(v);
      case CharSequence v -> Value.of(v.toString());
      case Character v -> Value.of(v.toString());
      case LocalDate v -> new Value.Date(v);
      case LocalTime v -> new Value.Time(v);
      case OffsetTime v -> new Value.ZonedTime(v);
      case LocalDateTime v -> new Value.DateTime(v);
      case ZonedDateTime v -> new Value.ZonedDateTime(v);
      case Node v -> new Value.NodeRef(v.id());
      case Edge v -> new Value.EdgeRef(v.id());
      case java.net.URI v -> new Value.Iri(v.toString());
      case Iterable<?> v -> {
        List<Value> items = new ArrayList<>();
        v.forEach(item -> items.add(toValue(item)));
        yield new Value.ListValue(items);
      }
      case Map<?, ?> v -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        v.forEach((key, item) -> entries.put(String.valueOf(key), toValue(item)));
        yield new Value.MapValue(entries);
      }
      default ->
          throw Errors.typeMismatch(
              object.getClass().getName(), "a type that has a value", "a parameter");
    };
  }
}
