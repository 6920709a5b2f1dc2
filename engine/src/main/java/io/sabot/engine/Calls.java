package io.sabot.engine;

import io.sabot.engine.io.CsvRows;
import io.sabot.engine.io.Services;
import io.sabot.exec.run.Procedures;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.logical.LogicalNode.ProcedureCall;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a call in a plan runs: a registered procedure, or a request to a SPARQL endpoint.
record Calls(Map<String, RegisteredProcedure> registered, Access access, Catalog catalog)
    implements Procedures {
  @Override
  public List<List<Value>> call(String name, List<Value> args, List<String> fields, QueryRun run) {
    if (name.equals(CsvRows.PROCEDURE.name())) {
      return new CsvRows(access).read(args).stream().map(List::of).toList();
    }
    RegisteredProcedure procedure = registered.get(name);
    if (procedure == null) {
      return Procedures.NONE.call(name, args, fields, run);
    }
    List<List<Value>> rows = new ArrayList<>();
    for (Map<String, Value> row : answer(procedure.body(), args)) {
      rows.add(fields.stream().map(f -> row.getOrDefault(f, Value.NULL)).toList());
    }
    return rows;
  }

  private List<Map<String, Value>> answer(RegisteredProcedure.Body body, List<Value> args) {
    return body instanceof RegisteredProcedure.OfCatalog(var rows)
        ? rows.apply(catalog)
        : body.call(args);
  }

  @Override
  public List<List<List<Value>>> callAll(
      String name, List<List<Value>> args, List<String> fields, QueryRun run) {
    return name.equals(ProcedureCall.SERVICE)
        ? new Services(access, new GraphMapping(catalog)::asIri).ask(args, fields, run)
        : Procedures.super.callAll(name, args, fields, run);
  }
}
