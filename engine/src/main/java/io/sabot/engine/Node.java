package io.sabot.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node as the query saw it. Two are equal when they are the same node.
public record Node(long id, List<String> labels, Map<String, @Nullable Object> properties) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Node that && id == that.id;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }
}
