package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.value.TermId;
import io.sabot.store.tuple.Probe;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleLog;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Lays the writes of a transaction over the head, after checking that nobody changed the same
/// things since the transaction began. Under the commit lock.
final class TransactionCommit {
  /// Fewer quads are not worth a second thread.
  private static final int SORTED_AHEAD_MIN = 100_000;

  private final MarbleStore store;
  private final StoreTransaction transaction;
  private final Root base;
  private final Root head;
  private final Commit commit;

  TransactionCommit(MarbleStore store, StoreTransaction transaction, Root head, Commit commit) {
    this.store = store;
    this.transaction = transaction;
    this.base = transaction.base();
    this.head = head;
    this.commit = commit;
  }

  void prepare() {
    Map<TableChanges, long[]> deleted = new HashMap<>();
    if (head != base) {
      checkCatalog();
      remapRows();
      transaction.keyChecks().checkCommit(head);
      transaction.foreignKeys().checkCommit(head);
      checkGraph();
      checkReads();
    }
    for (TableChanges changes : transaction.tables()) {
      deleted.put(changes, checkDeleted(changes));
    }
    applyCatalog();
    for (TableChanges changes : transaction.tables()) {
      TableState table =
          commit.table(changes.tableId(), changes.base().kinds()).withKinds(changes.base().kinds());
      commit.changeTable(
          table, changes.addedSegments(), Objects.requireNonNull(deleted.get(changes)));
    }
    for (SpaceChanges changes : transaction.spaces()) {
      if (changes.replaces()) {
        commit.dropSpace(changes.space());
      }
      commit.changeSpace(changes.space(), changes.arity(), changes.log().run(0));
    }
    changeQuads();
    store.terms().write(transaction.terms(), commit.batch());
  }

  /// Under SERIALIZABLE nothing that was read may have changed since.
  private void checkReads() {
    ReadSet reads = transaction.reads();
    if (reads == null) {
      return;
    }
    if (head.catalog() != base.catalog()) {
      throw Errors.conflict("the catalog");
    }
    for (History.Committed later : store.history().commits()) {
      if (later.version() > base.version()) {
        reads.check(later, base);
      }
    }
  }

  /// After the commit is in the log and the database.
  void done(Root committed) {
    store.terms().written(transaction.terms());
    store.history().committed(commit.changed(committed.version()));
  }

  private void checkCatalog() {
    CatalogChanges changes = transaction.catalogChanges();
    if (head.catalog() == base.catalog()) {
      checkChangedTables(changes);
      return;
    }
    if (changes.isChanged()) {
      throw Errors.conflict("the catalog");
    }
    checkGraphIndexes();
    for (TableTarget target : transaction.targets()) {
      TableDef now = head.catalog().tables().get(target.definition().id());
      if (!target.definition().equals(now)) {
        throw Errors.conflict("the definition of table '" + target.definition().name() + "'");
      }
      int id = target.definition().id();
      if (!base.catalog().indexesOf(id).equals(head.catalog().indexesOf(id))) {
        throw Errors.conflict("the indexes of table '" + target.definition().name() + "'");
      }
      for (var key : target.definition().foreignKeys()) {
        if (!head.catalog().tables().containsKey(key.targetTable())) {
          throw Errors.conflict("a table that '" + target.definition().name() + "' refers to");
        }
      }
    }
  }

  /// The graph's indexes and constraints are those that the writes have kept.
  private void checkGraphIndexes() {
    boolean isSame =
        base.catalog().graphIndexes().equals(head.catalog().graphIndexes())
            && base.catalog().constraints().equals(head.catalog().constraints());
    if (transaction.graphChanges() != null && !isSame) {
      throw Errors.conflict("the indexes and constraints of the graph");
    }
  }

  /// A changed definition and a new index are only checked against the rows that the transaction
  /// saw.
  private void checkChangedTables(CatalogChanges changes) {
    for (History.Committed later : store.history().commits()) {
      if (later.version() > base.version()) {
        for (int tableId : later.tables()) {
          if (changes.changedTables().contains(tableId) || isIndexed(changes, tableId)) {
            throw Errors.conflict("a table whose definition changes");
          }
        }
      }
    }
  }

  private boolean isIndexed(CatalogChanges changes, int tableId) {
    return changes.createdIndexes().stream()
            .anyMatch(i -> GraphIndexes.concerns(i.target(), tableId, base.names()))
        || changes.createdConstraints().stream()
            .anyMatch(c -> GraphIndexes.concerns(c.target(), tableId, base.names()));
  }

  /// Where compactions have put the rows of index entries since the transaction began.
  private void remapRows() {
    for (SpaceChanges changes : transaction.spaces()) {
      if (Spaces.endsInRow(changes.space()) && changes.replaces()) {
        changes.log().remapAll(store::remapped);
      } else if (Spaces.endsInRow(changes.space())) {
        changes.log().remapRemoved(store::remapped);
      }
    }
  }

  private long[] checkDeleted(TableChanges changes) {
    long[] addresses = changes.deletedAddresses();
    TableState now = head.table(changes.tableId());
    boolean same = now == base.table(changes.tableId());
    for (int i = 0; i < addresses.length && !same; i++) {
      addresses[i] = store.remapped(addresses[i]);
      if (addresses[i] == -1 || now == null || !now.isLive(addresses[i])) {
        throw Errors.conflict(describe(changes.tableId()));
      }
    }
    return addresses;
  }

