package io.sabot.engine.duck;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The rows of a query as one text, in an order of their own.
final class SortedRows {
  private SortedRows() {}

  static String of(Session session, String sql, Function<@Nullable Object, String> text) {
    try (Result result = session.run(Language.SQL, sql)) {
      List<String> rows = new ArrayList<>();
      int width = result.columns().size();
      while (result.hasNext()) {
        var row = result.next();
        List<String> values = new ArrayList<>();
        for (int c = 0; c < width; c++) {
          values.add(text.apply(row.get(c)));
        }
        rows.add(values.toString());
      }
      rows.sort(null);
      return rows.toString();
    } catch (RuntimeException failed) {
      return "fails: " + failed;
    }
  }
}
