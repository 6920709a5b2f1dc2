package io.sabot.store;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.PropertyGraphText;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
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
  private final Statistics statistics;
  private volatile @Nullable List<PropertyGraphDef> propertyGraphs;

  StateCatalog(State state, PredicateCounts predicates, StoreSnapshot snapshot) {
    this.state = state;
    this.snapshot = snapshot;
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
    return state.catalog().views().values().stream().filter(v -> !isGraph(v)).toList();
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

  @Override
  public SortedMap<String, String> prefixes() {
    return state.catalog().prefixes();
  }

  @Override
  public Statistics statistics() {
    return statistics;
  }
}
