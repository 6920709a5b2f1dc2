package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Points;
import io.sabot.plan.value.Points.Crs;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Cypher's functions on points, and on lists of numbers seen as vectors.
final class CypherSpatial {
  /// The equatorial radius that distances on the globe are computed with, in metres.
  private static final double EARTH_RADIUS = 6_378_140;

  private static final Set<String> KEYS =
      Set.of("x", "y", "z", "longitude", "latitude", "height", "crs", "srid");

  static final List<Function> ALL =
      List.of(
          Functions.throwing("cy.point", 1, Type.ANY, (args, context) -> point(args[0])), //
          Functions.throwing(
              "cy.point.distance", 2, Type.FLOAT64, (args, context) -> distance(args[0], args[1])),
          Functions.throwing(
              "cy.point.withinbbox",
              3,
              Type.BOOL,
              (args, context) -> within(args[0], args[1], args[2])),
          vectors("cosine", CypherSpatial::cosine),
          vectors("euclidean", CypherSpatial::euclidean));

  private CypherSpatial() {}

  // ---- points

  private static Value point(Value value) {
    if (!(value instanceof Value.MapValue(Map<String, Value> map))) {
      throw CypherFunctions.type(value, "a map", "point");
    }
    Set<String> unknown = new TreeSet<>(map.keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw Errors.invalidArgument("a point has no component '" + unknown.iterator().next() + "'");
    }
    if (map.values().stream().anyMatch(Value::isNull)) {
      return Value.NULL;
    }
    boolean named = map.containsKey("latitude") || map.containsKey("longitude");
    Value x = map.getOrDefault(named ? "longitude" : "x", Value.NULL);
    Value y = map.getOrDefault(named ? "latitude" : "y", Value.NULL);
    Value z = map.getOrDefault("height", map.getOrDefault("z", Value.NULL));
    if (x.isNull() || y.isNull()) {
      throw Errors.invalidArgument("a point needs x and y, or longitude and latitude");
    }
    Crs crs = system(map, named || map.containsKey("height"), !z.isNull());
    Double height = z.isNull() ? null : Double.valueOf(number(z));
    return checked(new Points(crs, number(x), number(y), height)).literal();
  }

  private static Crs system(Map<String, Value> map, boolean named, boolean solid) {
    Crs written = written(map);
    if (written == null) {
      return named ? solid ? Crs.WGS_84_3D : Crs.WGS_84 : solid ? Crs.CARTESIAN_3D : Crs.CARTESIAN;
    }
    if (written.isSolid() != solid) {
      throw Errors.invalidArgument(
          "a point in " + written.text() + " has " + (written.isSolid() ? 3 : 2) + " coordinates");
    }
    if (named && !written.isGeographic()) {
      throw Errors.invalidArgument(
          "longitude, latitude and height are not coordinates in " + written.text());
    }
    return written;
  }

  private static @Nullable Crs written(Map<String, Value> map) {
    Value crs = map.get("crs");
    Value srid = map.get("srid");
    if (crs == null && srid == null) {
      return null;
    }
    for (Crs one : Crs.values()) {
      boolean byName =
          crs instanceof Value.Str(String name) && name.toLowerCase(Locale.ROOT).equals(one.text());
      boolean byNumber = srid instanceof Value.Int(long number) && number == one.srid();
      if (byName && srid == null || byNumber && crs == null || byName && byNumber) {
        return one;
      }
    }
    throw Errors.invalidArgument(
        "unknown coordinate reference system; use wgs-84 (4326), wgs-84-3d (4979),"
            + " cartesian (7203) or cartesian-3d (9157)");
  }

  private static Points checked(Points point) {
    boolean finite =
        Double.isFinite(point.x())
            && Double.isFinite(point.y())
            && (point.z() == null || Double.isFinite(point.z()));
    if (!finite) {
      throw Errors.invalidArgument("a point has finite coordinates");
    }
    if (point.crs().isGeographic() && (Math.abs(point.y()) > 90 || Math.abs(point.x()) > 180)) {
      throw Errors.invalidArgument(
          "longitude goes from -180 to 180 and latitude from -90 to 90, found "
              + point.x()
              + " and "
              + point.y());
    }
    return point;
  }

