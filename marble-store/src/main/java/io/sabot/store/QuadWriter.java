package io.sabot.store;

/// Changes quads within a transaction. Confined to the thread of the transaction. Graph 0 stands
/// for {@link QuadReader#DEFAULT_GRAPH}.
public interface QuadWriter {
  /// Adds a quad; no effect when it is there.
  void insert(long graph, long subject, long predicate, long object);

  /// Removes a quad; no effect when it is not there.
  void delete(long graph, long subject, long predicate, long object);
}
