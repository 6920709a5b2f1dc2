package io.sabot.parser.sql;

import io.sabot.plan.catalog.ChangedCatalog;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Function;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A condition over the columns of one row, as a CHECK constraint has it.
///
/// @param scan the columns that the condition reads
public record RowCondition(LogicalNode.TableScan scan, Expr condition) {

  static RowCondition of(SqlBinder binder, TableDef table, String text) {
    RowCondition condition = expression(binder, table, text, "CHECK");
    if (condition.condition.type() != Type.BOOL) {
      throw Errors.semantic(
          null,
          "CheckType",
          "CHECK (" + text + ") is " + condition.condition.type() + ", expected a condition",
          "compare it with something");
    }
    return condition;
  }

  /// Any expression over the columns of one row.
  ///
  /// @param what it is, for messages
  static RowCondition expression(SqlBinder binder, TableDef table, String text, String what) {
    SqlBinder own =
        new SqlBinder(
            ChangedCatalog.with(table, binder.catalog, List.of()),
            binder.columns,
            java.util.Map.of(),
            binder.languages);
    String quoted = '"' + table.schema() + "\".\"" + table.name() + '"';
    LogicalNode.Output plan = own.plan("SELECT (" + text + "\n) AS \"check\" FROM " + quoted);
    Column out = plan.columns().getFirst().column();
    RowCondition condition = condition(plan.input(), out, what + " (" + text + ")");
    if (dependsOnMore(condition.condition)) {
      throw Errors.unsupported(null, what + " (" + text + "), which depends on more than the row,");
    }
    return condition;
  }

  private static RowCondition condition(LogicalNode plan, Column out, String text) {
    if (plan instanceof LogicalNode.TableScan scan) {
      return new RowCondition(scan, out.ref());
    }
    if (plan instanceof LogicalNode.Project(LogicalNode.TableScan scan, var assignments)) {
      for (Assignment assignment : assignments) {
        if (assignment.column().equals(out)) {
          return new RowCondition(scan, assignment.expr());
        }
      }
    }
    throw Errors.unsupported(null, text + " with more than the columns of its row");
  }

  private static boolean dependsOnMore(Expr expr) {
    boolean isItself =
        expr instanceof Expr.Param
            || expr instanceof Expr.Call(var function, _, _)
                && function.volatility() != Function.Volatility.IMMUTABLE;
    AtomicBoolean found = new AtomicBoolean(isItself);
    expr.forEachChild(child -> found.set(found.get() || dependsOnMore(child)));
    return found.get();
  }
}
