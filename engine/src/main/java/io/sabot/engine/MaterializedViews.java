package io.sabot.engine;

import io.sabot.optimizer.Optimizer;
import io.sabot.optimizer.OptimizerSettings;
import io.sabot.optimizer.PhaseListener;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.MaterializedViewDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.PhysicalInputs;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.statement.Statement;
import io.sabot.store.Transaction;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Definitions of views whose rows are kept, and what depends on what.
final class MaterializedViews {
  private MaterializedViews() {}

  /// Makes a view without rows; returns the id of its table.
  ///
  /// @param catalog as the session sees it
  static int create(
      Statement.CreateMaterializedView create,
      Catalog catalog,
      ColumnAllocator columns,
      Transaction transaction) {
    TableDef table = create.table();
    Set<Integer> sources = new TreeSet<>();
    readTables(
        Optimizer.optimize(
            create.plan(), catalog, OptimizerSettings.DISABLED, columns, PhaseListener.NONE),
        sources);
    TableDef before = catalog.table(table.schema(), table.name()).orElse(null);
    if (before != null && create.orReplace()) {
      if (sources.contains(before.id())) {
        throw Errors.semantic(
            null, "ViewOfItself", "materialized view '" + table.name() + "' reads itself", "");
      }
      drop(new Statement.DropMaterializedView(table.schema(), table.name(), false), transaction);
    }
    int tableId = Definitions.createTable(table, List.of(), false, transaction);
    int id = transaction.catalog().nextId();
    MaterializedViewDef view =
        new MaterializedViewDef(
            id,
            tableId,
            create.language(),
            create.query(),
            List.copyOf(sources),
            create.isPopulated());
    transaction.catalog().createView(view.stored());
    return tableId;
  }

  private static void readTables(LogicalNode node, Set<Integer> tables) {
    if (node instanceof LogicalNode.TableScan scan) {
      tables.add(scan.tableId());
    }
    node.inputs().forEach(input -> readTables(input, tables));
  }

  /// Fails when the view is not the one that a statement was bound to.
  static void checkSame(MaterializedViewDef view, Transaction transaction) {
    boolean isSame = transaction.view().catalog().materializedViews().contains(view);
    if (!isSame) {
      throw Errors.conflict("the definition of a materialized view");
    }
  }

  static void setPopulated(MaterializedViewDef view, boolean isPopulated, Transaction transaction) {
    if (view.isPopulated() != isPopulated) {
      transaction.catalog().dropView(view.id());
      transaction.catalog().createView(view.withPopulated(isPopulated).stored());
    }
  }

  static void drop(Statement.DropMaterializedView drop, Transaction transaction) {
    Catalog catalog = transaction.view().catalog();
    TableDef table = catalog.table(drop.schema(), drop.name()).orElse(null);
    MaterializedViewDef view =
        table == null ? null : catalog.materializedView(table.id()).orElse(null);
    if (table == null || view == null) {
      if (table == null && drop.ifExists()) {
        return;
      }
      throw Errors.conflict("the definition of '" + drop.name() + "'");
    }
    checkUnused(table, catalog);
    GraphDefinitions.checkUnused(table, catalog);
    transaction.catalog().dropView(view.id());
    transaction.catalog().dropTable(table.id());
  }

  /// A table that keeps the rows of a view goes with the view.
  static void checkTable(TableDef table, Catalog catalog) {
    if (catalog.materializedView(table.id()).isPresent()) {
      throw Errors.semantic(
          null,
          "MaterializedView",
          "'" + table.name() + "' is a materialized view",
          "DROP MATERIALIZED VIEW " + table.name());
    }
  }

  /// A table that a view with rows reads stays.
  static void checkUnused(TableDef table, Catalog catalog) {
    for (MaterializedViewDef view : catalog.materializedViews()) {
      if (view.sources().contains(table.id())) {
        String name = catalog.table(view.tableId()).map(TableDef::name).orElse("");
        throw Errors.semantic(
            null,
            "DependentView",
            "materialized view '" + name + "' needs '" + table.name() + "'",
            "DROP MATERIALIZED VIEW " + name + " first");
      }
    }
  }

  /// Fails when a plan reads a view that has no rows yet.
  static void checkPopulated(PhysicalNode plan, Catalog catalog) {
    for (MaterializedViewDef view : catalog.materializedViews()) {
      int table = view.tableId();
      if (!view.isPopulated() && reads(plan, table) && !changes(plan, table)) {
        String name = catalog.table(view.tableId()).map(TableDef::name).orElse("");
        throw Errors.semantic(
            null,
            "NotPopulated",
            "materialized view '" + name + "' has not been populated",
            "REFRESH MATERIALIZED VIEW " + name);
      }
    }
  }

  /// Only a refresh does.
  private static boolean changes(PhysicalNode node, int tableId) {
    return node instanceof PhysicalNode.TableModify modify && modify.tableId() == tableId
        || PhysicalInputs.of(node).stream().anyMatch(input -> changes(input, tableId));
  }

  private static boolean reads(PhysicalNode node, int tableId) {
    boolean isRead =
        switch (node) {
          case PhysicalNode.TableScan scan -> scan.tableId() == tableId;
          case PhysicalNode.RowLookup lookup -> lookup.tableId() == tableId;
          default -> false;
        };
    return isRead || PhysicalInputs.of(node).stream().anyMatch(input -> reads(input, tableId));
  }
}
