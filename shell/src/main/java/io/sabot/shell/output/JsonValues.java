package io.sabot.shell.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sabot.engine.Edge;
import io.sabot.engine.Node;
import io.sabot.engine.Path;
import io.sabot.engine.Row;
import io.sabot.plan.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows as JSON objects. What JSON has no value for is a text; NaN and infinities too.
final class JsonValues {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonValues() {}

  static String object(Row row) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int c = 0; c < row.size(); c++) {
      object.put(row.names().get(c), json(row.get(c)));
    }
    return MAPPER.writeValueAsString(object);
  }

  private static @Nullable Object json(@Nullable Object object) {
    return switch (object) {
      case null -> null;
      case Boolean v -> v;
      case Long v -> v;
      case BigDecimal v -> v;
      case Double v -> Double.isFinite(v) ? v : v.toString();
      case List<?> items -> {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(item -> list.add(json(item)));
        yield list;
      }
      case Map<?, ?> map -> map(map);
      case Node node ->
          fields("id", node.id(), "labels", node.labels(), "properties", map(node.properties()));
      case Edge edge ->
          fields(
              "id", edge.id(),
              "type", edge.type(),
              "source", edge.source(),
              "target", edge.target(),
              "properties", map(edge.properties()));
      case Path path -> fields("nodes", json(path.nodes()), "edges", json(path.edges()));
      case Value.LangString(String text, String language, String _) ->
          fields("value", text, "language", language);
      case Value.TypedLiteral(String text, String type) -> fields("value", text, "datatype", type);
      default -> ValueText.plain(object);
    };
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    map.forEach((key, item) -> out.put(String.valueOf(key), json(item)));
    return out;
  }

  private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return out;
  }
}
