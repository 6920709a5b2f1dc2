package io.sabot.plan.catalog;

import java.util.List;

/// A file as a table.
public record FileTable(FileSource source, List<ColumnDef> columns) {
  public FileTable {
    columns = List.copyOf(columns);
  }
}
