package io.sabot.engine;

import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One result row.
///
/// {@link #get} gives Java objects: null, Boolean, Long, Double, BigDecimal, String, the
/// `java.time` types, List, Map, {@link Node}, {@link Edge}, {@link Path}, and {@link Value} for
/// what Java has no class for (IRIs, blank nodes, language-tagged and typed literals, durations).
public record Row(List<String> names, List<@Nullable Object> objects, List<Value> values) {
  public @Nullable Object get(int column) {
    return objects.get(column);
  }

  public @Nullable Object get(String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException("no column '" + name + "' among " + names);
    }
    return objects.get(column);
  }

  /// The value as the engine holds it; entities by identifier.
  public Value value(int column) {
    return values.get(column);
  }

  public int size() {
    return values.size();
  }
}
