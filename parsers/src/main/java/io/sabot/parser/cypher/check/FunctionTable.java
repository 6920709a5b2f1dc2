package io.sabot.parser.cypher.check;

import static io.sabot.parser.cypher.check.StaticType.ANY;
import static io.sabot.parser.cypher.check.StaticType.BOOLEAN;
import static io.sabot.parser.cypher.check.StaticType.FLOAT;
import static io.sabot.parser.cypher.check.StaticType.INTEGER;
import static io.sabot.parser.cypher.check.StaticType.LIST;
import static io.sabot.parser.cypher.check.StaticType.MAP;
import static io.sabot.parser.cypher.check.StaticType.NODE;
import static io.sabot.parser.cypher.check.StaticType.PATH;
import static io.sabot.parser.cypher.check.StaticType.RELATIONSHIP;
import static io.sabot.parser.cypher.check.StaticType.STRING;
import static io.sabot.parser.cypher.check.StaticType.TEMPORAL;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.function.UserFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the checks know about Cypher's functions. Names compare without case.
public final class FunctionTable {
  private static final Map<String, Entry> ENTRIES = new TreeMap<>();

  /// The functions that users made, as the statement that is being bound sees them.
  private static final ScopedValue<Catalog> USERS = ScopedValue.newInstance();

  /// @param accepts the types that the first argument may have; empty for all
  record Entry(
      String name,
      int minArgs,
      int maxArgs,
      StaticType result,
      boolean aggregate,
      List<StaticType> accepts) {
    boolean isVolatile() {
      return name.equals("rand") || name.equals("randomuuid");
    }
  }

  static {
    aggregate("count", 1, INTEGER);
    aggregate("collect", 1, LIST);
    aggregate("sum", 1, ANY);
    aggregate("avg", 1, ANY);
    aggregate("min", 1, ANY);
    aggregate("max", 1, ANY);
    aggregate("stdev", 1, FLOAT);
    aggregate("stdevp", 1, FLOAT);
    aggregate("percentilecont", 2, FLOAT);
    aggregate("percentiledisc", 2, ANY);

    scalar("id", 1, 1, INTEGER, NODE, RELATIONSHIP);
    scalar("elementid", 1, 1, STRING, NODE, RELATIONSHIP);
    scalar("labels", 1, 1, new StaticType.ListOf(STRING), NODE);
    scalar("type", 1, 1, STRING, RELATIONSHIP);
    scalar("startnode", 1, 1, NODE, RELATIONSHIP);
    scalar("endnode", 1, 1, NODE, RELATIONSHIP);
    scalar("nodes", 1, 1, new StaticType.ListOf(NODE), PATH);
    scalar("relationships", 1, 1, new StaticType.ListOf(RELATIONSHIP), PATH);
    scalar("rels", 1, 1, new StaticType.ListOf(RELATIONSHIP), PATH);
    scalar("length", 1, 1, INTEGER, PATH, STRING, LIST);
    scalar("properties", 1, 1, MAP, NODE, RELATIONSHIP, MAP);
    scalar("keys", 1, 1, new StaticType.ListOf(STRING), NODE, RELATIONSHIP, MAP);
    scalar("exists", 1, 1, BOOLEAN);

    scalar("size", 1, 1, INTEGER, STRING, LIST, MAP);
    scalar("head", 1, 1, ANY, LIST);
    scalar("last", 1, 1, ANY, LIST);
    scalar("tail", 1, 1, LIST, LIST);
    scalar("range", 2, 3, new StaticType.ListOf(INTEGER));
    scalar("reverse", 1, 1, ANY, STRING, LIST);
    scalar("coalesce", 1, Integer.MAX_VALUE, ANY);
    scalar("timestamp", 0, 0, INTEGER);
    scalar("randomuuid", 0, 0, STRING);
    scalar("isempty", 1, 1, BOOLEAN, STRING, LIST, MAP);

    scalar("toboolean", 1, 1, BOOLEAN);
    scalar("tofloat", 1, 1, FLOAT);
    scalar("tointeger", 1, 1, INTEGER);
    scalar("tostring", 1, 1, STRING);
    converting("string", STRING);
    converting("integer", INTEGER);
    converting("float", FLOAT);
    converting("boolean", BOOLEAN);

    for (String name : List.of("abs", "sign")) {
      scalar(name, 1, 1, ANY, INTEGER, FLOAT);
    }
    for (String name :
        List.of(
            "ceil",
            "floor",
            "sqrt",
            "exp",
            "log",
            "log10",
            "sin",
            "cos",
            "tan",
            "cot",
            "sinh",
            "cosh",
            "tanh",
            "coth",
            "asin",
            "acos",
            "atan",
            "degrees",
            "radians",
            "haversin")) {
      scalar(name, 1, 1, FLOAT, INTEGER, FLOAT);
    }
    scalar("round", 1, 3, FLOAT, INTEGER, FLOAT);
    scalar("atan2", 2, 2, FLOAT, INTEGER, FLOAT);
    scalar("isnan", 1, 1, BOOLEAN, INTEGER, FLOAT);
    scalar("rand", 0, 0, FLOAT);
    scalar("pi", 0, 0, FLOAT);
    scalar("e", 0, 0, FLOAT);

    for (String name : List.of("tolower", "toupper", "lower", "upper")) {
      scalar(name, 1, 1, STRING, STRING);
    }
    scalar("normalize", 1, 2, STRING, STRING);
    scalar("point", 1, 1, ANY, MAP, NODE, RELATIONSHIP);
    scalar("point.distance", 2, 2, FLOAT);
    scalar("point.withinbbox", 3, 3, BOOLEAN);
    scalar("vector.similarity.cosine", 2, 2, FLOAT, LIST);
    scalar("vector.similarity.euclidean", 2, 2, FLOAT, LIST);
    // Behind operators and clauses, not for users.
    scalar("sabot.istyped", 2, 2, BOOLEAN);
    scalar("sabot.isnormalized", 2, 2, BOOLEAN);
    scalar("sabot.concat", 2, 2, ANY, STRING, LIST);
    for (String name : List.of("trim", "btrim", "ltrim", "rtrim")) {
      scalar(name, 1, 2, STRING, STRING);
    }
    scalar("char_length", 1, 1, INTEGER, STRING);
    scalar("character_length", 1, 1, INTEGER, STRING);
    scalar("nullif", 2, 2, ANY);
    scalar("valuetype", 1, 1, STRING);
    scalar("left", 2, 2, STRING, STRING);
    scalar("right", 2, 2, STRING, STRING);
    scalar("substring", 2, 3, STRING, STRING);
    scalar("replace", 3, 3, STRING, STRING);
    scalar("split", 2, 2, new StaticType.ListOf(STRING), STRING, new StaticType.ListOf(STRING));

    for (String type : List.of("date", "time", "localtime", "datetime", "localdatetime")) {
      scalar(type, 0, 1, TEMPORAL);
      scalar(type + ".truncate", 1, 3, TEMPORAL);
      scalar(type + ".transaction", 0, 1, TEMPORAL);
      scalar(type + ".statement", 0, 1, TEMPORAL);
      scalar(type + ".realtime", 0, 1, TEMPORAL);
    }
    scalar("duration", 1, 1, TEMPORAL);
    scalar("duration.between", 2, 2, TEMPORAL);
    scalar("duration.inmonths", 2, 2, TEMPORAL);
    scalar("duration.indays", 2, 2, TEMPORAL);
    scalar("duration.inseconds", 2, 2, TEMPORAL);
    scalar("datetime.fromepoch", 2, 2, TEMPORAL);
    scalar("datetime.fromepochmillis", 1, 1, TEMPORAL);
  }

