package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Calcite's parser with the forms of PostgreSQL that its grammar lacks. Each is written in another
/// way at the same place for the parser, and what it reads is put right.
final class PostgresForms {
  private PostgresForms() {}

  /// What is read of a text.
  @FunctionalInterface
  interface Reading {
    SqlNode from(SqlParser parser) throws SqlParseException;
  }

  static SqlNode read(String text, Reading reading) throws SqlParseException {
    FunctionForms functions = FunctionForms.of(SeriesForms.text(withoutMaterialized(text)));
    TimeForms times = TimeForms.of(functions.text());
    WrittenLiterals literals = WrittenLiterals.of(times.text());
    PostfixForms postfixes = PostfixForms.of(literals.text());
    GroupFrames frames = GroupFrames.of(postfixes.text());
    ArrayForms arrays = ArrayForms.of(frames.text());
    InfixForms infixes = InfixForms.of(arrays.text());
    WhereWithoutFrom conditions = WhereWithoutFrom.of(infixes.text());
    DistinctOn distinct = DistinctOn.of(conditions.text());
    SubstringForms substrings = SubstringForms.of(distinct.text());
    SqlParser parser = SqlParser.create(substrings.text(), CalcitePlanner.PARSER);
    SqlNode read = substrings.rewrite(reading.from(parser));
    refuseBy(read);
    SqlNode values = infixes.rewrite(arrays.rewrite(RowForms.rewrite(functions.rewrite(read))));
    SqlNode told = distinct.rewrite(conditions.rewrite(NamedWindows.writtenOut(values)));
    SqlNode written = times.rewrite(literals.rewrite(postfixes.rewrite(frames.rewrite(told))));
    return OpenDecimals.rewrite(SeriesForms.rewrite(written), text);
  }

  /// `WITH q AS [NOT] MATERIALIZED (...)`: the optimizer decides which queries it computes once.
  private static String withoutMaterialized(String text) {
    List<Token> tokens = Scanner.scan(text);
    StringBuilder out = new StringBuilder(text);
    for (int i = 1; i + 1 < tokens.size(); i++) {
      boolean isNegated = tokens.get(i - 1).is("NOT");
      Token before = tokens.get(isNegated && i > 1 ? i - 2 : i - 1);
      if (tokens.get(i).is("MATERIALIZED") && before.is("AS") && tokens.get(i + 1).is("(")) {
        WrittenLiterals.blank(out, before.end(), tokens.get(i).end());
      }
    }
    return out.toString();
  }

  /// Calcite reads `SELECT a BY b` as a short form of GROUP BY and ORDER BY, which PostgreSQL does
  /// not know and which its own validator stumbles over.
  private static void refuseBy(SqlNode read) {
    read.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && select.hasByClause()) {
              throw Errors.syntax(
                  CalciteErrors.span(call.getParserPosition()),
                  "BY stands behind a select list",
                  "write GROUP BY or ORDER BY");
            }
            return super.visit(call);
          }
        });
  }
}
