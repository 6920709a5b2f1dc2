package io.sabot.store;

import io.sabot.store.tuple.BlockDirectory;
import io.sabot.store.tuple.BlockSink;
import java.util.ArrayList;
import java.util.List;

/// The blocks that a fold makes and those that it replaces, until a commit takes them.
final class FoldedBlocks implements BlockSink {
  private final MarbleStore store;
  private final BlobWriter blobs;
  private final List<BlockDirectory.Entry> listed = new ArrayList<>();
  private final List<Long> dropped = new ArrayList<>();

  FoldedBlocks(MarbleStore store, BlobWriter blobs) {
    this.store = store;
    this.blobs = blobs;
  }

  List<BlockDirectory.Entry> listed() {
    return listed;
  }

  List<Long> dropped() {
    return dropped;
  }

  @Override
  public long add(byte[] block) {
    long id = store.ids().block.getAndIncrement();
    blobs.addBlock(id, block);
    return id;
  }

  @Override
  public void listed(BlockDirectory.Entry entry) {
    listed.add(entry);
  }

  @Override
  public void dropped(long id) {
    dropped.add(id);
  }
}
