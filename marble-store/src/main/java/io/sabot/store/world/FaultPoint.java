package io.sabot.store.world;

/// A step of the store at which a test may let it fail or stop.
public enum FaultPoint {
  /// A batch goes into the database.
  APPLY,
  /// What was applied becomes durable.
  FLUSH,
  /// A sorted file is begun.
  SORTED_FILE,
  /// A sorted file joins the database.
  INGEST,
  /// A copy of the database for a backup.
  CHECKPOINT
}
