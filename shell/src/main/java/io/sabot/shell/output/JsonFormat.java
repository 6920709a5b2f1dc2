package io.sabot.shell.output;

import io.sabot.engine.Result;
import java.io.IOException;

/// One JSON array of objects.
final class JsonFormat implements ResultFormat {
  @Override
  public long write(Result result, Appendable out) throws IOException {
    long rows = 0;
    out.append('[');
    for (; result.hasNext(); rows++) {
      out.append(rows == 0 ? "\n" : ",\n").append(JsonValues.object(result.next()));
    }
    out.append(rows == 0 ? "]\n" : "\n]\n");
    return rows;
  }
}
