package io.sabot.parser.sql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Function;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;

/// A condition over the columns of one row, as a CHECK constraint has it.
///
/// @param scan the columns that the condition reads
public record RowCondition(LogicalNode.TableScan scan, Expr condition) {

  static RowCondition of(SqlBinder binder, TableDef table, String text) {
    SqlBinder own =
        new SqlBinder(
            new WithTable(binder.catalog, table),
            binder.columns,
            java.util.Map.of(),
            binder.languages);
    String quoted = '"' + table.schema() + "\".\"" + table.name() + '"';
    LogicalNode.Output plan = own.plan("SELECT (" + text + "\n) AS \"check\" FROM " + quoted);
    Column out = plan.columns().getFirst().column();
    RowCondition condition = condition(plan.input(), out, text);
    if (condition.condition.type() != Type.BOOL) {
      throw Errors.semantic(
          null,
          "CheckType",
          "CHECK (" + text + ") is " + condition.condition.type() + ", expected a condition",
          "compare it with something");
    }
    if (dependsOnMore(condition.condition)) {
      throw Errors.unsupported(null, "CHECK (" + text + "), which depends on more than the row,");
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
    throw Errors.unsupported(null, "CHECK (" + text + ") with more than the columns of its row");
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

  /// A catalog in which a table is there that may not have been created yet.
  private record WithTable(Catalog base, TableDef table) implements Catalog {
    @Override
    public long version() {
      return base.version();
    }

    @Override
    public List<TableDef> tables() {
      List<TableDef> tables = new ArrayList<>(base.tables());
      tables.removeIf(t ->
          t.schema().equalsIgnoreCase(table.schema()) && t.name().equalsIgnoreCase(table.name()));
      tables.add(table);
      return tables;
    }

    @Override
    public List<ViewDef> views() {
      return List.of();
    }

    @Override
    public List<IndexDef> indexes() {
      return base.indexes();
    }

    @Override
    public List<GraphConstraint> constraints() {
      return base.constraints();
    }

    @Override
    public SortedSet<String> nodeLabels() {
      return base.nodeLabels();
    }

    @Override
    public SortedSet<String> edgeTypes() {
      return base.edgeTypes();
    }

    @Override
    public SortedSet<String> propertyKeys() {
      return base.propertyKeys();
    }

    @Override
    public SortedMap<String, String> prefixes() {
      return base.prefixes();
    }

    @Override
    public List<ProcedureDef> procedures() {
      return base.procedures();
    }

    @Override
    public Statistics statistics() {
      return base.statistics();
    }
  }
}
