package io.sabot.engine;

import io.sabot.parser.cypher.CypherFrontEnd;
import io.sabot.parser.sparql.SparqlFrontEnd;
import io.sabot.parser.sql.SqlFrontEnd;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.value.Value;
import java.util.Locale;
import java.util.Map;

/// From a text in some language to a bound statement.
final class FrontEnds {
  private FrontEnds() {}

  static Statement bind(
      Language language,
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> parameters) {
    ExplainOptions options = ExplainOptions.of(text);
    return options == null
        ? bound(language, text, catalog, columns, parameters)
        : options.of(bound(language, options.rest(), catalog, columns, parameters));
  }

  private static Statement bound(
      Language language,
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> parameters) {
    return switch (language) {
      case SQL -> SqlFrontEnd.bind(text, catalog, columns, parameters, FrontEnds::embedded);
      case CYPHER -> cypher(text, catalog, columns, parameters);
      case SPARQL -> SparqlFrontEnd.bind(text, catalog, columns, parameters, FrontEnds::embedded);
    };
  }

  /// A text of one language inside a statement of another.
  static Statement embedded(
      String language,
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Map<String, Value> parameters) {
    Language known =
        switch (language.toLowerCase(Locale.ROOT)) {
          case "sql" -> Language.SQL;
          case "cypher" -> Language.CYPHER;
          case "sparql" -> Language.SPARQL;
          default -> throw Errors.unsupported(null, "the language '" + language + "'");
        };
    return bound(known, text, catalog, columns, parameters);
  }

  private static Statement cypher(
      String text, Catalog catalog, ColumnAllocator columns, Map<String, Value> parameters) {
    Statement command = CypherFrontEnd.command(text);
    if (command != null) {
      return command;
    }
    CypherFrontEnd.Lowered lowered =
        CypherFrontEnd.lower(text, catalog, columns, parameters.keySet(), FrontEnds::embedded);
    Mode mode =
        switch (lowered.mode()) {
          case RUN -> Mode.RUN;
          case EXPLAIN -> Mode.EXPLAIN;
          case PROFILE -> Mode.PROFILE;
        };
    boolean silent =
        lowered.plan() instanceof LogicalNode.Output(_, var outputs) && outputs.isEmpty();
    Statement.Query query =
        new Statement.Query(lowered.plan(), mode, silent ? ResultForm.NONE : ResultForm.ROWS);
    return lowered.stages().isEmpty()
        ? query
        : new Statement.InTransactions(lowered.stages(), query);
  }
}
