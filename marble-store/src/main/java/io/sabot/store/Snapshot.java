package io.sabot.store;

import io.sabot.plan.catalog.Catalog;
import java.util.SortedSet;

/// One state of the whole store: tables, graph and quads at the same version. Cheap to take, safe
/// to read from many threads, and valid until closed; readers taken from it live as long as it
/// does.
public interface Snapshot extends AutoCloseable {
  /// The log index of the last commit that is visible here.
  long version();

  /// Names and statistics at this version.
  Catalog catalog();

  /// Schemas that exist besides `main`.
  SortedSet<String> schemas();

  /// The rows of a table. Throws when there is no such table.
  TableReader table(int tableId);

  /// The entries of a secondary index, by its id.
  IndexReader index(int indexId);

  GraphReader graph();

  QuadReader quads();

  /// Values by number. Not versioned: it only ever grows.
  StoreDictionary dictionary();

  @Override
  void close();
}
