package io.sabot.plan.value;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The equalities of the three languages over values. `null` as a result means unknown.
public final class Equality {
  private Equality() {}

  /// Cypher `=`: numbers by exact value, NaN unequal to all, containers element by element with
  /// null making the answer unknown, values of different kinds unequal (CIP2016-06-14).
  public static @Nullable Boolean cypher(Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      return null;
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      Integer order = Numbers.compare(left, right);
      return order != null && order == 0;
    }
    if (left instanceof Value.ListValue(var a) && right instanceof Value.ListValue(var b)) {
      return lists(a, b);
    }
    if (left instanceof Value.MapValue(var a) && right instanceof Value.MapValue(var b)) {
      return maps(a, b);
    }
    if (left instanceof Value.ZonedTime(var a) && right instanceof Value.ZonedTime(var b)) {
      return a.equals(b);
    }
    return left.equals(right);
  }

  private static @Nullable Boolean lists(List<Value> a, List<Value> b) {
    if (a.size() != b.size()) {
      return false;
    }
    boolean unknown = false;
    for (int i = 0; i < a.size(); i++) {
      Boolean equal = cypher(a.get(i), b.get(i));
      if (equal == null) {
        unknown = true;
      } else if (!equal) {
        return false;
      }
    }
    return unknown ? null : true;
  }

  private static @Nullable Boolean maps(Map<String, Value> a, Map<String, Value> b) {
    if (!a.keySet().equals(b.keySet())) {
      return false;
    }
    boolean unknown = false;
    for (Map.Entry<String, Value> entry : a.entrySet()) {
      Boolean equal = cypher(entry.getValue(), requireNonNull(b.get(entry.getKey())));
      if (equal == null) {
        unknown = true;
      } else if (!equal) {
        return false;
      }
    }
    return unknown ? null : true;
  }

  /// One representative of all values that are the same group under {@link EqMode#EQUIVALENT}: a
  /// number with an exact integer value becomes that integer, inside containers too.
  public static Value equivalenceKey(Value value) {
    return switch (value) {
      case Value.Real(double v) when v == Math.rint(v) && Math.abs(v) < 0x1p63 ->
          new Value.Int((long) v);
      case Value.Dec dec -> decimalKey(dec);
      case Value.ListValue(var items) ->
          new Value.ListValue(items.stream().map(Equality::equivalenceKey).toList());
      case Value.MapValue(var entries) -> {
        Map<String, Value> keys = new TreeMap<>();
        entries.forEach((key, item) -> keys.put(key, equivalenceKey(item)));
        yield new Value.MapValue(keys);
      }
      default -> value;
    };
  }

  private static Value decimalKey(Value.Dec dec) {
    var canonical = TermId.canonical(dec.value());
    if (canonical.scale() == 0 && canonical.unscaledValue().bitLength() < 64) {
      return new Value.Int(canonical.longValueExact());
    }
    double asDouble = canonical.doubleValue();
    return !Double.isInfinite(asDouble)
            && new java.math.BigDecimal(asDouble).compareTo(canonical) == 0
        ? new Value.Real(asDouble)
        : dec;
  }

  /// One representative of all values that are the same under {@link EqMode#SQL}: a duration
  /// without months, an instant in UTC.
  public static Value sqlKey(Value value) {
    return switch (value) {
      case Value.Duration duration -> Durations.canonical(duration);
      case Value.ZonedDateTime(var time) ->
          new Value.ZonedDateTime(time.withZoneSameInstant(java.time.ZoneOffset.UTC));
      default -> value;
    };
  }

  /// The key under which `value` is grouped by `mode`.
  public static Value key(Value value, EqMode mode) {
    return switch (mode) {
      case SQL -> sqlKey(value);
      case TERM -> value;
      case EQUIVALENT -> equivalenceKey(value);
    };
  }
}
