package io.sabot.exec.spill;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the blocks of one file after the other. A reader may be pointed to many files of the same
/// columns, so that its vectors are used again. Confined to one thread.
public final class SpillReader {
  private final BlockCodec codec = new BlockCodec();
  private final Batch batch;
  private @Nullable SpillFile file;
  private long position;

  public SpillReader(List<Physical> kinds, QueryMemory memory) {
    Vector[] vectors = new Vector[kinds.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = new Vector(kinds.get(c), memory);
    }
    this.batch = new Batch(vectors);
  }

  /// Starts at the first block of a file.
  public void open(SpillFile from) {
    file = from;
    position = 0;
  }

  /// The rows of the next block, null at the end. They are overwritten by the next call.
  public @Nullable Batch next() {
    SpillFile source = file;
    if (source == null || position >= source.length()) {
      return null;
    }
    position = codec.read(source, position, batch);
    return batch;
  }

  /// Gives the vectors back.
  public void release() {
    file = null;
    for (int c = 0; c < batch.columnCount(); c++) {
      batch.vector(c).release();
    }
  }
}
