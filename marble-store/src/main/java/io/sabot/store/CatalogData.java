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
    return new CatalogData(
        changed,
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

  CatalogData withSchemas(SortedSet<String> changed) {
    return new CatalogData(
        version,
        changed,
        tables,
        views,
        prefixes,
        indexes,
        constraints,
        sequences,
        comments,
        functions);
  }

  CatalogData withTables(SortedMap<Integer, TableDef> changed) {
    return new CatalogData(
        version,
        schemas,
        changed,
        views,
        prefixes,
        indexes,
        constraints,
        sequences,
        comments,
        functions);
  }

  CatalogData withViews(SortedMap<Integer, ViewDef> changed) {
    return new CatalogData(
        version,
        schemas,
        tables,
        changed,
        prefixes,
        indexes,
        constraints,
        sequences,
        comments,
        functions);
  }

  CatalogData withPrefixes(SortedMap<String, String> changed) {
    return new CatalogData(
        version,
        schemas,
        tables,
        views,
        changed,
        indexes,
        constraints,
        sequences,
        comments,
        functions);
  }

  CatalogData withIndexes(SortedMap<Integer, IndexDef> changed) {
    return new CatalogData(
        version,
        schemas,
        tables,
        views,
        prefixes,
        changed,
        constraints,
        sequences,
        comments,
        functions);
  }

  CatalogData withConstraints(SortedMap<Integer, GraphConstraint> changed) {
    return new CatalogData(
        version, schemas, tables, views, prefixes, indexes, changed, sequences, comments,
        functions);
  }

  CatalogData withSequences(SortedMap<Integer, SequenceDef> changed) {
    return new CatalogData(
        version,
        schemas,
        tables,
        views,
        prefixes,
        indexes,
        constraints,
        changed,
        comments,
        functions);
  }

  CatalogData withComments(SortedMap<String, String> changed) {
    return new CatalogData(
        version,
        schemas,
        tables,
        views,
        prefixes,
        indexes,
        constraints,
        sequences,
        changed,
        functions);
  }

  CatalogData withFunctions(SortedMap<Integer, FunctionDef> changed) {
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
        changed);
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
