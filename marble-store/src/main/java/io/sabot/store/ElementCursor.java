package io.sabot.store;

import io.sabot.plan.value.TermId;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.Probe;
import org.jspecify.annotations.Nullable;

/// Goes to nodes and edges by their identifiers, and reads the same columns of each. Cheapest when
/// they come in about ascending order: blocks of the index and chunks are kept from one to the
/// next. Confined to one thread.
final class ElementCursor {
  private final State state;
  private final @Nullable ReadSet reads;
  private final int[] columns;
  private final ColumnChunk[] chunks;
  private final long[] prefix = new long[1];
  private @Nullable Probe nodes;
  private @Nullable Probe edges;
  private int group;
  private long address;

  /// Where the chunks are of; segments are numbered within their table.
  private int chunksTable;

  private long chunksSegment = -1;

  ElementCursor(State state, @Nullable ReadSet reads, int... columns) {
    this.state = state;
    this.reads = reads;
    this.columns = columns;
    this.chunks = new ColumnChunk[columns.length];
  }

  /// Whether it is an element of the native graph that is there.
  boolean seek(long entity) {
    int tag = TermId.tag(entity);
    if (reads != null) {
      reads.prefix(space(tag), StateGraphReader.INDEX_ARITY, new long[] {entity}, 1);
    }
    if (!TermId.isEntity(entity) || TermId.template(entity) != 0) {
      return false;
    }
    prefix[0] = entity;
    long[] found = probe(tag).first(prefix, 1);
    if (found == null) {
      return false;
    }
    group = (int) found[1];
    address = found[2];
    if (columns.length > 0) {
      open(tag == TermId.TAG_NODE ? Spaces.nodeTable(group) : Spaces.edgeTable(group));
    }
    return true;
  }

  private static long space(int tag) {
    return tag == TermId.TAG_NODE ? Spaces.NODES : Spaces.EDGES;
  }

  private Probe probe(int tag) {
    Probe known = tag == TermId.TAG_NODE ? nodes : edges;
    if (known != null) {
      return known;
    }
    Probe probe = new Probe(state.set(space(tag), StateGraphReader.INDEX_ARITY), state.blobs());
    if (tag == TermId.TAG_NODE) {
      nodes = probe;
    } else {
      edges = probe;
    }
    return probe;
  }

  private void open(int tableId) {
    long segmentId = Segment.segmentId(address);
    if (tableId == chunksTable && segmentId == chunksSegment) {
      return;
    }
    TableState table = state.table(tableId);
    SegmentState segment = table == null ? null : table.find(segmentId);
    if (segment == null) {
      throw new IllegalStateException("the index names a row that is not there: " + address);
    }
    for (int c = 0; c < columns.length; c++) {
      chunks[c] =
          segment.column(columns[c], TableState.ColumnKinds.TERMS.kind(columns[c]), state.blobs());
    }
    chunksTable = tableId;
    chunksSegment = segmentId;
  }

  /// The partition of the node, or the type of the edge.
  int group() {
    return group;
  }

  /// The value of the `i`-th column; 0 for none.
  long value(int i) {
    return chunks[i].longAt(Segment.row(address));
  }
}
