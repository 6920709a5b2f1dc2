package io.sabot.engine;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A procedure that `CALL` finds.
public record RegisteredProcedure(ProcedureDef definition, Body body) {
  /// Computes the rows of one call, each by result field.
  @FunctionalInterface
  public interface Body {
    List<Map<String, Value>> call(List<Value> args);
  }

  /// A body that asks what there is, as the transaction of the caller sees it.
  record OfCatalog(Function<Catalog, List<Map<String, Value>>> rows) implements Body {
    @Override
    public List<Map<String, Value>> call(List<Value> args) {
      throw new IllegalStateException("called without a catalog");
    }
  }
}
