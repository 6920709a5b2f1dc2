package io.sabot.store;

import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The definitions at one version. Immutable.
record CatalogData(
    long version,
    SortedSet<String> schemas,
    SortedMap<Integer, TableDef> tables,
    SortedMap<Integer, ViewDef> views,
    SortedMap<String, String> prefixes,
    SortedMap<Integer, IndexDef> indexes,
    SortedMap<Integer, GraphConstraint> constraints,
    SortedMap<Integer, SequenceDef> sequences,
    SortedMap<String, String> comments,
    SortedMap<Integer, FunctionDef> functions) {

  CatalogData {
    schemas = Collections.unmodifiableSortedSet(new TreeSet<>(schemas));
    tables = copy(tables);
    views = copy(views);
    prefixes = copy(prefixes);
    indexes = copy(indexes);
    constraints = copy(constraints);
    sequences = copy(sequences);
    comments = copy(comments);
    functions = copy(functions);
  }

  private static <K extends Comparable<K>, V> SortedMap<K, V> copy(SortedMap<K, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  static CatalogData empty() {
    return new CatalogData(
        0,
        new TreeSet<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  CatalogData numbered(long changed) {
    return with(draft -> draft.version = changed);
  }

  CatalogData withSchemas(SortedSet<String> changed) {
    return with(draft -> draft.schemas = changed);
  }

  CatalogData withTables(SortedMap<Integer, TableDef> changed) {
    return with(draft -> draft.tables = changed);
  }

  CatalogData withViews(SortedMap<Integer, ViewDef> changed) {
    return with(draft -> draft.views = changed);
  }

  CatalogData withPrefixes(SortedMap<String, String> changed) {
    return with(draft -> draft.prefixes = changed);
  }

  CatalogData withIndexes(SortedMap<Integer, IndexDef> changed) {
    return with(draft -> draft.indexes = changed);
  }

  CatalogData withConstraints(SortedMap<Integer, GraphConstraint> changed) {
    return with(draft -> draft.constraints = changed);
  }

  CatalogData withSequences(SortedMap<Integer, SequenceDef> changed) {
    return with(draft -> draft.sequences = changed);
  }

  CatalogData withComments(SortedMap<String, String> changed) {
    return with(draft -> draft.comments = changed);
  }

  CatalogData withFunctions(SortedMap<Integer, FunctionDef> changed) {
    return with(draft -> draft.functions = changed);
  }

  private CatalogData with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  /// The components while they change, so that each is listed once.
  private static final class Draft {
    long version;
    SortedSet<String> schemas;
    SortedMap<Integer, TableDef> tables;
    SortedMap<Integer, ViewDef> views;
    SortedMap<String, String> prefixes;
    SortedMap<Integer, IndexDef> indexes;
    SortedMap<Integer, GraphConstraint> constraints;
    SortedMap<Integer, SequenceDef> sequences;
    SortedMap<String, String> comments;
    SortedMap<Integer, FunctionDef> functions;

    Draft(CatalogData from) {
      version = from.version;
      schemas = from.schemas;
      tables = from.tables;
      views = from.views;
      prefixes = from.prefixes;
      indexes = from.indexes;
      constraints = from.constraints;
      sequences = from.sequences;
      comments = from.comments;
      functions = from.functions;
    }

    CatalogData build() {
      return new CatalogData(
          version,
          schemas,
          tables,
          views,
          prefixes,
          indexes,
          constraints,
          sequences,
          comments,
          functions);
    }
  }

  /// The secondary indexes of a table, oldest first.
  List<IndexDef> indexesOf(int tableId) {
    return indexes.values().stream().filter(i -> i.target().isOfTable(tableId)).toList();
  }

  /// The indexes of the graph, oldest first.
  List<IndexDef> graphIndexes() {
    return indexes.values().stream()
        .filter(i -> !(i.target() instanceof IndexTarget.TableColumns))
        .toList();
  }
}
