package io.sabot.parser.cypher;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The functions that users can call, as they are written, by what they are for.
public final class CypherFunctionGroups {
  private static final Map<String, List<String>> GROUPS =
      Map.ofEntries(
          group(
              "Aggregating",
              "avg collect count max min percentileCont percentileDisc stDev stDevP sum"),
          group(
              "Scalar",
              "char_length character_length coalesce elementId endNode head id last length nullIf"
                  + " properties randomUUID size startNode timestamp toBoolean toBooleanOrNull"
                  + " toFloat toFloatOrNull toInteger toIntegerOrNull type valueType"),
          group(
              "List",
              "keys labels nodes range relationships rels reverse tail toBooleanList toFloatList"
                  + " toIntegerList toStringList"),
          group("Predicate", "exists isEmpty"),
          group("Numeric", "abs ceil floor isNaN rand round sign"),
          group("Logarithmic", "e exp log log10 sqrt"),
          group(
              "Trigonometric",
              "acos asin atan atan2 cos cosh cot coth degrees haversin pi radians sin sinh tan"
                  + " tanh"),
          group(
              "String",
              "btrim left lower ltrim normalize replace right rtrim split substring toLower"
                  + " toString toStringOrNull toUpper trim upper"),
          group("Spatial", "point point.distance point.withinBBox"),
          group("Vector", "vector.similarity.cosine vector.similarity.euclidean"),
          group(
              "Temporal",
              "date date.realtime date.statement date.transaction date.truncate datetime"
                  + " datetime.fromEpoch datetime.fromEpochMillis datetime.realtime"
                  + " datetime.statement datetime.transaction datetime.truncate localdatetime"
                  + " localdatetime.realtime localdatetime.statement localdatetime.transaction"
                  + " localdatetime.truncate localtime localtime.realtime localtime.statement"
                  + " localtime.transaction localtime.truncate time time.realtime time.statement"
                  + " time.transaction time.truncate"),
          group(
              "Duration",
              "duration duration.between duration.inDays duration.inMonths duration.inSeconds"));

  private CypherFunctionGroups() {}

  private static Map.Entry<String, List<String>> group(String name, String functions) {
    return Map.entry(name, List.of(functions.split(" ")));
  }

  /// Every function by name, with its group.
  public static SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    GROUPS.forEach((group, functions) -> functions.forEach(name -> all.put(name, group)));
    return all;
  }
}
