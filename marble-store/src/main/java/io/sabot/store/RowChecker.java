package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.store.segment.Segment;

/// Tests the CHECK constraints of a table. The store keeps them but knows no expressions: who opens
/// the store says how to test them.
@FunctionalInterface
public interface RowChecker {
  /// Fails with CHECK_VIOLATION when a visible row among `rows` of a segment from row `from` on
  /// breaks a CHECK of its table.
  ///
  /// @param view a state in which the table is as defined
  void check(Snapshot view, TableDef table, Segment segment, int from, int rows);
}
