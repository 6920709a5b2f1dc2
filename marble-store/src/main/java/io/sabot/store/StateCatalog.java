package io.sabot.store;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.MaterializedViewDef;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.PropertyGraphText;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.rdf.RdfMappingDef;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.tuple.TupleReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The catalog of one state.
final class StateCatalog implements Catalog {
  private final State state;
  private final StoreSnapshot snapshot;

  /// As `snapshot`, for what results depend on.
  private final StoreSnapshot noted;

  private final Statistics statistics;
  private volatile @Nullable List<PropertyGraphDef> propertyGraphs;

  /// @param snapshot whose reads are not noted
  /// @param noted the same, whose reads are
  StateCatalog(
      State state, PredicateCounts predicates, StoreSnapshot snapshot, StoreSnapshot noted) {
    this.state = state;
    this.snapshot = snapshot;
    this.noted = noted;
    this.statistics = new StateStatistics(state, predicates, snapshot);
  }

  @Override
  public long version() {
    return state.catalog().version();
  }

  @Override
  public List<TableDef> tables() {
    return state.catalog().tables().values().stream()
        .sorted(Comparator.comparing(TableDef::schema).thenComparing(TableDef::name))
        .toList();
  }

  @Override
  public Optional<TableDef> table(int id) {
    return Optional.ofNullable(state.catalog().tables().get(id));
  }

  @Override
  public List<ViewDef> views() {
    return state.catalog().views().values().stream()
        .filter(v -> !isGraph(v) && !isMapping(v) && !isMaterialized(v))
        .toList();
  }

  private static boolean isMaterialized(ViewDef view) {
    return view.language().equals(MaterializedViewDef.LANGUAGE);
  }

  /// What makes a table a materialized view is stored as a view too.
  @Override
  public List<MaterializedViewDef> materializedViews() {
    return state.catalog().views().values().stream()
        .filter(StateCatalog::isMaterialized)
        .map(MaterializedViewDef::read)
        .toList();
  }

  private static boolean isMapping(ViewDef view) {
    return view.language().equals(RdfMappingDef.LANGUAGE);
  }

  /// A mapping is stored as a view too, in a schema that no other view can be in.
  @Override
  public List<RdfMappingDef> rdfMappings() {
    return state.catalog().views().values().stream()
        .filter(StateCatalog::isMapping)
        .map(view -> RdfMappingDef.read(view.id(), view.name(), view.text()))
        .sorted(Comparator.comparing(RdfMappingDef::name))
        .toList();
  }

  @Override
  public boolean mayHold(Value predicate, Value object) {
    long p = noted.dictionary().lookup(predicate);
    long o = object.isNull() || p == TermId.NULL ? TermId.NULL : noted.dictionary().lookup(object);
    if (p == TermId.NULL || o == TermId.NULL && !object.isNull()) {
      return false;
    }
    TupleReader tuples = noted.quads().order(QuadReader.Order.POSG);
    return (o == TermId.NULL ? tuples.count(p) : tuples.count(p, o)) > 0;
  }

  /// A property graph is stored as a view, with which it shares its names.
  private static boolean isGraph(ViewDef view) {
    return view.language().equals(PropertyGraphText.LANGUAGE);
  }

  @Override
  public List<PropertyGraphDef> propertyGraphs() {
    List<PropertyGraphDef> known = propertyGraphs;
    if (known == null) {
      known =
          state.catalog().views().values().stream()
              .filter(StateCatalog::isGraph)
              .map(PropertyGraphText::read)
              .toList();
      propertyGraphs = known;
    }
    return known;
  }

  @Override
  public List<IndexDef> indexes() {
    return state.catalog().indexes().values().stream()
        .sorted(Comparator.comparing(IndexDef::name))
        .toList();
  }

  @Override
  public List<GraphConstraint> constraints() {
    return state.catalog().constraints().values().stream()
        .sorted(Comparator.comparing(GraphConstraint::name))
        .toList();
  }

  @Override
  public List<SequenceDef> sequences() {
    return state.catalog().sequences().values().stream()
        .sorted(Comparator.comparing(SequenceDef::schema).thenComparing(SequenceDef::name))
        .toList();
  }

  @Override
  public List<FunctionDef> functions() {
    return state.catalog().functions().values().stream()
        .sorted(Comparator.comparing(FunctionDef::schema).thenComparing(FunctionDef::name))
        .toList();
  }

  @Override
  public SortedMap<String, String> comments() {
    return state.catalog().comments();
  }

  @Override
  public SortedSet<String> schemas() {
    TreeSet<String> schemas = new TreeSet<>(state.catalog().schemas());
    schemas.add("main");
    return schemas;
  }

  @Override
  public SortedSet<String> nodeLabels() {
    TreeSet<String> labels = new TreeSet<>();
    for (NodePartition partition : snapshot.graph().nodePartitions()) {
      for (int label : partition.labels()) {
        labels.add(state.names().name(Names.Kind.LABEL, label));
      }
    }
    return labels;
  }

  @Override
  public SortedSet<String> edgeTypes() {
    TreeSet<String> types = new TreeSet<>();
    for (int type : snapshot.graph().edgeTypes()) {
      types.add(state.names().name(Names.Kind.TYPE, type));
    }
    return types;
  }

  @Override
  public SortedSet<String> propertyKeys() {
    return new TreeSet<>(state.names().names(Names.Kind.KEY));
  }

  /// Those of which some segment has a value.
  @Override
  public SortedSet<String> propertyKeys(String label, boolean isEdge) {
    GraphReader graph = snapshot.graph();
    List<TableReader> tables = new ArrayList<>();
    if (isEdge) {
      graph.edges(graph.typeId(label)).ifPresent(tables::add);
    } else if (graph.labelId(label) >= 0) {
      graph.nodePartitions(graph.labelId(label)).forEach(p -> tables.add(p.table()));
    }
    TreeSet<String> keys = new TreeSet<>();
    for (String key : propertyKeys()) {
      int column = graph.keyId(key);
      boolean isSeen =
          tables.stream()
              .flatMap(table -> table.segments().stream())
              .anyMatch(segment -> !segment.zone(column).isAllNull());
      if (isSeen) {
        keys.add(key);
      }
    }
    return keys;
  }

  @Override
  public SortedMap<String, String> prefixes() {
    return state.catalog().prefixes();
  }

  @Override
  public Statistics statistics() {
    return statistics;
  }
}
