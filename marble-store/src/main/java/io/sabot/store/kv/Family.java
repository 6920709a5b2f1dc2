package io.sabot.store.kv;

/// The families of keys in the one database.
public enum Family {
  /// Applied index, format, ids, catalog, names, bulk intents.
  META("default"),
  /// Segment descriptors, delete vectors, tuple block directories and runs: all of it is in memory
  /// too.
  MANIFEST("manifest"),
  /// Column chunks and tuple blocks by ascending number; large values, no compression.
  DATA("data"),
  /// Terms by number and by hash.
  DICTIONARY("dictionary");

  private final String familyName;

  Family(String familyName) {
    this.familyName = familyName;
  }

  String familyName() {
    return familyName;
  }
}
