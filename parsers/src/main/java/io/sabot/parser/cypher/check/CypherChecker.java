package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Statement;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.error.SourceSpan;
import java.util.List;
import java.util.Set;

/// Refuses queries that parse but have no meaning.
public final class CypherChecker {
  private CypherChecker() {}

  /// Checks a statement.
  ///
  /// @param parameters the names of the parameters that come with it
  /// @param embedded knows the calls that are queries in another language
  /// @throws io.sabot.plan.error.QueryException at the first fault
  public static void check(
      Statement statement,
      List<ProcedureDef> procedures,
      Set<String> parameters,
      EmbeddedCalls embedded) {
    try {
      new QueryCheck(new ProcedureCheck(procedures, parameters, embedded))
          .query(statement.query(), new Scope());
    } catch (StackOverflowError _) {
      throw CypherErrors.syntax(
          SourceSpan.at(1, 1), "the query is nested too deeply", "split it with WITH");
    }
  }
}
