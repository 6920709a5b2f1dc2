package io.sabot.engine;

import io.sabot.parser.sql.SqlFrontEnd;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.TableDef;
import java.util.Optional;

/// A look at a SQL text before it is bound, for drivers: strings, quoted names and comments do not
/// confuse it.
public final class SqlText {
  private SqlText() {}

  /// How many parameters written as `?` a statement has, or the number of the last that is written
  /// `$1`.
  public static int positionalParameters(String text) {
    return SqlFrontEnd.positionalParameters(text);
  }

  /// The first word in upper case; empty where there is none.
  public static String firstWord(String text) {
    return SqlFrontEnd.firstWord(text);
  }

  public static boolean mentions(String text, String word) {
    return SqlFrontEnd.mentions(text, word);
  }

  /// The table that an INSERT is into, if there is one.
  public static Optional<TableDef> insertTarget(String text, Catalog catalog) {
    return SqlFrontEnd.insertTarget(text, catalog);
  }

  /// The statement without what is behind its last token, `;` included.
  public static String withoutLastSemicolon(String text) {
    return SqlFrontEnd.withoutLastSemicolon(text);
  }
}
