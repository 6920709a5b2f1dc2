package io.sabot.plan.catalog;

import io.sabot.plan.type.Type;
import java.util.List;

/// What a procedure takes and yields. One without outputs is called for its effect and keeps the
/// row it is called for.
///
/// @param name with its namespace, such as `db.labels`
public record ProcedureDef(String name, List<Field> inputs, List<Field> outputs) {
  public ProcedureDef {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// An argument or result. A FLOAT64 argument also takes integers.
  public record Field(String name, Type type) {}
}
