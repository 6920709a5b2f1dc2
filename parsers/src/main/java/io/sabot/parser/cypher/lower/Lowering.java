package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.check.EmbeddedCalls;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.statement.Statement.Stage;
import io.sabot.plan.type.Type;
import java.util.List;

/// What all lowerings of one query share.
///
/// @param stages what runs before the rest of the query, in transactions of its own
record Lowering(
    Catalog catalog, ColumnAllocator columns, EmbeddedCalls embedded, List<Stage> stages) {
  Column column(String name, Type type) {
    return columns.column(name, type, true);
  }

  /// A column that is never null.
  Column certain(String name, Type type) {
    return columns.column(name, type, false);
  }

  Column columnFor(String name, Expr value) {
    return column(name, value.type());
  }

  ProcedureDef procedure(String name) {
    return catalog.procedures().stream()
        .filter(procedure -> procedure.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("procedure not checked: " + name));
  }
}
