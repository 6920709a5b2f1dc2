package io.sabot.plan.catalog;

import java.util.ArrayList;
import java.util.List;

/// A catalog with the tables and views that a change would leave.
public record ChangedCatalog(Catalog base, List<TableDef> tables, List<ViewDef> views)
    implements CatalogOver {
  public ChangedCatalog {
    tables = List.copyOf(tables);
    views = List.copyOf(views);
  }

  /// With one table as it will be, in place of the one that has its name or number.
  public static ChangedCatalog with(TableDef table, Catalog base, List<ViewDef> views) {
    List<TableDef> tables = new ArrayList<>(base.tables());
    tables.removeIf(known ->
        known.id() == table.id()
            || known.schema().equalsIgnoreCase(table.schema())
                && known.name().equalsIgnoreCase(table.name()));
    tables.add(table);
    return new ChangedCatalog(base, tables, views);
  }
}
