package io.sabot.parser.sql;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// `FROM t, generate_series(1, t.n)`: as in PostgreSQL a series sees the tables before it, whether
/// LATERAL stands there or not. Calcite's grammar has LATERAL only before `TABLE(...)`.
final class SeriesForms {
  private static final String SERIES = "generate_series";

  private SeriesForms() {}

  /// The text without the word LATERAL before a series.
  static String text(String text) {
    if (!text.toLowerCase(Locale.ROOT).contains(SERIES)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text);
    List<Token> tokens = Scanner.scan(text);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("LATERAL") && tokens.get(i + 1).is(SERIES)) {
        WrittenLiterals.blank(out, tokens.get(i).start(), tokens.get(i).end());
      }
    }
    return out.toString();
  }

  /// With LATERAL before each series that names a column.
  static SqlNode rewrite(SqlNode read) {
    return Objects.requireNonNull(
        read.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                if (call.getKind() == SqlKind.LATERAL) {
                  return call;
                }
                SqlNode changed = super.visit(call);
                return changed instanceof SqlCall rows && isSeriesOfColumns(rows)
                    ? SqlStdOperatorTable.LATERAL.createCall(rows.getParserPosition(), rows)
                    : changed;
              }
            }));
  }

  private static boolean isSeriesOfColumns(SqlCall rows) {
    return rows.getKind() == SqlKind.COLLECTION_TABLE
        && rows.operand(0) instanceof SqlCall series
        && series.getOperator() instanceof SqlFunction function
        && function.getName().equalsIgnoreCase(SERIES)
        && series.getOperandList().stream().anyMatch(SeriesForms::namesColumn);
  }

  private static boolean namesColumn(SqlNode argument) {
    boolean[] found = {false};
    argument.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            found[0] = true;
            return null;
          }
        });
    return found[0];
  }
}
