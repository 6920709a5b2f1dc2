package io.sabot.store;

import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.TableDef;
import java.util.ArrayList;
import java.util.List;

/// A set of tuples that is kept for the rows of a table: one of its keys, or a secondary index.
///
/// @param name what to call it in messages
/// @param unique whether no two rows may have the same key in it
record RowSet(long space, RowCodec codec, String name, boolean unique) {
  /// The keys of a table by number, then its indexes, oldest first.
  static List<RowSet> of(TableDef table, CatalogData catalog) {
    List<RowSet> sets = new ArrayList<>();
    List<List<Integer>> keys = KeyCodec.keys(table);
    for (int k = 0; k < keys.size(); k++) {
      boolean isPrimary = table.hasPrimaryKey() && k == 0;
      KeyCodec codec = new KeyCodec(table, keys.get(k));
      String name = isPrimary ? "primary key" : "unique key";
      sets.add(new RowSet(Spaces.key(table.id(), k), codec, name, true));
    }
    for (IndexDef index : catalog.indexesOf(table.id())) {
      sets.add(of(table, index));
    }
    return sets;
  }

  static RowSet of(TableDef table, IndexDef index) {
    if (!(index.target() instanceof IndexTarget.TableColumns(_, var columnIds))) {
      throw new IllegalArgumentException("no index of a table: " + index);
    }
    String name = (index.unique() ? "unique " : "") + "index '" + index.name() + "'";
    IndexCodec codec = new IndexCodec(table, columnIds);
    return new RowSet(Spaces.index(index), codec, name, index.unique());
  }
}
