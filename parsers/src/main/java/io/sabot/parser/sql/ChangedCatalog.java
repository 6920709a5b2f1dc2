package io.sabot.parser.sql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.FunctionDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.function.UserFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/// A catalog in which a table is there as it will be.
record ChangedCatalog(Catalog base, TableDef table, List<ViewDef> views) implements Catalog {
  @Override
  public long version() {
    return base.version();
  }

  @Override
  public List<TableDef> tables() {
    List<TableDef> tables = new ArrayList<>(base.tables());
    tables.removeIf(t ->
        t.id() == table.id()
            || t.schema().equalsIgnoreCase(table.schema())
                && t.name().equalsIgnoreCase(table.name()));
    tables.add(table);
    return tables;
  }

  @Override
  public List<PropertyGraphDef> propertyGraphs() {
    return base.propertyGraphs();
  }

  @Override
  public List<IndexDef> indexes() {
    return base.indexes();
  }

  @Override
  public List<GraphConstraint> constraints() {
    return base.constraints();
  }

  @Override
  public List<SequenceDef> sequences() {
    return base.sequences();
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
  public List<ProcedureDef> procedures() {
    return base.procedures();
  }

  @Override
  public List<FunctionDef> functions() {
    return base.functions();
  }

  @Override
  public List<UserFunction> userFunctions() {
    return base.userFunctions();
  }

  @Override
  public Statistics statistics() {
    return base.statistics();
  }
}
