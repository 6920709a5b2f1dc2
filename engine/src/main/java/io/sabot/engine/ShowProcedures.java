package io.sabot.engine;

import io.sabot.parser.cypher.CypherFunctionGroups;
import io.sabot.parser.cypher.ast.ShowCommand;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What SHOW shows, and what tools ask a database about itself.
final class ShowProcedures {
  private static final String NAME = "sabot";

  private ShowProcedures() {}

  static void register(Sabot database) {
    Type names = new Type.ListOf(Type.STRING);
    show(
        database,
        ShowCommand.INDEXES,
        List.of(
            Type.STRING,
            Type.STRING,
            Type.STRING,
            Type.STRING,
            names,
            names,
            Type.BOOL,
            Type.STRING));
    show(
        database,
        ShowCommand.CONSTRAINTS,
        List.of(Type.STRING, Type.STRING, Type.STRING, names, names, Type.STRING));
    show(database, ShowCommand.FUNCTIONS, List.of(Type.STRING, Type.STRING, Type.BOOL, Type.BOOL));
    show(database, ShowCommand.PROCEDURES, List.of(Type.STRING, Type.STRING));
    List<Type> words = List.of(Type.STRING, Type.STRING, Type.STRING, Type.STRING);
    List<Type> types = new ArrayList<>(words);
    types.addAll(List.of(Type.BOOL, Type.BOOL));
    show(database, ShowCommand.DATABASES, types);
    Field name = new Field("name", Type.STRING);
    add(
        database,
        "dbms.functions",
        List.of(name),
        new RegisteredProcedure.OfCatalog(ShowProcedures::functions));
    add(
        database,
        "dbms.procedures",
        List.of(name, new Field("signature", Type.STRING)),
        args -> procedures(database));
    add(
        database,
        "dbms.components",
        List.of(
            name,
            new Field("versions", new Type.ListOf(Type.STRING)),
            new Field("edition", Type.STRING)),
        args ->
            List.of(
                Map.of(
                    "name", Value.of("Sabot"),
                    "versions", Value.ListValue.of(Value.of(version())),
                    "edition", Value.of("community"))));
    add(
        database,
        "db.info",
        List.of(new Field("id", Type.STRING), name),
        args -> List.of(Map.of("id", Value.of(NAME), "name", Value.of(NAME))));
    add(
        database,
        "db.ping",
        List.of(new Field("success", Type.BOOL)),
        args -> List.of(Map.of("success", Value.TRUE)));
  }

  private static String version() {
    String version = ShowProcedures.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static void add(
      Sabot database, String name, List<Field> outputs, RegisteredProcedure.Body body) {
    database.register(new ProcedureDef(name, List.of(), outputs), body);
  }

  private static void show(Sabot database, ShowCommand command, List<Type> types) {
    List<Field> outputs = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      outputs.add(new Field(command.fields().get(i), types.get(i)));
    }
    Function<Catalog, List<Map<String, Value>>> rows =
        catalog ->
            switch (command) {
              case INDEXES -> ShowSchema.indexes(catalog);
              case CONSTRAINTS -> ShowSchema.constraints(catalog);
              case FUNCTIONS -> functions(catalog);
              case PROCEDURES -> procedures(database);
              case DATABASES -> databases();
            };
    add(database, command.procedure(), outputs, new RegisteredProcedure.OfCatalog(rows));
  }

  private static List<Map<String, Value>> functions(Catalog catalog) {
    List<Map<String, Value>> rows = new ArrayList<>();
    CypherFunctionGroups.all()
        .forEach((name, category) ->
            rows.add(
                Map.of(
                    "name", Value.of(name),
                    "category", Value.of(category),
                    "aggregating", Value.of(category.equals("Aggregating")),
                    "isBuiltIn", Value.TRUE)));
    for (UserFunction function : catalog.userFunctions()) {
      rows.add(
          Map.of(
              "name", Value.of(function.name()),
              "category", Value.of("User"),
              "aggregating", Value.of(function instanceof UserFunction.Aggregate),
              "isBuiltIn", Value.FALSE));
    }
    return rows;
  }

  private static List<Map<String, Value>> procedures(Sabot database) {
    List<Map<String, Value>> rows = new ArrayList<>();
    new TreeMap<>(database.procedures())
        .forEach((name, procedure) -> {
          if (!name.startsWith("sabot.show.")) {
            rows.add(
                Map.of(
                    "name",
                    Value.of(name),
                    "signature",
                    Value.of(signature(procedure.definition()))));
          }
        });
    return rows;
  }

  private static String signature(ProcedureDef procedure) {
    return procedure.name() + fields(procedure.inputs()) + " :: " + fields(procedure.outputs());
  }

  private static String fields(List<Field> fields) {
    return fields.stream()
        .map(f -> f.name() + " :: " + f.type())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static List<Map<String, Value>> databases() {
    Map<String, Value> row = new LinkedHashMap<>();
    row.put("name", Value.of(NAME));
    row.put("type", Value.of("standard"));
    row.put("access", Value.of("read-write"));
    row.put("currentStatus", Value.of("online"));
    row.put("default", Value.TRUE);
    row.put("home", Value.TRUE);
    return List.of(row);
  }
}
