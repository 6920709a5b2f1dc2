package io.sabot.shell.output;

import io.sabot.engine.Result;
import java.io.IOException;

/// One JSON object a line.
final class JsonLinesFormat implements ResultFormat {
  @Override
  public long write(Result result, Appendable out) throws IOException {
    long rows = 0;
    for (; result.hasNext(); rows++) {
      out.append(JsonValues.object(result.next())).append('\n');
    }
    return rows;
  }
}
