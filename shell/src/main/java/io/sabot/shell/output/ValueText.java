package io.sabot.shell.output;

import io.sabot.engine.Edge;
import io.sabot.engine.Node;
import io.sabot.engine.Path;
import io.sabot.plan.function.Casts;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A value of a result as people read it: nodes and edges in Cypher's notation, RDF terms in
/// Turtle's, everything else plain.
final class ValueText {
  private ValueText() {}

  /// @param object as {@link io.sabot.engine.Row#get(int)} gives it
  static String of(@Nullable Object object) {
    return switch (object) {
      case null -> "";
      case Value.Iri(String iri) -> "<" + iri + ">";
      default -> nested(object, false);
    };
  }

  /// For formats that other programs read: IRIs without angle brackets.
  static String plain(@Nullable Object object) {
    return object instanceof Value.Iri(String iri) ? iri : of(object);
  }

  private static String nested(@Nullable Object object, boolean quoted) {
    return switch (object) {
      case null -> "null";
      case String text -> quoted ? "'" + text.replace("'", "\\'") + "'" : text;
      case BigDecimal number -> number.toPlainString();
      case List<?> items ->
          items.stream().map(i -> nested(i, true)).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map -> map(map);
      case Node node ->
          "("
              + labels(node.labels())
              + properties(node.labels().isEmpty(), node.properties())
              + ")";
      case Edge edge -> "[:" + edge.type() + properties(false, edge.properties()) + "]";
      case Path path -> path(path);
      case Value value -> term(value);
      default -> object.toString();
    };
  }

  private static String labels(List<String> labels) {
    return labels.stream().map(label -> ":" + label).collect(Collectors.joining());
  }

  private static String properties(boolean first, Map<String, ?> properties) {
    return properties.isEmpty() ? "" : (first ? "" : " ") + map(properties);
  }

  private static String map(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(e -> e.getKey() + ": " + nested(e.getValue(), true))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String path(Path path) {
    StringBuilder out = new StringBuilder(nested(path.nodes().getFirst(), false));
    for (int i = 0; i < path.edges().size(); i++) {
      Edge edge = path.edges().get(i);
      boolean forward = edge.source() == path.nodes().get(i).id();
      out.append(forward ? "-" : "<-")
          .append(nested(edge, false))
          .append(forward ? "->" : "-")
          .append(nested(path.nodes().get(i + 1), false));
    }
    return out.toString();
  }

  /// A term in the notation of N-Triples.
  static String term(Value value) {
    return switch (value) {
      case Value.Iri(String iri) -> "<" + iri + ">";
      case Value.BlankNode(String label) -> "_:" + label;
      case Value.LangString(String text, String language, String direction) ->
          quote(text) + "@" + language + (direction.isEmpty() ? "" : "--" + direction);
      case Value.TypedLiteral(String text, String type) -> quote(text) + "^^<" + type + ">";
      case Value.TripleTerm(Value s, Value p, Value o) ->
          "<<( " + triplePart(s) + " " + triplePart(p) + " " + triplePart(o) + " )>>";
      default -> Casts.text(value);
    };
  }

  /// As {@link #term}, with literals of every type written out.
  static String triplePart(Value value) {
    String datatype = RdfLiterals.isLiteral(value) ? RdfLiterals.datatype(value) : null;
    if (datatype == null || value instanceof Value.LangString) {
      return term(value);
    }
    String text = quote(RdfLiterals.lexical(value));
    return value instanceof Value.Str ? text : text + "^^<" + datatype + ">";
  }

  private static String quote(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return "\"" + escaped + "\"";
  }
}
