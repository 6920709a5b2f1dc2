package io.sabot.plan.catalog;

import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.type.Type;
import java.util.List;

/// A function that `CREATE FUNCTION` defined.
///
/// @param text a SQL expression over the parameters
public record FunctionDef(
    int id, String schema, String name, List<Field> parameters, Type returns, String text) {
  public FunctionDef {
    parameters = List.copyOf(parameters);
  }
}
