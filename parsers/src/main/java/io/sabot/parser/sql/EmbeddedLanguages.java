package io.sabot.parser.sql;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.value.Value;
import java.util.Map;

/// Binds a text of another language inside a SQL statement; given by whoever knows all languages.
@FunctionalInterface
public interface EmbeddedLanguages {
  /// @param language `cypher` or `sparql`
  /// @param parameters the parameters that the text may use
  Statement bind(
      String language,
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> parameters);

  /// Knows SQL only.
  EmbeddedLanguages NONE =
      (language, text, catalog, columns, parameters) -> {
        throw io.sabot.plan.error.Errors.unsupported(
            null, "the language '" + language + "' in SQL");
      };
}
