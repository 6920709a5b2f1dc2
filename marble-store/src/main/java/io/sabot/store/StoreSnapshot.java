package io.sabot.store;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import io.sabot.store.dictionary.Terms;
import io.sabot.store.kv.KvSnapshot;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A state with its readers.
final class StoreSnapshot implements Snapshot {
  private final State state;
  private final @Nullable KvSnapshot held;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final @Nullable ReadSet reads;
  private final StateCatalog catalog;
  private final TermDictionaryView dictionary;
  private final StateQuadReader quads;
  private volatile @Nullable GraphReader graph;

  /// @param held the share to give back on close; null when a transaction holds it
  /// @param reads where to note what is read; null for nowhere
  StoreSnapshot(
      State state, PredicateCounts predicates, @Nullable KvSnapshot held, @Nullable ReadSet reads) {
    this.state = state;
    this.held = held;
    this.reads = reads;
    // Plans may depend on statistics, results must not: what the optimizer reads is not noted.
    StoreSnapshot silent = reads == null ? this : new StoreSnapshot(state, predicates, null, null);
    this.catalog = new StateCatalog(state, predicates, silent);
    this.dictionary = new TermDictionaryView(state.terms(), reads);
    this.quads = new StateQuadReader(state, reads);
  }

  private record TermDictionaryView(Terms terms, @Nullable ReadSet reads)
      implements StoreDictionary {
    @Override
    public long lookup(Value value) {
      long id = terms.lookup(value);
      if (id == 0 && reads != null) {
        // Who finds no such term looks no further, but a quad with it may come.
        reads.whole(Spaces.quads(QuadReader.Order.SPOG));
      }
      return id;
    }

    @Override
    public Value decode(long termId) {
      return terms.decode(termId);
    }

    @Override
    public void decode(long[] termIds, int count, Value[] out) {
      terms.decode(termIds, count, out);
    }
  }

  @Override
  public long version() {
    return state.version();
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public SortedSet<String> schemas() {
    return state.catalog().schemas();
  }

  private TableDef definition(int tableId) {
    TableDef definition = state.catalog().tables().get(tableId);
    if (definition == null) {
      throw Errors.unknownTable(
          null,
          "id " + tableId,
          state.catalog().tables().values().stream().map(TableDef::name).toList());
    }
    return definition;
  }

  @Override
  public TableReader table(int tableId) {
    TableDef definition = definition(tableId);
    TableState table = state.table(tableId);
    return new StateTableReader(
        state,
        table == null ? TableState.empty(tableId, StoreTransaction.kindsOf(definition)) : table,
        reads);
  }

  @Override
  public IndexReader index(int indexId) {
    IndexDef index = state.catalog().indexes().get(indexId);
    if (index == null) {
      throw new IllegalArgumentException("no index " + indexId + " in this snapshot");
    }
    EntryCodec codec =
        switch (index.target()) {
          case IndexTarget.TableColumns(int tableId, var columnIds) ->
              new IndexCodec(definition(tableId), columnIds);
          case IndexTarget.NodeProperties _, IndexTarget.EdgeProperties _ ->
              new PropertyCodec(index.target().width());
        };
    return new StateIndexReader(state, Spaces.index(index), codec, reads);
  }

  @Override
  public GraphReader graph() {
    GraphReader known = graph;
    if (known == null) {
      known = new StateGraphReader(state, reads);
      graph = known;
    }
    return known;
  }

  @Override
  public QuadReader quads() {
    return quads;
  }

  @Override
  public StoreDictionary dictionary() {
    return dictionary;
  }

  @Override
  public void close() {
    KvSnapshot share = held;
    if (share != null && isClosed.compareAndSet(false, true)) {
      share.release();
    }
  }
}
