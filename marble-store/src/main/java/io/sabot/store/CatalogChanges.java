package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A transaction's changes to the catalog.
final class CatalogChanges implements CatalogWriter {
  private static final String MAIN = "main";

  private final StoreTransaction transaction;
  private final CatalogData base;
  private CatalogData current;
  private final Set<Integer> changedTables = new HashSet<>();
  private final Set<Integer> droppedTables = new HashSet<>();

  CatalogChanges(StoreTransaction transaction, CatalogData base) {
    this.transaction = transaction;
    this.base = base;
    this.current = base;
  }

  CatalogData current() {
    return current;
  }

  boolean isChanged() {
    return current != base;
  }

  /// Tables that were altered or dropped; created ones are not in here.
  Set<Integer> changedTables() {
    return changedTables;
  }

  Set<Integer> droppedTables() {
    return droppedTables;
  }

  @Override
  public int nextId() {
    return Math.toIntExact(transaction.store().ids().catalog.getAndIncrement());
  }

  private static QueryException duplicate(String kind, String name) {
    return new QueryException(
        ErrorCode.DUPLICATE_NAME,
        null,
        kind + " '" + name + "' exists already",
        "drop it first, or choose another name");
  }

  private static QueryException missing(String kind, Object name) {
    return new QueryException(
        ErrorCode.UNKNOWN_TABLE, null, kind + " '" + name + "' does not exist", "");
  }

  @Override
  public void createSchema(String name) {
    if (name.equalsIgnoreCase(MAIN) || current.schemas().contains(name)) {
      throw duplicate("schema", name);
    }
    TreeSet<String> schemas = new TreeSet<>(current.schemas());
    schemas.add(name);
    replace(
        new CatalogData(
            base.version() + 1, schemas, current.tables(), current.views(), current.prefixes()));
  }

  @Override
  public void dropSchema(String name) {
    TreeSet<String> schemas = new TreeSet<>(current.schemas());
    boolean used =
        current.tables().values().stream().anyMatch(t -> t.schema().equalsIgnoreCase(name))
            || current.views().values().stream().anyMatch(v -> v.schema().equalsIgnoreCase(name));
    if (!schemas.remove(name)) {
      throw missing("schema", name);
    }
    if (used) {
      throw new QueryException(
          ErrorCode.SEMANTIC_ERROR,
          null,
          "schema '" + name + "' is not empty",
          "drop its tables first");
    }
    replace(
        new CatalogData(
            base.version() + 1, schemas, current.tables(), current.views(), current.prefixes()));
  }

  private void replace(CatalogData changed) {
    transaction.checkActive();
    current = changed;
  }

  private void checkFree(String schema, String name, int exceptTable) {
    boolean taken =
        current.tables().values().stream()
                .anyMatch(t ->
                    t.id() != exceptTable
                        && t.schema().equalsIgnoreCase(schema)
                        && t.name().equalsIgnoreCase(name))
            || current.views().values().stream()
                .anyMatch(
                    v -> v.schema().equalsIgnoreCase(schema) && v.name().equalsIgnoreCase(name));
    if (taken) {
      throw duplicate("table", name);
    }
  }

  private void putTable(TableDef table) {
    TreeMap<Integer, TableDef> tables = new TreeMap<>(current.tables());
    tables.put(table.id(), table);
    replace(
        new CatalogData(
            base.version() + 1, current.schemas(), tables, current.views(), current.prefixes()));
  }

  @Override
  public void createTable(TableDef table) {
    checkFree(table.schema(), table.name(), -1);
    if (current.tables().containsKey(table.id()) || table.id() <= 0) {
      throw new IllegalArgumentException("table id " + table.id() + " is not a new one");
    }
    putTable(table);
    transaction.tableCreated(table);
  }

  @Override
  public void alterTable(TableDef table) {
    TableDef old = current.tables().get(table.id());
    if (old == null) {
      throw missing("table", table.name());
    }
    checkFree(table.schema(), table.name(), table.id());
    changedTables.add(table.id());
    putTable(table);
    transaction.tableAltered(old, table);
  }

  @Override
  public void dropTable(int tableId) {
    TreeMap<Integer, TableDef> tables = new TreeMap<>(current.tables());
    TableDef table = tables.remove(tableId);
    if (table == null) {
      throw missing("table", tableId);
    }
    Optional<TableDef> child =
        tables.values().stream()
            .filter(t -> t.foreignKeys().stream().anyMatch(f -> f.targetTable() == tableId))
            .findFirst();
    if (child.isPresent()) {
      throw new QueryException(
          ErrorCode.FOREIGN_KEY_VIOLATION,
          null,
          "table '" + table.name() + "' is referenced by table '" + child.get().name() + "'",
          "drop that table or its foreign key first");
    }
    changedTables.add(tableId);
    droppedTables.add(tableId);
    replace(
        new CatalogData(
            base.version() + 1, current.schemas(), tables, current.views(), current.prefixes()));
    transaction.tableDropped(tableId);
  }

  @Override
  public void createView(ViewDef view) {
    checkFree(view.schema(), view.name(), -1);
    TreeMap<Integer, ViewDef> views = new TreeMap<>(current.views());
    views.put(view.id(), view);
    replace(
        new CatalogData(
            base.version() + 1, current.schemas(), current.tables(), views, current.prefixes()));
  }

  @Override
  public void dropView(int viewId) {
    TreeMap<Integer, ViewDef> views = new TreeMap<>(current.views());
    if (views.remove(viewId) == null) {
      throw missing("view", viewId);
    }
    replace(
        new CatalogData(
            base.version() + 1, current.schemas(), current.tables(), views, current.prefixes()));
  }

  @Override
  public void setPrefix(String prefix, String iri) {
    TreeMap<String, String> prefixes = new TreeMap<>(current.prefixes());
    prefixes.put(prefix, iri);
    replace(
        new CatalogData(
            base.version() + 1, current.schemas(), current.tables(), current.views(), prefixes));
  }

  @Override
  public void removePrefix(String prefix) {
    TreeMap<String, String> prefixes = new TreeMap<>(current.prefixes());
    prefixes.remove(prefix);
    replace(
        new CatalogData(
            base.version() + 1, current.schemas(), current.tables(), current.views(), prefixes));
  }
}
