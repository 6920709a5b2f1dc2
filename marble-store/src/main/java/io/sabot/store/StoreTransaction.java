package io.sabot.store;

import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import io.sabot.store.dictionary.Terms;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.tuple.TupleSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The write set of one transaction. Confined to one thread.
final class StoreTransaction implements Transaction {
  private final MarbleStore store;
  private final Root base;
  private final BlobWriter blobs;
  private final Map<Integer, TableChanges> tables = new TreeMap<>();
  private final Map<Integer, TableTarget> targets = new TreeMap<>();
  private final Map<Long, SpaceChanges> spaces = new TreeMap<>();
  private final Terms.WriteSet terms = new Terms.WriteSet();
  private final CatalogChanges catalog;
  private final KeyChecks keyChecks;
  private final ForeignKeys foreignKeys;
  private final RowChecks rowChecks;
  private @Nullable GraphIndexes graphIndexes;
  private @Nullable GraphChanges graph;
  private @Nullable QuadChanges quads;
  private final @Nullable ReadSet reads;
  private boolean active = true;

  /// Whether sequences have moved, which only a commit makes durable.
  private volatile boolean usesNumbers;

  StoreTransaction(MarbleStore store, Root base, Isolation isolation) {
    this.store = store;
    this.base = base;
    this.reads = isolation == Isolation.SERIALIZABLE ? new ReadSet() : null;
    this.blobs = new BlobWriter(store);
    this.catalog = new CatalogChanges(this, base.catalog());
    this.keyChecks = new KeyChecks(this);
    this.foreignKeys = new ForeignKeys(this);
    this.rowChecks = new RowChecks(this);
  }

  /// What was read; null when nobody asks.
  @Nullable ReadSet reads() {
    return reads;
  }

  MarbleStore store() {
    return store;
  }

  Root base() {
    return base;
  }

  BlobWriter blobs() {
    return blobs;
  }

  Blobs source() {
    return base.blobs();
  }

  long newBlockId() {
    return store.ids().block.getAndIncrement();
  }

  void checkActive() {
    if (!active) {
      throw new QueryException(
          ErrorCode.TRANSACTION_STATE, null, "the transaction has ended", "begin a new one");
    }
  }

  Collection<TableChanges> tables() {
    return tables.values();
  }

  Collection<TableTarget> targets() {
    return targets.values();
  }

  Collection<SpaceChanges> spaces() {
    return spaces.values();
  }

  @Nullable SpaceChanges spaceIfChanged(long space) {
    return spaces.get(space);
  }

  @Nullable TableChanges tableIfChanged(int tableId) {
    return tables.get(tableId);
  }

  Terms.WriteSet terms() {
    return terms;
  }

  CatalogChanges catalogChanges() {
    return catalog;
  }

  @Nullable GraphChanges graphChanges() {
    return graph;
  }

  @Nullable QuadChanges quadChanges() {
    return quads;
  }

  KeyChecks keyChecks() {
    return keyChecks;
  }

  ForeignKeys foreignKeys() {
    return foreignKeys;
  }

  GraphIndexes graphIndexes() {
    GraphIndexes known = graphIndexes;
    if (known == null) {
      known = new GraphIndexes(this);
      graphIndexes = known;
    }
    return known;
  }

  SpaceChanges space(long space, int arity) {
    return spaces.computeIfAbsent(space, id -> new SpaceChanges(id, arity, base.space(id), false));
  }

  TupleSet currentSpace(long space, int arity) {
    SpaceChanges changes = spaces.get(space);
    return changes == null ? base.set(space, arity) : changes.current(source());
  }

  TableChanges elements(int tableId) {
    return changes(tableId, TableState.ColumnKinds.TERMS);
  }

  private TableChanges changes(int tableId, TableState.ColumnKinds kinds) {
    TableChanges known = tables.get(tableId);
    if (known == null) {
      known = new TableChanges(this, tableId, base.table(tableId), kinds);
      tables.put(tableId, known);
    }
    return known;
  }

  /// A reader of the current state of one table.
  StateTableReader reader(TableChanges changes) {
    return new StateTableReader(state(), changes.state());
  }

