package io.sabot.store.tuple;

/// Receives new blocks while a set is folded.
public interface BlockSink {
  /// Keeps the bytes of a block and returns its number.
  long add(byte[] block);

  /// The block is part of the set from now on.
  void listed(BlockDirectory.Entry entry);

  /// The block is no longer part of the set.
  void dropped(long id);
}
