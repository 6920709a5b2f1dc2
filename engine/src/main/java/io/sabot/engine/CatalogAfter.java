package io.sabot.engine;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// A catalog with the tables and views that a change would leave.
record CatalogAfter(Catalog base, List<TableDef> tables, List<ViewDef> views) implements Catalog {
  CatalogAfter {
    tables = List.copyOf(tables);
    views = List.copyOf(views);
  }

  @Override
  public long version() {
    return base.version();
  }

  @Override
  public List<PropertyGraphDef> propertyGraphs() {
    return base.propertyGraphs();
  }

  @Override
  public List<SequenceDef> sequences() {
    return base.sequences();
  }

  @Override
  public List<FunctionDef> functions() {
    return base.functions();
  }

  @Override
  public SortedSet<String> schemas() {
    return base.schemas();
  }

  @Override
  public SortedSet<String> nodeLabels() {
    return base.nodeLabels();
  }

  @Override
  public SortedSet<String> edgeTypes() {
    return base.edgeTypes();
  }

  @Override
  public SortedSet<String> propertyKeys() {
    return base.propertyKeys();
  }

  @Override
  public SortedMap<String, String> prefixes() {
    return base.prefixes();
  }

  @Override
  public String baseIri() {
    return base.baseIri();
  }

  @Override
  public Statistics statistics() {
    return base.statistics();
  }
}
