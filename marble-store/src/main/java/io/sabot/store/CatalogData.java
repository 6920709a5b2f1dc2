package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import java.util.Collections;
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
    SortedMap<String, String> prefixes) {

  CatalogData {
    schemas = Collections.unmodifiableSortedSet(new TreeSet<>(schemas));
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    views = Collections.unmodifiableSortedMap(new TreeMap<>(views));
    prefixes = Collections.unmodifiableSortedMap(new TreeMap<>(prefixes));
  }

  static CatalogData empty() {
    return new CatalogData(0, new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }
}
