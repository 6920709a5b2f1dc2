package io.sabot.shell.output;

import io.sabot.engine.Result;
import io.sabot.engine.Row;
import java.io.IOException;

/// Triples as N-Triples, whichever format was asked for.
public final class TriplesFormat implements ResultFormat {
  @Override
  public long write(Result result, Appendable out) throws IOException {
    long rows = 0;
    for (; result.hasNext(); rows++) {
      Row row = result.next();
      for (int c = 0; c < 3; c++) {
        out.append(ValueText.triplePart(row.value(c))).append(' ');
      }
      out.append(".\n");
    }
    return rows;
  }
}
