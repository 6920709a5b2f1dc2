package io.sabot.store;

import io.sabot.store.kv.Family;
import io.sabot.store.kv.KvBatch;
import io.sabot.store.kv.SortedFile;
import io.sabot.store.segment.EncodedColumn;
import io.sabot.store.segment.SegmentDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// New chunks and blocks of a transaction or a compaction on their way to the database.
///
/// Few bytes go into the commit's batch. Many are written ahead as sorted files, each announced by
/// an *intent* in the log, so that whatever a crash or rollback leaves unused is found and deleted.
final class BlobWriter {
  /// Columns of a segment up to this size are kept in one value.
  static final int PACKED_BYTES_MAX = 1 << 16;

  private final MarbleStore store;
  private final TreeMap<byte[], byte[]> waiting = new TreeMap<>(Arrays::compareUnsigned);
  private final List<Sealed> sealed = new ArrayList<>();
  private final List<Long> intents = new ArrayList<>();
  private long bytes;

  private record Sealed(SegmentDescriptor descriptor, Consumer<SegmentDescriptor> stored) {}

  private final TreeMap<Long, SegmentDescriptor> descriptors = new TreeMap<>();

  BlobWriter(MarbleStore store) {
    this.store = store;
  }

  void addSegment(SegmentDescriptor descriptor, EncodedColumn[] columns) {
    descriptors.put(descriptor.id(), descriptor);
    if (descriptor.packed()) {
      byte[] all = new byte[descriptor.totalBytes()];
      int at = 0;
      for (EncodedColumn column : columns) {
        System.arraycopy(column.bytes(), 0, all, at, column.bytes().length);
        at += column.bytes().length;
      }
      put(Blobs.key(descriptor.id(), Blobs.PACKED), all);
      return;
    }
    for (int i = 0; i < columns.length; i++) {
      put(Blobs.key(descriptor.id(), i), columns[i].bytes());
    }
  }

  SegmentDescriptor descriptor(long segmentId) {
    SegmentDescriptor descriptor = descriptors.get(segmentId);
    if (descriptor == null) {
      throw new IllegalStateException("segment " + segmentId + " was not encoded");
    }
    return descriptor;
  }

  /// Takes back a segment of which no row is left.
  void discard(long segmentId, KvBatch batch) {
    SegmentDescriptor descriptor = descriptor(segmentId);
    int first = descriptor.packed() ? Blobs.PACKED : 0;
    int last = descriptor.packed() ? Blobs.PACKED : descriptor.columnIds().length - 1;
    for (int ordinal = first; ordinal <= last; ordinal++) {
      byte[] key = Blobs.key(segmentId, ordinal);
      byte[] value = waiting.remove(key);
      if (value == null) {
        batch.delete(Family.DATA, key);
      } else {
        bytes -= value.length;
      }
    }
  }

  void addBlock(long id, byte[] block) {
    put(Blobs.key(id, 0), block);
  }

  private void put(byte[] key, byte[] value) {
    waiting.put(key, value);
    bytes += value.length;
  }

  /// Tells that a segment is complete; `stored` is called when it can be read from the database.
  void sealed(SegmentDescriptor descriptor, Consumer<SegmentDescriptor> stored) {
    sealed.add(new Sealed(descriptor, stored));
    if (bytes >= store.options().bulk().spillBytes()) {
      spill();
    }
  }

  private void spill() {
    intents.add(store.announce(List.copyOf(waiting.keySet())));
    try (SortedFile file = store.kv().newSortedFile(Family.DATA)) {
      waiting.forEach(file::put);
      store.kv().ingest(file);
    }
    waiting.clear();
    bytes = 0;
    for (Sealed segment : sealed) {
      segment.stored().accept(segment.descriptor());
    }
    sealed.clear();
  }

  long bytes() {
    return bytes;
  }

  /// Writes ahead what is too much for a commit, so that the commit itself is short. Not under the
  /// commit lock.
  void prepare() {
    if (bytes > store.options().bulk().batchBytes()) {
      spill();
    }
  }

  /// Adds everything to a commit: as puts, or as the end of the intents. The caller holds the
  /// commit lock.
  void commit(KvBatch batch) {
    if (bytes > store.options().bulk().batchBytes()) {
      spill();
    }
    waiting.forEach((key, value) -> batch.put(Family.DATA, key, value));
    for (long intent : intents) {
      batch.delete(Family.META, MarbleStore.intentKey(intent));
    }
  }

  /// Deletes what was written ahead.
  void abandon() {
    if (!intents.isEmpty()) {
      store.abandon(intents);
    }
  }
}