  private FunctionTable() {}

  private static void aggregate(String name, int args, StaticType result) {
    ENTRIES.put(name, new Entry(name, args, args, result, true, List.of()));
  }

  private static void scalar(
      String name, int minArgs, int maxArgs, StaticType result, StaticType... accepts) {
    ENTRIES.put(name, new Entry(name, minArgs, maxArgs, result, false, List.of(accepts)));
  }

  private static void converting(String type, StaticType result) {
    scalar("to" + type + "ornull", 1, 1, result);
    scalar("to" + type + "list", 1, 1, new StaticType.ListOf(result), LIST);
  }

  /// Does something for which the functions of a catalog are known beside Cypher's.
  public static <T> T with(Catalog catalog, Supplier<T> work) {
    return ScopedValue.where(USERS, catalog).call(work::get);
  }

  /// The function of that name that a user made; Cypher's own come first.
  public static @Nullable UserFunction user(String name) {
    return USERS.isBound() && !ENTRIES.containsKey(name.toLowerCase(Locale.ROOT))
        ? USERS.get().userFunction(name)
        : null;
  }

  static @Nullable Entry find(String name) {
    Entry entry = ENTRIES.get(name.toLowerCase(Locale.ROOT));
    UserFunction user = entry == null ? user(name) : null;
    if (user == null) {
      return entry;
    }
    int args = user.parameters().size();
    boolean aggregates = user instanceof UserFunction.Aggregate;
    return new Entry(name, args, args, ANY, aggregates, List.of());
  }

  public static boolean isAggregate(String name) {
    Entry entry = find(name);
    return entry != null && entry.aggregate();
  }

  /// All names that users may write, in lower case.
  public static Collection<String> names() {
    List<String> names =
        new ArrayList<>(
            ENTRIES.keySet().stream().filter(name -> !name.startsWith("sabot.")).toList());
    if (USERS.isBound()) {
      USERS.get().userFunctions().forEach(function -> names.add(function.name()));
    }
    return names;
  }
}
