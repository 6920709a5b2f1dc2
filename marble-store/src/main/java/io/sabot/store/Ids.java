package io.sabot.store;

import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import java.util.concurrent.atomic.AtomicLong;

/// Numbers that are given out once. Every commit stores how far they have got; numbers given out
/// after the last commit before a crash are given out again, which is safe because nothing stored
/// mentions them.
final class Ids {
  /// Segments, tuple blocks.
  final AtomicLong block = new AtomicLong(1);

  final AtomicLong node = new AtomicLong(0);
  final AtomicLong edge = new AtomicLong(0);
  final AtomicLong term = new AtomicLong(1);

  /// Tables and views; a table id is also an entity template, and template 0 is the native graph.
  final AtomicLong catalog = new AtomicLong(1);

  /// Records of unfinished bulk writes.
  final AtomicLong intent = new AtomicLong(1);

  byte[] encode() {
    return new ByteWriter()
        .unsigned(block.get())
        .unsigned(node.get())
        .unsigned(edge.get())
        .unsigned(term.get())
        .unsigned(catalog.get())
        .unsigned(intent.get())
        .checked();
  }

  void load(byte[] stored) {
    ByteReader in = ByteReader.checked(stored, "the record of numbers");
    block.set(in.unsigned());
    node.set(in.unsigned());
    edge.set(in.unsigned());
    term.set(in.unsigned());
    catalog.set(in.unsigned());
    intent.set(in.unsigned());
  }
}
