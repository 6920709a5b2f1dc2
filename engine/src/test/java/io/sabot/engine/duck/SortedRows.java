package io.sabot.engine.duck;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Session;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a query as one text, in an order of their own.
final class SortedRows {
  private SortedRows() {}

  static String of(Session session, String sql) {
    try (Result result = session.run(Language.SQL, sql)) {
      List<String> rows = new ArrayList<>();
      int width = result.columns().size();
      while (result.hasNext()) {
        var row = result.next();
        List<String> values = new ArrayList<>();
        for (int c = 0; c < width; c++) {
          values.add(text(row.get(c)));
        }
        rows.add(values.toString());
      }
      rows.sort(null);
      return rows.toString();
    } catch (RuntimeException failed) {
      return "fails: " + failed;
    }
  }

  /// Numbers by their value, whatever their scale. Which of two equal zeros an aggregate or a join
  /// shows is left to it.
  static String text(@Nullable Object value) {
    return switch (value) {
      case Double number when !Double.isFinite(number) -> number.toString();
      case BigDecimal number -> number.stripTrailingZeros().toPlainString();
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
      case null, default -> String.valueOf(value);
    };
  }
}
