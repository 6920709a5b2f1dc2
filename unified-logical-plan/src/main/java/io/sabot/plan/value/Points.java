package io.sabot.plan.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Points in space, as every language sees them: to RDF they are literals of GeoSPARQL's type
/// `wktLiteral`, with the coordinate reference system before the coordinates.
///
/// @param crs the coordinate reference system
/// @param z null in two dimensions
public record Points(Crs crs, double x, double y, @Nullable Double z) {
  public static final String WKT = "http://www.opengis.net/ont/geosparql#wktLiteral";

  private static final Pattern TEXT =
      Pattern.compile("<([^>]*)> POINT(?: Z)? ?\\((\\S+) (\\S+)(?: (\\S+))?\\)");

  /// The four systems: on the globe (degrees, metres up) and in the plane, with and without height.
  public enum Crs {
    WGS_84("wgs-84", 4326, "http://www.opengis.net/def/crs/OGC/1.3/CRS84", false),
    WGS_84_3D("wgs-84-3d", 4979, "http://www.opengis.net/def/crs/EPSG/0/4979", true),
    CARTESIAN("cartesian", 7203, "http://spatialreference.org/ref/sr-org/7203/", false),
    CARTESIAN_3D("cartesian-3d", 9157, "http://spatialreference.org/ref/sr-org/9157/", true);

    private final String text;
    private final int srid;
    private final String iri;
    private final boolean solid;

    Crs(String text, int srid, String iri, boolean solid) {
      this.text = text;
      this.srid = srid;
      this.iri = iri;
      this.solid = solid;
    }

    public String text() {
      return text;
    }

    public int srid() {
      return srid;
    }

    /// Whether it has a height.
    public boolean isSolid() {
      return solid;
    }

    public boolean isGeographic() {
      return this == WGS_84 || this == WGS_84_3D;
    }
  }

  public Value.TypedLiteral literal() {
    String coordinates = x + " " + y + (z == null ? "" : " " + z);
    String form = z == null ? "POINT(" : "POINT Z (";
    return new Value.TypedLiteral("<" + crs.iri + "> " + form + coordinates + ")", WKT);
  }

  public static boolean isPoint(Value value) {
    return of(value) != null;
  }

  /// The point that a value is, null when it is none.
  public static @Nullable Points of(Value value) {
    if (!(value instanceof Value.TypedLiteral(String text, String type)) || !type.equals(WKT)) {
      return null;
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    for (Crs crs : Crs.values()) {
      boolean solid = matcher.group(4) != null;
      if (crs.iri.equals(matcher.group(1)) && crs.solid == solid) {
        try {
          return new Points(
              crs,
              Double.parseDouble(matcher.group(2)),
              Double.parseDouble(matcher.group(3)),
              solid ? Double.valueOf(matcher.group(4)) : null);
        } catch (NumberFormatException _) {
          return null;
        }
      }
    }
    return null;
  }

  /// The components by name, as Cypher gives them.
  public Map<String, Value> components() {
    Map<String, Value> all = new LinkedHashMap<>();
    if (crs.isGeographic()) {
      all.put("longitude", Value.of(x));
      all.put("latitude", Value.of(y));
    }
    all.put("x", Value.of(x));
    all.put("y", Value.of(y));
    if (z != null) {
      all.put("z", Value.of(z));
      if (crs.isGeographic()) {
        all.put("height", Value.of(z));
      }
    }
    all.put("crs", Value.of(crs.text));
    all.put("srid", Value.of((long) crs.srid));
    return all;
  }

  /// The text as Cypher writes points.
  public String text() {
    return "point({srid:"
        + crs.srid
        + ", x:"
        + x
        + ", y:"
        + y
        + (z == null ? "" : ", z:" + z)
        + "})";
  }
}
