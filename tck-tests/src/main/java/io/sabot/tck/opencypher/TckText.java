package io.sabot.tck.opencypher;

import io.sabot.engine.Edge;
import io.sabot.engine.Node;
import io.sabot.engine.Path;
import io.sabot.plan.value.Durations;
import io.sabot.plan.value.Value;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Results in the notation of the TCK.
final class TckText {
  private TckText() {}

  static String of(@Nullable Object object) {
    return switch (object) {
      case null -> "null";
      case String v -> quote(v);
      case Boolean v -> v.toString();
      case Long v -> v.toString();
      case Double v -> real(v);
      case List<?> v -> v.stream().map(TckText::of).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> v -> map(v);
      case Node v -> node(v);
      case Edge v -> edge(v);
      case Path v -> path(v);
      case LocalTime v -> quote(time(v));
      case OffsetTime v -> quote(time(v.toLocalTime()) + v.getOffset());
      case java.time.LocalDateTime v -> quote(v.toLocalDate() + "T" + time(v.toLocalTime()));
      case ZonedDateTime v -> quote(zoned(v));
      case Value.Duration v -> quote(Durations.text(v));
      default -> quote(object.toString());
    };
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Inf" : "-Inf";
    }
    return Double.toString(value);
  }

  private static String time(LocalTime v) {
    String text = String.format(Locale.ROOT, "%02d:%02d", v.getHour(), v.getMinute());
    if (v.getSecond() == 0 && v.getNano() == 0) {
      return text;
    }
    text += String.format(Locale.ROOT, ":%02d", v.getSecond());
    return v.getNano() == 0
        ? text
        : text + "." + String.format(Locale.ROOT, "%09d", v.getNano()).replaceAll("0+$", "");
  }

  private static String zoned(ZonedDateTime v) {
    String local = v.toLocalDate() + "T" + time(v.toLocalTime()) + v.getOffset();
    return v.getZone() instanceof ZoneOffset ? local : local + "[" + v.getZone().getId() + "]";
  }

  private static String map(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String node(Node node) {
    String labels = node.labels().stream().map(label -> ":" + label).collect(Collectors.joining());
    return "(" + join(labels, node.properties()) + ")";
  }

  private static String edge(Edge edge) {
    return "[" + join(":" + edge.type(), edge.properties()) + "]";
  }

  private static String join(String labels, Map<String, @Nullable Object> properties) {
    if (properties.isEmpty()) {
      return labels;
    }
    return labels + (labels.isEmpty() ? "" : " ") + map(properties);
  }

  private static String path(Path path) {
    StringBuilder out = new StringBuilder("<").append(node(path.nodes().getFirst()));
    for (int i = 0; i < path.edges().size(); i++) {
      Edge edge = path.edges().get(i);
      boolean forward = edge.source() == path.nodes().get(i).id();
      out.append(forward ? "-" : "<-")
          .append(edge(edge))
          .append(forward ? "->" : "-")
          .append(node(path.nodes().get(i + 1)));
    }
    return out.append(">").toString();
  }
}