  private String describe(int tableId) {
    if (Spaces.isNodeTable(tableId)) {
      return "a node that this one changes";
    }
    if (Spaces.isEdgeTable(tableId)) {
      return "a relationship that this one changes";
    }
    TableDef table = base.catalog().tables().get(tableId);
    return "a row of table '" + (table == null ? tableId : table.name()) + "'";
  }

  private void applyCatalog() {
    CatalogChanges changes = transaction.catalogChanges();
    if (!changes.isChanged()) {
      return;
    }
    changes.droppedTables().forEach(commit::dropTable);
    changes.droppedIndexes().forEach(index -> commit.dropSpace(Spaces.index(index)));
    commit.catalog(changes.current());
    for (TableDef table : changes.current().tables().values()) {
      TableState.ColumnKinds kinds = StoreTransaction.kindsOf(table);
      commit.tables().put(table.id(), commit.table(table.id(), kinds).withKinds(kinds));
    }
  }

  private void checkGraph() {
    GraphChanges graph = transaction.graphChanges();
    if (graph == null) {
      return;
    }
    if (head.space(Spaces.NODES) != base.space(Spaces.NODES)) {
      checkEndPoints(graph);
    }
    for (int type = 0; type < head.names().names(Names.Kind.TYPE).size(); type++) {
      for (Direction direction : Direction.values()) {
        long space = Spaces.adjacency(type, direction);
        if (head.space(space) != base.space(space)) {
          checkDetached(graph, space);
        }
      }
    }
  }

  /// Nodes that new edges connect must not have been deleted meanwhile.
  private void checkEndPoints(GraphChanges graph) {
    Probe nodes = new Probe(head.set(Spaces.NODES, StateGraphReader.INDEX_ARITY), head.blobs());
    long[] prefix = new long[1];
    for (int type = 0; type < head.names().names(Names.Kind.TYPE).size(); type++) {
      for (Direction direction : Direction.values()) {
        SpaceChanges changes = transaction.spaceIfChanged(Spaces.adjacency(type, direction));
        TupleRun run = changes == null ? null : changes.log().run(0);
        for (int i = 0; run != null && i < run.count(); i++) {
          prefix[0] = run.component(i, 0);
          boolean mustExist = !run.isRemoved(i) && !graph.isCreated(prefix[0]);
          if (mustExist && nodes.first(prefix, 1) == null) {
            throw Errors.conflict("node " + TermId.key(prefix[0]));
          }
        }
      }
    }
  }

  /// Nodes that this transaction deletes must not have got edges meanwhile.
  private void checkDetached(GraphChanges graph, long space) {
    TupleSet set = head.set(space, StateGraphReader.ADJACENCY_ARITY);
    SpaceChanges changes = transaction.spaceIfChanged(space);
    TupleRun mine = changes == null ? null : changes.log().run(0);
    long[][] columns = new long[3][256];
    for (long node : graph.deletedNodes()) {
      TupleCursor cursor = set.reader(head.blobs()).scan(node);
      for (int count; (count = cursor.next(columns, 256)) > 0; ) {
        for (int i = 0; i < count; i++) {
          long[] tuple = {columns[0][i], columns[1][i], columns[2][i]};
          if (mine == null || mine.sign(tuple) >= 0) {
            throw Errors.conflict("the relationships of node " + TermId.key(node));
          }
        }
      }
    }
  }

  private void changeQuads() {
    QuadChanges changes = transaction.quadChanges();
    if (changes == null || changes.log().count() == 0) {
      return;
    }
    TupleLog log = changes.log();
    TupleRun run = log.run(0);
    checkQuads(run);
    TupleRun effective =
        commit.changeSpace(Spaces.quads(QuadReader.Order.SPOG), StateQuadReader.ARITY, run);
    QuadReader.Order[] orders = QuadReader.Order.values();
    Supplier<TupleRun> next = permuted(effective, orders[1]);
    for (int i = 1; i < orders.length; i++) {
      TupleRun sorted = next.get();
      // The next order is sorted while this one is written.
      next = i + 1 < orders.length ? permuted(effective, orders[i + 1]) : next;
      long space = Spaces.quads(orders[i]);
      commit.applyEffective(space, head.set(space, StateQuadReader.ARITY), sorted);
    }
  }

  private static Supplier<TupleRun> permuted(TupleRun run, QuadReader.Order order) {
    int[] positions = QuadChanges.fromSpog(order);
    if (run.count() < SORTED_AHEAD_MIN) {
      return () -> run.permuted(positions);
    }
    return CompletableFuture.supplyAsync(() -> run.permuted(positions))::join;
  }

  /// Of two transactions that change the same quad the first wins, unless both add it. Two that
  /// remove it conflict because that is how an update reads and replaces a value.
  private void checkQuads(TupleRun run) {
    long[] tuple = new long[StateQuadReader.ARITY];
    for (History.Committed later : store.history().commits()) {
      TupleRun other = later.run(Spaces.quads(QuadReader.Order.SPOG));
      if (later.version() <= base.version() || other == null) {
        continue;
      }
      boolean runIsSmaller = run.count() <= other.count();
      TupleRun few = runIsSmaller ? run : other;
      TupleRun many = runIsSmaller ? other : run;
      for (int i = 0; i < few.count(); i++) {
        for (int c = 0; c < tuple.length; c++) {
          tuple[c] = few.component(i, c);
        }
        int sign = many.sign(tuple);
        boolean bothAdd = sign > 0 && !few.isRemoved(i);
        if (sign != 0 && !bothAdd) {
          throw Errors.conflict("a quad that this one changes");
        }
      }
    }
  }
}
