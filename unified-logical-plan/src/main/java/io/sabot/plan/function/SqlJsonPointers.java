package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DuckDB's ways to one place of JSON: a path `$.a[0]`, a pointer `/a/0` (RFC 6901), a key, or a
/// number of an element.
final class SqlJsonPointers {
  private SqlJsonPointers() {}

  static @Nullable String find(String json, Value path) {
    if (path instanceof Value.Int(long place)) {
      return SqlJsonText.element(json, place);
    }
    String text = SqlText.text(path);
    if (text.startsWith("$")) {
      List<JsonNode> found =
          SqlJsonPathValues.find(SqlJsonPathValues.path(text), SqlJsonTree.read(json));
      return found.isEmpty() ? null : found.getFirst().toString();
    }
    return text.startsWith("/") ? pointed(json, text) : SqlJsonText.member(json, text);
  }

  private static @Nullable String pointed(String json, String pointer) {
    String part = json;
    for (String step : pointer.substring(1).split("/", -1)) {
      String key = step.replace("~1", "/").replace("~0", "~");
      part =
          SqlJsonText.kind(part) == SqlJsonText.Kind.ARRAY && key.matches("[0-9]{1,9}")
              ? SqlJsonText.element(part, Long.parseLong(key))
              : SqlJsonText.member(part, key);
      if (part == null) {
        return null;
      }
    }
    return part;
  }
}
