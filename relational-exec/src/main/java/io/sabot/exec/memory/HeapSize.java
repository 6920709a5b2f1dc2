package io.sabot.exec.memory;

import io.sabot.plan.value.IntegerRange;
import io.sabot.plan.value.Value;

/// How much heap a value takes, roughly, for the account of a query.
public final class HeapSize {
  /// An object with a header, a field or two and the reference to it.
  private static final long OBJECT_BYTES = 32;

  private HeapSize() {}

  public static long of(Value value) {
    return switch (value) {
      case Value.Str(String text) -> 2 * OBJECT_BYTES + text.length();
      case Value.ListValue(var items) when items instanceof IntegerRange -> 2 * OBJECT_BYTES;
      case Value.ListValue(var items) -> 2 * OBJECT_BYTES + of(items);
      case Value.MapValue(var entries) ->
          2 * OBJECT_BYTES + entries.size() * 2 * OBJECT_BYTES + of(entries.values());
      default -> OBJECT_BYTES;
    };
  }

  private static long of(Iterable<Value> values) {
    long bytes = 0;
    for (Value value : values) {
      bytes += of(value);
    }
    return bytes;
  }

  public static long of(Value[] values) {
    long bytes = OBJECT_BYTES;
    for (Value value : values) {
      bytes += of(value);
    }
    return bytes;
  }
}
