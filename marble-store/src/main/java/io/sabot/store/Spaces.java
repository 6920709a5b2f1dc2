package io.sabot.store;

import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;

/// Numbers of tuple sets.
final class Spaces {
  static final long NODES = make(1, 0, 0);
  static final long EDGES = make(2, 0, 0);
  private static final int OUT = 3;
  private static final int IN = 4;
  private static final int QUADS = 5;
  private static final int KEYS = 6;
  private static final int ROW_INDEXES = 7;
  private static final int ELEMENT_INDEXES = 8;

  private Spaces() {}

  private static long make(int kind, int major, int minor) {
    return (long) kind << 56 | (long) major << 24 | minor;
  }

  private static int kind(long space) {
    return (int) (space >>> 56);
  }

  /// Tuples (node, neighbour, edge).
  static long adjacency(int type, Direction direction) {
    return make(direction == Direction.OUT ? OUT : IN, type, 0);
  }

  static long quads(QuadReader.Order order) {
    return make(QUADS, order.ordinal(), 0);
  }

  /// Tuples (key columns or their hash, row address); see {@link KeyCodec}.
  static long key(int tableId, int keyNumber) {
    return make(KEYS, tableId, keyNumber);
  }

  /// Tuples (words of columns, row address); see {@link IndexCodec}. Of the graph: tuples (words of
  /// properties, element); see {@link PropertyCodec}.
  static long index(IndexDef index) {
    boolean ofTable = index.target() instanceof IndexTarget.TableColumns;
    return make(ofTable ? ROW_INDEXES : ELEMENT_INDEXES, index.id(), 0);
  }

  static boolean isKeyOf(long space, int tableId) {
    return kind(space) == KEYS && (int) (space >>> 24) == tableId;
  }

  /// Whether the last component is a row address, which a compaction changes.
  static boolean endsInRow(long space) {
    return switch (kind(space)) {
      case 1, 2, KEYS, ROW_INDEXES -> true;
      default -> false;
    };
  }

  /// Whether added tuples are never there before: their rows or edges are new.
  static boolean addsAreNew(long space) {
    return kind(space) != QUADS && kind(space) != ELEMENT_INDEXES;
  }

  /// What a set is, for a person.
  static String describe(Root root, long space) {
    int major = (int) (space >>> 24);
    return switch (kind(space)) {
      case 1 -> "index of nodes";
      case 2 -> "index of relationships";
      case OUT -> "outgoing [:" + root.names().name(Names.Kind.TYPE, major) + "]";
      case IN -> "incoming [:" + root.names().name(Names.Kind.TYPE, major) + "]";
      case QUADS -> "quads " + QuadReader.Order.values()[major];
      case KEYS -> "key " + (space & 0xFFFFFF) + " of " + StoreStats.tableName(root, major);
      case ROW_INDEXES, ELEMENT_INDEXES -> indexName(root, major);
      default -> "set " + space;
    };
  }

  private static String indexName(Root root, int id) {
    IndexDef index = root.catalog().indexes().get(id);
    return "index " + (index == null ? id : index.name());
  }

  /// Node tables are odd negative numbers, edge tables even ones; tables of the catalog are
  /// positive.
  static int nodeTable(int partition) {
    return -2 * partition - 1;
  }

  static int edgeTable(int type) {
    return -2 * type - 2;
  }

  static boolean isNodeTable(int tableId) {
    return tableId < 0 && (tableId & 1) != 0;
  }

  static boolean isEdgeTable(int tableId) {
    return tableId < 0 && (tableId & 1) == 0;
  }

  static int partitionOf(int nodeTable) {
    return (-nodeTable - 1) / 2;
  }

  static int typeOf(int edgeTable) {
    return (-edgeTable - 2) / 2;
  }
}