  private static double number(Value value) {
    if (!Numbers.isNumber(value)) {
      throw CypherFunctions.type(value, "a number", "point");
    }
    return Numbers.toDouble(value);
  }

  /// Null for what is no point and for points of different systems.
  private static Value distance(Value first, Value second) {
    Points a = Points.of(first);
    Points b = Points.of(second);
    if (a == null || b == null || a.crs() != b.crs()) {
      return Value.NULL;
    }
    double up = a.z() == null || b.z() == null ? 0 : a.z() - b.z();
    if (!a.crs().isGeographic()) {
      return Value.of(Math.hypot(Math.hypot(a.x() - b.x(), a.y() - b.y()), up));
    }
    double height = a.z() == null || b.z() == null ? 0 : (a.z() + b.z()) / 2;
    double along = (EARTH_RADIUS + height) * angle(a, b);
    return Value.of(Math.hypot(along, up));
  }

  /// The angle between two places on the globe, by the haversine formula.
  private static double angle(Points a, Points b) {
    double latitude = Math.toRadians(b.y() - a.y());
    double longitude = Math.toRadians(b.x() - a.x());
    double h =
        Math.pow(Math.sin(latitude / 2), 2)
            + Math.cos(Math.toRadians(a.y()))
                * Math.cos(Math.toRadians(b.y()))
                * Math.pow(Math.sin(longitude / 2), 2);
    return 2 * Math.atan2(Math.sqrt(h), Math.sqrt(1 - h));
  }

  /// A box on the globe may cross the 180th meridian: then its left is east of its right.
  private static Value within(Value value, Value lower, Value upper) {
    Points p = Points.of(value);
    Points low = Points.of(lower);
    Points high = Points.of(upper);
    if (p == null || low == null || high == null) {
      return Value.NULL;
    }
    if (p.crs() != low.crs() || p.crs() != high.crs()) {
      return Value.NULL;
    }
    boolean crosses = p.crs().isGeographic() && low.x() > high.x();
    boolean x =
        crosses ? p.x() >= low.x() || p.x() <= high.x() : p.x() >= low.x() && p.x() <= high.x();
    boolean y = p.y() >= low.y() && p.y() <= high.y();
    boolean z =
        p.z() == null
            || low.z() == null
            || high.z() == null
            || p.z() >= low.z() && p.z() <= high.z();
    return Value.of(x && y && z);
  }

  // ---- vectors

  private static Function vectors(String name, DoubleVectors measure) {
    return Functions.throwing(
        "cy.vector.similarity." + name,
        2,
        Type.FLOAT64,
        (args, context) -> {
          double[] a = vector(args[0], name);
          double[] b = vector(args[1], name);
          if (a.length != b.length || a.length == 0) {
            throw Errors.invalidArgument(
                "vectors of " + a.length + " and " + b.length + " numbers cannot be compared");
          }
          return Value.of(measure.of(a, b));
        });
  }

  @FunctionalInterface
  private interface DoubleVectors {
    double of(double[] a, double[] b);
  }

  private static double[] vector(Value value, String name) {
    if (!(value instanceof Value.ListValue(var items))) {
      throw CypherFunctions.type(value, "a list of numbers", "vector.similarity." + name);
    }
    double[] numbers = new double[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!Numbers.isNumber(items.get(i))) {
        throw CypherFunctions.type(items.get(i), "a number", "vector.similarity." + name);
      }
      numbers[i] = Numbers.toDouble(items.get(i));
    }
    return numbers;
  }

  private static double sum(double[] a, double[] b, DoubleBinaryOperator operator) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += operator.applyAsDouble(a[i], b[i]);
    }
    return sum;
  }

  /// From 0 for opposite directions to 1 for the same.
  private static double cosine(double[] a, double[] b) {
    double lengths = Math.sqrt(sum(a, a, (x, y) -> x * y)) * Math.sqrt(sum(b, b, (x, y) -> x * y));
    if (lengths == 0) {
      throw Errors.invalidArgument("a vector of zeros has no direction");
    }
    return (1 + sum(a, b, (x, y) -> x * y) / lengths) / 2;
  }

  /// 1 for the same place, less the farther away.
  private static double euclidean(double[] a, double[] b) {
    return 1 / (1 + sum(a, b, (x, y) -> (x - y) * (x - y)));
  }
}
