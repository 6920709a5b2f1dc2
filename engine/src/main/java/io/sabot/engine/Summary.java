package io.sabot.engine;

import io.sabot.exec.run.UpdateCounts;

/// What a statement changed.
public record Summary(
    long nodesCreated,
    long nodesDeleted,
    long edgesCreated,
    long edgesDeleted,
    long propertiesSet,
    long labelsAdded,
    long labelsRemoved,
    long rowsChanged,
    long quadsInserted,
    long quadsDeleted) {
  static final Summary NOTHING = new Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  static Summary of(UpdateCounts counts) {
    return new Summary(
        counts.nodesCreated.get(),
        counts.nodesDeleted.get(),
        counts.edgesCreated.get(),
        counts.edgesDeleted.get(),
        counts.propertiesSet.get(),
        counts.labelsAdded.get(),
        counts.labelsRemoved.get(),
        counts.rowsChanged.get(),
        counts.quadsInserted.get(),
        counts.quadsDeleted.get());
  }

  Summary plus(Summary other) {
    return new Summary(
        nodesCreated + other.nodesCreated,
        nodesDeleted + other.nodesDeleted,
        edgesCreated + other.edgesCreated,
        edgesDeleted + other.edgesDeleted,
        propertiesSet + other.propertiesSet,
        labelsAdded + other.labelsAdded,
        labelsRemoved + other.labelsRemoved,
        rowsChanged + other.rowsChanged,
        quadsInserted + other.quadsInserted,
        quadsDeleted + other.quadsDeleted);
  }

  public boolean isEmpty() {
    return equals(NOTHING);
  }
}
