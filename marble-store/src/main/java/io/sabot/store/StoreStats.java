package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.FamilySize;
import io.sabot.store.kv.Kv;
import io.sabot.store.tuple.TupleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What a store holds and what that takes.
///
/// @param version of the last commit that is visible
/// @param terms in the dictionary, about
/// @param logBytes appended since the store was opened
/// @param cacheBytes of decoded chunks and blocks in memory
/// @param openTransactions that have begun and not ended
public record StoreStats(
    long version,
    List<Table> tables,
    List<Tuples> sets,
    List<FamilySize> families,
    long terms,
    long logBytes,
    long cacheBytes,
    int openTransactions) {

  /// A table of rows, of nodes with one label set, or of edges of one type.
  ///
  /// @param small segments that will be merged: the delta
  public record Table(String name, long rows, long deleted, int segments, int small, long bytes) {}

  /// A sorted set of tuples.
  ///
  /// @param runTuples changes that are not in blocks yet: the delta
  public record Tuples(String name, long tuples, int blocks, long runTuples, long bytes) {}

  static StoreStats of(Root root, Kv kv, long logBytes, long cacheBytes, History history) {
    List<FamilySize> families = new ArrayList<>();
    for (Family family : Family.values()) {
      families.add(kv.size(family));
    }
    return new StoreStats(
        root.version(),
        tables(root),
        sets(root),
        families,
        families.get(Family.DICTIONARY.ordinal()).keys(),
        logBytes,
        cacheBytes,
        history.openCount());
  }

  private static List<Table> tables(Root root) {
    List<Table> tables = new ArrayList<>();
    new TreeMap<>(root.tables())
        .forEach((id, table) -> {
          long deleted = 0;
          long bytes = 0;
          int small = 0;
          for (SegmentState segment : table.segments()) {
            deleted += segment.deletedCount();
            small += segment.rows() < io.sabot.store.segment.Segment.ROWS_MAX / 2 ? 1 : 0;
            if (segment.columns() instanceof SegmentState.Stored(var descriptor)) {
              bytes += descriptor.totalBytes();
            }
          }
          tables.add(
              new Table(
                  tableName(root, id),
                  table.rowCount(),
                  deleted,
                  table.segments().size(),
                  small,
                  bytes));
        });
    return tables;
  }

  static String tableName(Root root, int tableId) {
    if (Spaces.isNodeTable(tableId)) {
      StringBuilder name = new StringBuilder("nodes (");
      for (int label : root.names().labels(Spaces.partitionOf(tableId))) {
        name.append(':').append(root.names().name(Names.Kind.LABEL, label));
      }
      return name.append(')').toString();
    }
    if (Spaces.isEdgeTable(tableId)) {
      return "edges [:" + root.names().name(Names.Kind.TYPE, Spaces.typeOf(tableId)) + "]";
    }
    TableDef table = root.catalog().tables().get(tableId);
    return table == null ? "table " + tableId : table.schema() + "." + table.name();
  }

  private static List<Tuples> sets(Root root) {
    List<Tuples> sets = new ArrayList<>();
    new TreeMap<>(root.spaces())
        .forEach((space, set) -> sets.add(tuples(Spaces.describe(root, space), set)));
    return sets;
  }

  private static Tuples tuples(String name, TupleSet set) {
    return new Tuples(name, set.size(), set.blockIds().length, set.runTuples(), set.blockBytes());
  }
}
