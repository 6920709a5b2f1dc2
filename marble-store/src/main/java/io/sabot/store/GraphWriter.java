package io.sabot.store;

/// Changes the native graph within a transaction. Confined to the thread of the transaction.
///
/// Property values are term identifiers (interned by {@link Transaction#intern}); 0 means none.
public interface GraphWriter {
  /// The number of a name, allocated when new.
  int labelId(String name);

  int typeId(String name);

  int keyId(String name);

  /// Creates a node with labels (any order, duplicates allowed) and properties; returns its
  /// identifier.
  long createNode(int[] labels, int[] keys, long[] values);

  /// Creates `count` nodes with the same labels; `values[k][i]` is property `keys[k]` of node `i`.
  /// Identifiers go to `ids`.
  void createNodes(int[] labels, int[] keys, long[][] values, int count, long[] ids);

  /// Creates an edge between existing nodes; returns its identifier.
  long createEdge(int type, long source, long target, int[] keys, long[] values);

  /// Creates `count` edges of one type.
  void createEdges(
      int type, long[] sources, long[] targets, int[] keys, long[][] values, int count, long[] ids);

  /// Sets or (value 0) removes one property of a node or edge. Returns whether anything changed.
  boolean setProperty(long entity, int key, long value);

  /// Sets several properties at once; with `replace`, all others are removed.
  void setProperties(long entity, int[] keys, long[] values, boolean replace);

  /// Returns whether the node did not have the label.
  boolean addLabel(long node, int label);

  /// Returns whether the node had the label.
  boolean removeLabel(long node, int label);

  /// Deletes an edge; returns false when it is deleted already.
  boolean deleteEdge(long edge);

  /// Deletes a node; with `detach` its edges too. Without, edges must be gone by {@link
  /// Transaction#checkConstraints} or commit. Returns the number of edges deleted, or -1 when the
  /// node is deleted already.
  long deleteNode(long node, boolean detach);

  /// Whether this transaction deleted the node or edge.
  boolean isDeleted(long entity);
}
