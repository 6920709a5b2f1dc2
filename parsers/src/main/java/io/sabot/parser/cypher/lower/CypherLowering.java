package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Statement;
import io.sabot.parser.cypher.check.EmbeddedCalls;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.statement.Statement.Stage;
import java.util.List;

/// From a checked syntax tree to the logical plan.
public final class CypherLowering {
  private CypherLowering() {}

  /// Lowers a statement that has passed the checks.
  ///
  /// @param stages where what runs before, in transactions of its own, is put
  public static LogicalNode lower(
      Statement statement,
      Catalog catalog,
      ColumnAllocator columns,
      EmbeddedCalls embedded,
      List<Stage> stages) {
    Lowering lowering = new Lowering(catalog, columns, embedded, stages);
    return new QueryLowering(lowering).output(statement.query());
  }
}
