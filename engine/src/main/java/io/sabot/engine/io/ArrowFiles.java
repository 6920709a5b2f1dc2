package io.sabot.engine.io;

import io.sabot.engine.ArrowBatches;
import io.sabot.engine.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.arrow.vector.ipc.ArrowFileWriter;

/// Writes a result as an Arrow IPC file: a record batch for each batch of the engine.
public final class ArrowFiles {
  private ArrowFiles() {}

  /// Writes every row and returns how many there were. Closes neither.
  public static long write(Result result, OutputStream out) throws IOException {
    long rows = 0;
    try (ArrowBatches batches = result.arrow();
        ArrowFileWriter writer =
            new ArrowFileWriter(batches.root(), null, Channels.newChannel(out))) {
      writer.start();
      while (batches.loadNext()) {
        writer.writeBatch();
        rows += batches.root().getRowCount();
      }
      writer.end();
    }
    return rows;
  }
}
