package io.sabot.store;

import io.sabot.store.tuple.TupleReader;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The native graph as one snapshot sees it. Nodes, edges and property values are term identifiers;
/// labels, relationship types and property keys are small numbers that never change.
public interface GraphReader {
  /// Column of the term identifier in node and edge tables.
  int ID = 0;

  /// Columns of the end points in edge tables.
  int SOURCE = -1;

  int TARGET = -2;

  /// The number of a name, or -1 when no element ever had it. Property key ids start at 1.
  int labelId(String name);

  int typeId(String name);

  int keyId(String name);

  String labelName(int label);

  String typeName(int type);

  String keyName(int key);

  /// Every partition with at least one row, by label set.
  List<NodePartition> nodePartitions();

  /// The partitions whose nodes carry all of `labels`.
  List<NodePartition> nodePartitions(int... labels);

  /// Relationship types that have at least one edge, ascending.
  int[] edgeTypes();

  /// The edges of a type: columns {@link #ID}, {@link #SOURCE}, {@link #TARGET} and property key
  /// ids.
  Optional<TableReader> edges(int type);

  boolean nodeExists(long node);

  boolean edgeExists(long edge);

  /// Label ids of a node, ascending; empty also when it does not exist.
  int[] labels(long node);

  /// Writes the partition of each of `count` nodes, -1 for one that does not exist: a number that
  /// stands for its label set. Fastest when the nodes are in ascending order.
  void partitions(long[] nodes, int count, int[] partitions);

  /// Label ids of the nodes of a partition, ascending.
  int[] partitionLabels(int partition);

  /// Writes the source and target of each of `count` edges; 0 for one that does not exist. Fastest
  /// when the edges are in ascending order.
  void ends(long[] edges, int count, long[] sources, long[] targets);

  /// The type of an edge, or -1.
  int type(long edge);

  /// Source node, or 0 when the edge does not exist.
  long source(long edge);

  long target(long edge);

  /// One property of a node or edge; 0 when it has none or does not exist.
  long property(long entity, int key);

  /// Writes one property of `count` nodes or edges (mixed allowed) as 8-byte term identifiers; 0
  /// for none. Fastest when the entities are in ascending order.
  void properties(long[] entities, int count, int key, MemorySegment dst, long dstOffset);

  /// Calls `sink` with every property of a node or edge, by ascending key id.
  void eachProperty(long entity, PropertySink sink);

  /// Sorted tuples `(node, neighbour, edge)` of one type.
  TupleReader adjacency(int type, Direction direction);

  /// Neighbours of `count` nodes over edges of `type`, in the order of the input.
  ExpandCursor expand(int type, Direction direction, long[] nodes, int count);

  long degree(int type, Direction direction, long node);

  long nodeCount();

  long nodeCount(int label);

  long edgeCount();

  long edgeCount(int type);

  /// Receives properties.
  @FunctionalInterface
  interface PropertySink {
    void accept(int key, long value);
  }

  /// Reads the edges of a batch of nodes.
  interface ExpandCursor {
    /// Writes at most `max` edges: the index of the node in the input, the neighbour and the edge.
    /// A null array is skipped. Returns how many, 0 at the end.
    int next(
        int @Nullable [] inputs, long @Nullable [] neighbours, long @Nullable [] edges, int max);
  }
}
