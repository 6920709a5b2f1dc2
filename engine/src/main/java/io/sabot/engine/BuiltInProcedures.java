package io.sabot.engine;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/// The procedures that every database has: what is in it, by the names that users of graph
/// databases know, tables seen as a graph included.
final class BuiltInProcedures {
  private BuiltInProcedures() {}

  static void register(Sabot database) {
    names(database, "db.labels", "label", BuiltInProcedures::labels);
    names(database, "db.relationshipTypes", "relationshipType", BuiltInProcedures::types);
    names(database, "db.propertyKeys", "propertyKey", BuiltInProcedures::keys);
    SchemaProcedures.register(database);
    ShowProcedures.register(database);
  }

  private static void names(
      Sabot database, String name, String field, Function<Catalog, TreeSet<String>> names) {
    database.register(
        new ProcedureDef(name, List.of(), List.of(new Field(field, Type.STRING))),
        new RegisteredProcedure.OfCatalog(catalog ->
            names.apply(catalog).stream().map(each -> Map.of(field, Value.of(each))).toList()));
  }

  private static TreeSet<String> labels(Catalog catalog) {
    TreeSet<String> labels = new TreeSet<>(catalog.nodeLabels());
    new GraphMapping(catalog).nodeTables().forEach(table -> labels.add(table.label()));
    return labels;
  }

  private static TreeSet<String> types(Catalog catalog) {
    TreeSet<String> types = new TreeSet<>(catalog.edgeTypes());
    new GraphMapping(catalog).edgeTables().forEach(table -> types.add(table.type()));
    return types;
  }

  private static TreeSet<String> keys(Catalog catalog) {
    TreeSet<String> keys = new TreeSet<>(catalog.propertyKeys());
    for (TableDef table : catalog.tables()) {
      if (table.hasPrimaryKey()) {
        table.columns().forEach(column -> keys.add(column.name()));
      }
    }
    return keys;
  }
}
