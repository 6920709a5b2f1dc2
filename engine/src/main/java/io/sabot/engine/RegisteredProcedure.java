package io.sabot.engine;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;

/// A procedure that `CALL` finds.
public record RegisteredProcedure(ProcedureDef definition, Body body) {
  /// Computes the rows of one call, each by result field.
  @FunctionalInterface
  public interface Body {
    List<Map<String, Value>> call(List<Value> args);
  }

  /// A body that asks what there is, as the transaction of the caller sees it.
  @FunctionalInterface
  interface OfCatalog extends Body {
    List<Map<String, Value>> rows(Catalog catalog);

    @Override
    default List<Map<String, Value>> call(List<Value> args) {
      throw new IllegalStateException("called without a catalog");
    }
  }
}
