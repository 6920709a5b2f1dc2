package io.sabot.store;

import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import java.util.TreeMap;
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

  /// The number that a sequence gave last, by its id; changes while it is locked.
  private final TreeMap<Integer, Long> sequences = new TreeMap<>();

  /// The next number of a sequence.
  long next(SequenceDef sequence) {
    synchronized (sequences) {
      Long last = sequences.get(sequence.id());
      long next = last == null ? sequence.start() : after(last, sequence);
      sequences.put(sequence.id(), next);
      return next;
    }
  }

  private static long after(long last, SequenceDef sequence) {
    long step = sequence.increment();
    boolean isOver = step > 0 ? last > sequence.max() - step : last < sequence.min() - step;
    if (!isOver) {
      return last + step;
    }
    if (!sequence.cycle()) {
      throw new QueryException(
          ErrorCode.OUT_OF_RANGE,
          null,
          "sequence '" + sequence.name() + "' has reached its last number " + last,
          "set it back, or give the sequence more numbers");
    }
    return step > 0 ? sequence.min() : sequence.max();
  }

  /// Makes `value` the number that a sequence gave last.
  void set(int sequenceId, long value) {
    synchronized (sequences) {
      sequences.put(sequenceId, value);
    }
  }

  byte[] encode() {
    ByteWriter out =
        new ByteWriter()
            .unsigned(block.get())
            .unsigned(node.get())
            .unsigned(edge.get())
            .unsigned(term.get())
            .unsigned(catalog.get())
            .unsigned(intent.get());
    synchronized (sequences) {
      out.unsigned(sequences.size());
      sequences.forEach((id, last) -> out.unsigned(id).signed(last));
    }
    return out.checked();
  }

  void load(byte[] stored) {
    ByteReader in = ByteReader.checked(stored, "the record of numbers");
    block.set(in.unsigned());
    node.set(in.unsigned());
    edge.set(in.unsigned());
    term.set(in.unsigned());
    catalog.set(in.unsigned());
    intent.set(in.unsigned());
    int count = in.atEnd() ? 0 : in.intValue();
    synchronized (sequences) {
      for (int i = 0; i < count; i++) {
        int id = in.intValue();
        sequences.put(id, in.signed());
      }
    }
  }
}
