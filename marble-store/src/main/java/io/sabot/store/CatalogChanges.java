package io.sabot.store;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Physical;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A transaction's changes to the catalog.
final class CatalogChanges implements CatalogWriter {
  private static final String MAIN = "main";

  private final StoreTransaction transaction;
  private final CatalogData base;
  private CatalogData current;
  private final Set<Integer> changedTables = new HashSet<>();
  private final Set<Integer> droppedTables = new HashSet<>();
  private final Set<IndexDef> createdIndexes = new LinkedHashSet<>();
  private final Set<IndexDef> droppedIndexes = new LinkedHashSet<>();
  private final Set<GraphConstraint> createdConstraints = new LinkedHashSet<>();

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

  /// Indexes that were built, whether or not they are still there.
  Set<IndexDef> createdIndexes() {
    return createdIndexes;
  }

  Set<IndexDef> droppedIndexes() {
    return droppedIndexes;
  }

  Set<GraphConstraint> createdConstraints() {
    return createdConstraints;
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
    replace(current.withSchemas(schemas));
  }

  @Override
  public void dropSchema(String name) {
    TreeSet<String> schemas = new TreeSet<>(current.schemas());
    boolean used =
        current.tables().values().stream().anyMatch(t -> t.schema().equalsIgnoreCase(name))
            || current.views().values().stream().anyMatch(v -> v.schema().equalsIgnoreCase(name))
            || current.sequences().values().stream()
                .anyMatch(s -> s.schema().equalsIgnoreCase(name));
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
    replace(current.withSchemas(schemas));
  }