  OverlayState state() {
    Map<Integer, TableState> changedTables = new HashMap<>();
    tables.forEach((id, changes) -> changedTables.put(id, changes.state()));
    Map<Long, TupleSet> changedSpaces = new HashMap<>();
    spaces.forEach((id, changes) -> changedSpaces.put(id, changes.current(source())));
    QuadChanges quadChanges = quads;
    if (quadChanges != null) {
      quadChanges
          .current(base, source())
          .forEach((order, set) -> changedSpaces.put(Spaces.quads(order), set));
    }
    return new OverlayState(base, changedTables, changedSpaces, catalog.current());
  }

  @Override
  public Snapshot view() {
    checkActive();
    return new StoreSnapshot(state(), store.predicateStatistics(), null, reads);
  }

  static TableState.ColumnKinds kindsOf(TableDef table) {
    return columnId -> ColumnKind.of(table.column(columnId).type());
  }

  @Override
  public TableWriter table(int tableId) {
    checkActive();
    TableTarget known = targets.get(tableId);
    if (known != null) {
      return known;
    }
    TableDef definition = catalog.current().tables().get(tableId);
    if (definition == null) {
      throw Errors.unknownTable(null, Integer.toString(tableId), List.of());
    }
    return target(definition);
  }

  private TableTarget target(TableDef definition) {
    TableTarget target =
        new TableTarget(
            this,
            definition,
            changes(definition.id(), kindsOf(definition)),
            RowSet.of(definition, catalog.current()));
    targets.put(definition.id(), target);
    return target;
  }

  void tableCreated(TableDef table) {
    target(table);
  }

  void tableDropped(int tableId) {
    tables.remove(tableId);
    targets.remove(tableId);
    spaces.keySet().removeIf(space -> Spaces.isKeyOf(space, tableId));
  }

  void tableAltered(TableDef old, TableDef table) {
    TableChanges changes = tables.get(table.id());
    if (changes != null && !changes.isEmpty()) {
      if (!isStoredAlike(old, table)) {
        // Buffered rows do not have the new columns: ask for two transactions.
        throw Errors.unsupported(
            null, "ALTER TABLE after changes of the same table's rows in one transaction");
      }
    } else {
      tables.remove(table.id());
    }
    targets.remove(table.id());
    TableTarget target = target(table);
    boolean sameKeys = KeyCodec.keys(old).equals(KeyCodec.keys(table));
    List<RowSet> fresh = List.of();
    if (!sameKeys) {
      spaces.keySet().removeIf(space -> Spaces.isKeyOf(space, table.id()));
      fresh = target.sets().stream().filter(s -> Spaces.isKeyOf(s.space(), table.id())).toList();
      fresh.forEach(set -> anew(set.space(), set.codec().arity()));
    }
    target.reindex(fresh);
    if (!old.checks().containsAll(table.checks())) {
      rowChecks.checkAll(table, reader(changes(table.id(), kindsOf(table))));
    }
  }

  /// Whether the rows of the old definition have all that the new one says: columns may go.
  private static boolean isStoredAlike(TableDef old, TableDef table) {
    return old.columns().stream()
        .map(c -> List.of(c.id(), c.type()))
        .toList()
        .containsAll(table.columns().stream().map(c -> List.of(c.id(), c.type())).toList());
  }

  private SpaceChanges anew(long space, int arity) {
    SpaceChanges changes = new SpaceChanges(space, arity, null, true);
    spaces.put(space, changes);
    keyChecks.forget(space);
    return changes;
  }

  void indexCreated(IndexDef index) {
    switch (index.target()) {
      case IndexTarget.TableColumns(int tableId, _) -> {
        targets.remove(tableId);
        TableTarget target = (TableTarget) table(tableId);
        RowSet set = RowSet.of(target.definition(), index);
        anew(set.space(), set.codec().arity());
        target.reindex(List.of(set));
      }
      case IndexTarget.NodeProperties _, IndexTarget.EdgeProperties _ -> {
        GraphIndexes indexes = graphIndexes();
        indexes.refresh();
        SpaceChanges changes =
            anew(Spaces.index(index), new PropertyCodec(index.target().width()).arity());
        indexes.build(index, changes);
      }
    }
  }

  void indexDropped(IndexDef index) {
    spaces.remove(Spaces.index(index));
    if (index.target() instanceof IndexTarget.TableColumns(int tableId, _)) {
      targets.remove(tableId);
      if (catalog.current().tables().containsKey(tableId)) {
        table(tableId);
      }
    } else {
      graphIndexes().refresh();
    }
  }

