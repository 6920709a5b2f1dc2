package io.sabot.store;

import io.sabot.plan.catalog.Catalog;
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
  private final StateCatalog catalog;
  private final TermDictionaryView dictionary;
  private volatile @Nullable GraphReader graph;

  /// @param held the share to give back on close; null when a transaction holds it
  StoreSnapshot(State state, PredicateCounts predicates, @Nullable KvSnapshot held) {
    this.state = state;
    this.held = held;
    this.catalog = new StateCatalog(state, predicates, this);
    this.dictionary = new TermDictionaryView(state.terms());
  }

  private record TermDictionaryView(Terms terms) implements StoreDictionary {
    @Override
    public long lookup(Value value) {
      return terms.lookup(value);
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

  @Override
  public TableReader table(int tableId) {
    TableDef definition = state.catalog().tables().get(tableId);
    if (definition == null) {
      throw Errors.unknownTable(
          null,
          "id " + tableId,
          state.catalog().tables().values().stream().map(TableDef::name).toList());
    }
    TableState table = state.table(tableId);
    return new StateTableReader(
        state,
        table == null ? TableState.empty(tableId, StoreTransaction.kindsOf(definition)) : table);
  }

  @Override
  public GraphReader graph() {
    GraphReader known = graph;
    if (known == null) {
      known = new StateGraphReader(state);
      graph = known;
    }
    return known;
  }

  @Override
  public QuadReader quads() {
    return new StateQuadReader(state);
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
