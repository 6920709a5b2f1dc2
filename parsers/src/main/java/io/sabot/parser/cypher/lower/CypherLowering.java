package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Statement;
import io.sabot.parser.cypher.check.EmbeddedCalls;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;

/// From a checked syntax tree to the logical plan.
public final class CypherLowering {
  private CypherLowering() {}

  /// Lowers a statement that has passed the checks.
  public static LogicalNode lower(
      Statement statement, Catalog catalog, ColumnAllocator columns, EmbeddedCalls embedded) {
    return new QueryLowering(new Lowering(catalog, columns, embedded)).output(statement.query());
  }
}
