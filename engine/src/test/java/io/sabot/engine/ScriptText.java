package io.sabot.engine;

import io.sabot.plan.function.Casts;
import io.sabot.plan.value.Durations;
import io.sabot.plan.value.Points;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Results as scripts write them: SQL's cells as SQL prints them, Cypher's and SPARQL's in Cypher's
/// notation with IRIs in angle brackets.
final class ScriptText {
  private ScriptText() {}

  static String row(Row row, Language language) {
    List<String> cells = new ArrayList<>();
    for (int c = 0; c < row.size(); c++) {
      cells.add(language == Language.SQL ? sql(row.value(c)) : of(row.get(c), false));
    }
    return String.join("|", cells);
  }

  private static String sql(Value value) {
    return switch (value) {
      case Value.Null _ -> "NULL";
      case Value.Duration duration -> Durations.text(duration);
      case Value.ListValue(var items) -> items.stream().map(ScriptText::sql).toList().toString();
      case Value.Bytes(String hex) -> hex;
      default -> Casts.text(value);
    };
  }

  private static String of(@Nullable Object object, boolean quoted) {
    return switch (object) {
      case null -> "null";
      case String text -> quoted ? "'" + text + "'" : text;
      case List<?> items ->
          items.stream().map(i -> of(i, true)).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map -> map(map);
      case Node node ->
          "(" + labels(node.labels()) + properties(node.labels(), node.properties()) + ")";
      case Edge edge -> "[:" + edge.type() + properties(List.of(""), edge.properties()) + "]";
      case Path path -> path(path);
      case Value.Duration duration -> Durations.text(duration);
      case Value.Iri(String iri) -> "<" + iri + ">";
      case Value.TypedLiteral literal when Points.of(literal) instanceof Points point ->
          point.text();
      case Value.TypedLiteral(String text, String type) -> "'" + text + "'^^<" + type + ">";
      case Value.LangString(String text, String tag, _) -> "'" + text + "'@" + tag;
      default -> object.toString();
    };
  }

  private static String labels(List<String> labels) {
    return labels.stream().map(label -> ":" + label).collect(Collectors.joining());
  }

  private static String properties(List<String> before, Map<String, ?> properties) {
    return properties.isEmpty() ? "" : (before.isEmpty() ? "" : " ") + map(properties);
  }

  private static String map(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(e -> e.getKey() + ": " + of(e.getValue(), true))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String path(Path path) {
    StringBuilder out = new StringBuilder(of(path.nodes().getFirst(), false));
    for (int i = 0; i < path.edges().size(); i++) {
      Edge edge = path.edges().get(i);
      boolean forward = edge.source() == path.nodes().get(i).id();
      out.append(forward ? "-" : "<-")
          .append(of(edge, false))
          .append(forward ? "->" : "-")
          .append(of(path.nodes().get(i + 1), false));
    }
    return out.toString();
  }
}
