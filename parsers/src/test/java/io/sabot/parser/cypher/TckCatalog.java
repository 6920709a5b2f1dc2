package io.sabot.parser.cypher;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A catalog that knows procedures and nothing else.
public record TckCatalog(List<ProcedureDef> procedures) implements Catalog {
  @Override
  public long version() {
    return 1;
  }

  @Override
  public List<TableDef> tables() {
    return List.of();
  }

  @Override
  public List<ViewDef> views() {
    return List.of();
  }

  @Override
  public SortedSet<String> nodeLabels() {
    return new TreeSet<>();
  }

  @Override
  public SortedSet<String> edgeTypes() {
    return new TreeSet<>();
  }

  @Override
  public SortedSet<String> propertyKeys() {
    return new TreeSet<>();
  }

  @Override
  public SortedMap<String, String> prefixes() {
    return new TreeMap<>();
  }

  @Override
  public Statistics statistics() {
    throw new UnsupportedOperationException("no statistics");
  }
}