  private void replace(CatalogData changed) {
    transaction.checkActive();
    current = changed.numbered(base.version() + 1);
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
                    v -> v.schema().equalsIgnoreCase(schema) && v.name().equalsIgnoreCase(name))
            || current.sequences().values().stream()
                .anyMatch(
                    s -> s.schema().equalsIgnoreCase(schema) && s.name().equalsIgnoreCase(name));
    if (taken) {
      throw duplicate("table", name);
    }
  }

  private void putTable(TableDef table) {
    TreeMap<Integer, TableDef> tables = new TreeMap<>(current.tables());
    tables.put(table.id(), table);
    replace(current.withTables(tables));
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
    current.indexesOf(tableId).forEach(index -> dropIndex(index.id()));
    changedTables.add(tableId);
    droppedTables.add(tableId);
    replace(current.withTables(tables));
    for (SequenceDef sequence : List.copyOf(current.sequences().values())) {
      if (sequence.ownerTable() == tableId) {
        dropSequence(sequence.id());
      }
    }
    transaction.tableDropped(tableId);
  }

  @Override
  public void createIndex(IndexDef index) {
    checkNewIndex(index);
    TreeMap<Integer, IndexDef> indexes = new TreeMap<>(current.indexes());
    indexes.put(index.id(), index);
    replace(current.withIndexes(indexes));
    createdIndexes.add(index);
    if (index.target() instanceof IndexTarget.TableColumns(int tableId, _)
        && base.tables().containsKey(tableId)) {
      changedTables.add(tableId);
    }
    transaction.indexCreated(index);
  }

  private void checkNewIndex(IndexDef index) {
    boolean isTaken =
        current.indexes().values().stream().anyMatch(i -> i.name().equalsIgnoreCase(index.name()))
            || current.constraints().values().stream()
                .anyMatch(c -> c.name().equalsIgnoreCase(index.name()));
    if (isTaken) {
      throw duplicate("index", index.name());
    }
    if (index.target() instanceof IndexTarget.TableColumns(int tableId, var columnIds)) {
      TableDef table = current.tables().get(tableId);
      if (table == null) {
        throw missing("table", tableId);
      }
      for (int columnId : columnIds) {
        ColumnDef column = table.column(columnId);
        if (column.type().physical() == Physical.TERM) {
          throw new QueryException(
              ErrorCode.UNSUPPORTED,
              null,
              "an index on column '" + column.name() + "' of type " + column.type(),
              "index columns of numbers, strings, booleans, dates or times");
        }
      }
    }
  }

  @Override
  public void dropIndex(int indexId) {
    TreeMap<Integer, IndexDef> indexes = new TreeMap<>(current.indexes());
    IndexDef index = indexes.remove(indexId);
    if (index == null) {
      throw missing("index", indexId);
    }
    for (GraphConstraint constraint : current.constraints().values()) {
      if (constraint.indexId() == indexId) {
        throw new QueryException(
            ErrorCode.SEMANTIC_ERROR,
            null,
            "index '" + index.name() + "' keeps a constraint",
            "DROP CONSTRAINT " + constraint.name() + " drops both");
      }
    }
    replace(current.withIndexes(indexes));
    droppedIndexes.add(index);
    transaction.indexDropped(index);
  }

  @Override
  public void createConstraint(GraphConstraint constraint) {
    TreeMap<Integer, GraphConstraint> constraints = new TreeMap<>(current.constraints());
    constraints.put(constraint.id(), constraint);
    replace(current.withConstraints(constraints));
    createdConstraints.add(constraint);
    transaction.constraintsChanged();
    if (constraint.kind().isRequired()) {
      transaction.graphIndexes().checkAll(constraint);
    }
  }

  @Override
  public void dropConstraint(int constraintId) {
    TreeMap<Integer, GraphConstraint> constraints = new TreeMap<>(current.constraints());
    GraphConstraint constraint = constraints.remove(constraintId);
    if (constraint == null) {
      throw missing("constraint", constraintId);
    }
    replace(current.withConstraints(constraints));
    if (constraint.indexId() != 0) {
      dropIndex(constraint.indexId());
    }
    transaction.constraintsChanged();
  }

  @Override
  public void createView(ViewDef view) {
    checkFree(view.schema(), view.name(), -1);
    TreeMap<Integer, ViewDef> views = new TreeMap<>(current.views());
    views.put(view.id(), view);
    replace(current.withViews(views));
  }

  @Override
  public void dropView(int viewId) {
    TreeMap<Integer, ViewDef> views = new TreeMap<>(current.views());
    if (views.remove(viewId) == null) {
      throw missing("view", viewId);
    }
    replace(current.withViews(views));
  }

  @Override
  public void createSequence(SequenceDef sequence) {
    checkFree(sequence.schema(), sequence.name(), -1);
    TreeMap<Integer, SequenceDef> sequences = new TreeMap<>(current.sequences());
    sequences.put(sequence.id(), sequence);
    replace(current.withSequences(sequences));
  }

  @Override
  public void dropSequence(int sequenceId) {
    TreeMap<Integer, SequenceDef> sequences = new TreeMap<>(current.sequences());
    if (sequences.remove(sequenceId) == null) {
      throw missing("sequence", sequenceId);
    }
    replace(current.withSequences(sequences));
  }

  @Override
  public void createFunction(FunctionDef function) {
    TreeMap<Integer, FunctionDef> functions = new TreeMap<>(current.functions());
    functions.put(function.id(), function);
    replace(current.withFunctions(functions));
  }

  @Override
  public void dropFunction(int functionId) {
    TreeMap<Integer, FunctionDef> functions = new TreeMap<>(current.functions());
    if (functions.remove(functionId) == null) {
      throw missing("function", functionId);
    }
    replace(current.withFunctions(functions));
  }

  @Override
  public void comment(String about, @Nullable String text) {
    TreeMap<String, String> comments = new TreeMap<>(current.comments());
    if (text == null) {
      comments.remove(about);
    } else {
      comments.put(about, text);
    }
    replace(current.withComments(comments));
  }

  @Override
  public void setPrefix(String prefix, String iri) {
    TreeMap<String, String> prefixes = new TreeMap<>(current.prefixes());
    prefixes.put(prefix, iri);
    replace(current.withPrefixes(prefixes));
  }

  @Override
  public void removePrefix(String prefix) {
    TreeMap<String, String> prefixes = new TreeMap<>(current.prefixes());
    prefixes.remove(prefix);
    replace(current.withPrefixes(prefixes));
  }
}
