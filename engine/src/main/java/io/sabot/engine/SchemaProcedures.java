package io.sabot.engine;

import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What the graph is made of, found by looking at all of it: which labels and relationship types
/// meet, and which properties they have. Rows of tables are among it.
final class SchemaProcedures {
  private static final String PROPERTIES =
      """
      UNWIND CASE size(keys(x)) WHEN 0 THEN [null] ELSE keys(x) END AS key
      WITH kind, key, count(*) AS found, collect(DISTINCT valueType(x[key])) AS types
      RETURN kind, key, found, types ORDER BY kind, key
      """;

  private SchemaProcedures() {}

  static void register(Sabot database) {
    Type strings = new Type.ListOf(Type.STRING);
    database.register(
        new ProcedureDef(
            "db.schema.visualization",
            List.of(),
            List.of(
                new Field("nodes", new Type.ListOf(Type.ANY)),
                new Field("relationships", new Type.ListOf(Type.ANY)))),
        args -> List.of(visualization(database)));
    database.register(
        new ProcedureDef(
            "db.schema.nodeTypeProperties",
            List.of(),
            List.of(
                new Field("nodeType", Type.STRING),
                new Field("nodeLabels", strings),
                new Field("propertyName", Type.STRING),
                new Field("propertyTypes", strings),
                new Field("mandatory", Type.BOOL))),
        args -> nodeProperties(database));
    database.register(
        new ProcedureDef(
            "db.schema.relTypeProperties",
            List.of(),
            List.of(
                new Field("relType", Type.STRING),
                new Field("propertyName", Type.STRING),
                new Field("propertyTypes", strings),
                new Field("mandatory", Type.BOOL))),
        args -> edgeProperties(database));
  }

  private static List<Row> ask(Sabot database, String query) {
    try (Session session = database.session();
        Result result = session.run(Language.CYPHER, query)) {
      return result.toList();
    }
  }

  private static Map<String, Value> visualization(Sabot database) {
    List<Value> nodes = new ArrayList<>();
    for (Row row : ask(database, "MATCH (n) UNWIND labels(n) AS l RETURN DISTINCT l ORDER BY l")) {
      nodes.add(map("name", row.value(0), "labels", Value.ListValue.of(row.value(0))));
    }
    List<Value> edges = new ArrayList<>();
    String pairs =
        "MATCH (a)-[r]->(b) UNWIND labels(a) AS s UNWIND labels(b) AS t"
            + " WITH DISTINCT s, type(r) AS type, t RETURN type, s, t ORDER BY type, s, t";
    for (Row row : ask(database, pairs)) {
      edges.add(map("name", row.value(0), "start", row.value(1), "end", row.value(2)));
    }
    return Map.of("nodes", new Value.ListValue(nodes), "relationships", new Value.ListValue(edges));
  }

  private static Value map(Object... entries) {
    Map<String, Value> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], (Value) entries[i + 1]);
    }
    return new Value.MapValue(map);
  }

  private static List<Map<String, Value>> nodeProperties(Sabot database) {
    Map<Value, Long> totals =
        totals(database, "MATCH (x) RETURN labels(x) AS kind, count(*) AS found");
    List<Map<String, Value>> rows = new ArrayList<>();
    for (Row row : ask(database, "MATCH (x) WITH x, labels(x) AS kind " + PROPERTIES)) {
      List<Value> labels = ((Value.ListValue) row.value(0)).items();
      StringBuilder type = new StringBuilder();
      labels.forEach(l -> type.append(":`").append(((Value.Str) l).value()).append('`'));
      Map<String, Value> out = new LinkedHashMap<>();
      out.put("nodeType", Value.of(type.toString()));
      out.put("nodeLabels", row.value(0));
      property(row, totals, out);
      rows.add(out);
    }
    return rows;
  }

  private static List<Map<String, Value>> edgeProperties(Sabot database) {
    Map<Value, Long> totals =
        totals(database, "MATCH ()-[x]->() RETURN type(x) AS kind, count(*) AS found");
    List<Map<String, Value>> rows = new ArrayList<>();
    for (Row row : ask(database, "MATCH ()-[x]->() WITH x, type(x) AS kind " + PROPERTIES)) {
      Map<String, Value> out = new LinkedHashMap<>();
      out.put("relType", Value.of(":`" + ((Value.Str) row.value(0)).value() + "`"));
      property(row, totals, out);
      rows.add(out);
    }
    return rows;
  }

  private static Map<Value, Long> totals(Sabot database, String query) {
    Map<Value, Long> totals = new LinkedHashMap<>();
    ask(database, query)
        .forEach(row -> totals.put(row.value(0), ((Value.Int) row.value(1)).value()));
    return totals;
  }

  /// A kind without properties has one row without a name.
  private static void property(Row row, Map<Value, Long> totals, Map<String, Value> out) {
    boolean none = row.value(1).isNull();
    out.put("propertyName", row.value(1));
    out.put("propertyTypes", none ? Value.NULL : new Value.ListValue(types(row.value(3))));
    long found = ((Value.Int) row.value(2)).value();
    out.put("mandatory", Value.of(!none && totals.getOrDefault(row.value(0), 0L) == found));
  }

  /// The names of the types, without what they say of null.
  private static List<Value> types(Value written) {
    TreeSet<String> names = new TreeSet<>();
    for (Value type : ((Value.ListValue) written).items()) {
      names.add(((Value.Str) type).value().replace(" NOT NULL", ""));
    }
    return names.stream().map(name -> (Value) Value.of(name)).toList();
  }
}
