package io.sabot.parser.embed;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.value.Value;
import java.util.Map;

/// Binds a text of another language inside a statement; given by whoever knows all languages.
@FunctionalInterface
public interface EmbeddedLanguages {
  /// @param language `sql`, `cypher` or `sparql`
  /// @param parameters the parameters that the text may use; null stands for one whose value is
  ///   known only when the text runs
  Statement bind(
      String language,
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> parameters);

  /// Knows no language.
  EmbeddedLanguages NONE =
      (language, text, catalog, columns, parameters) -> {
        throw Errors.unsupported(null, "the language '" + language + "' inside another");
      };
}
