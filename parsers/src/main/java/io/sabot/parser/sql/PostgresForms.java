package io.sabot.parser.sql;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;

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
    WhereWithoutFrom conditions = WhereWithoutFrom.of(text);
    DistinctOn distinct = DistinctOn.of(conditions.text());
    SqlNode read = reading.from(SqlParser.create(distinct.text(), CalcitePlanner.PARSER));
    return distinct.rewrite(conditions.rewrite(read));
  }
}