  void constraintsChanged() {
    graphIndexes().refresh();
  }

  @Override
  public GraphWriter graph() {
    checkActive();
    GraphChanges known = graph;
    if (known == null) {
      known = new GraphChanges(this, base);
      graph = known;
    }
    return known;
  }

  @Override
  public QuadWriter quads() {
    checkActive();
    QuadChanges known = quads;
    if (known == null) {
      known = new QuadChanges(this);
      quads = known;
    }
    return known;
  }

  @Override
  public CatalogWriter catalog() {
    checkActive();
    return catalog;
  }

  @Override
  public long nextNumber(int sequenceId) {
    SequenceDef sequence = catalog.current().sequences().get(sequenceId);
    if (sequence == null) {
      throw new QueryException(
          ErrorCode.UNKNOWN_TABLE, null, "the sequence does not exist any more", "");
    }
    usesNumbers = true;
    return store.ids().next(sequence);
  }

  @Override
  public void setNumber(int sequenceId, long value) {
    usesNumbers = true;
    store.ids().set(sequenceId, value);
  }

  @Override
  public long intern(Value value) {
    checkActive();
    return store.terms().intern(value, terms);
  }

  @Override
  public void checkConstraints() {
    checkActive();
    rowChecks.checkStatement();
    keyChecks.checkStatement();
    foreignKeys.checkStatement();
    GraphChanges changes = graph;
    if (changes != null) {
      changes.checkDangling();
      changes.checkRequired();
    }
  }

  @Override
  public Savepoint savepoint() {
    checkActive();
    Map<Integer, TableChanges.Mark> tableMarks = new HashMap<>();
    tables.forEach((id, changes) -> tableMarks.put(id, changes.mark()));
    Map<Long, Integer> spaceMarks = new HashMap<>();
    spaces.forEach((id, changes) -> spaceMarks.put(id, changes.log().count()));
    return new TransactionMark(
        this,
        catalog.current(),
        tableMarks,
        spaceMarks,
        quads == null ? 0 : quads.log().count(),
        graph == null ? null : graph.mark());
  }

  @Override
  public void rollbackTo(Savepoint savepoint) {
    checkActive();
    TransactionMark mark =
        switch (savepoint) {
          case TransactionMark known -> known;
        };
    if (mark.transaction() != this) {
      throw new IllegalArgumentException("a savepoint of another transaction");
    }
    if (mark.catalog() != catalog.current()) {
      throw Errors.unsupported(
          null, "going back to a savepoint after a change of the catalog in the same transaction");
    }
    tables.forEach((id, changes) -> changes.rollbackTo(mark.tables().get(id)));
    spaces.forEach((id, changes) -> changes.rollbackTo(mark.spaces().getOrDefault(id, 0)));
    QuadChanges quadChanges = quads;
    if (quadChanges != null) {
      quadChanges.rollbackTo(mark.quads());
    }
    GraphChanges graphChanges = graph;
    if (graphChanges != null) {
      graphChanges.rollbackTo(mark.graph());
    }
    keyChecks.forget();
    foreignKeys.forget();
    rowChecks.forget();
  }

  boolean isReadOnly() {
    QuadChanges quadChanges = quads;
    return tables.values().stream().allMatch(TableChanges::isEmpty)
        && spaces.values().stream().allMatch(s -> s.log().count() == 0 && !s.replaces())
        && (quadChanges == null || quadChanges.log().count() == 0)
        && !catalog.isChanged()
        && !usesNumbers;
  }

  @Override
  public long commit() {
    checkActive();
    boolean committed = false;
    try {
      checkConstraints();
      long version = base.version();
      if (!isReadOnly()) {
        tables.values().forEach(TableChanges::finish);
        version = store.commit(this);
      }
      committed = true;
      return version;
    } finally {
      end(committed);
    }
  }

  private void end(boolean committed) {
    if (!active) {
      return;
    }
    active = false;
    try {
      if (!committed) {
        blobs.abandon();
      }
    } finally {
      store.ended(this);
    }
  }

  @Override
  public void rollback() {
    end(false);
  }

  @Override
  public boolean isActive() {
    return active;
  }

  @Override
  public void close() {
    end(false);
  }
}
