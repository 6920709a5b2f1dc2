package io.sabot.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An edge as the query saw it. Two are equal when they are the same edge.
public record Edge(
    long id, String type, long source, long target, Map<String, @Nullable Object> properties) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Edge that && id == that.id;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }
}
