package io.sabot.parser.cypher;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Statement;
import io.sabot.parser.cypher.check.CypherChecker;
import io.sabot.parser.cypher.check.EmbeddedCalls;
import io.sabot.parser.cypher.check.FunctionTable;
import io.sabot.parser.cypher.check.NameCheck;
import io.sabot.parser.cypher.lower.CypherLowering;
import io.sabot.parser.cypher.syntax.CypherSyntax;
import io.sabot.parser.cypher.syntax.SchemaCommand;
import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.statement.Statement.Stage;
import io.sabot.plan.statement.UnknownName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The openCypher front-end.
public final class CypherFrontEnd {
  private CypherFrontEnd() {}

  /// A lowered statement and what its prefix asks for.
  ///
  /// @param stages what runs before the plan, in transactions of its own
  public record Lowered(Statement.Mode mode, List<Stage> stages, LogicalNode plan) {}

  /// Parses, checks and lowers one statement.
  ///
  /// @param parameters the names of the parameters that come with the query; a standalone CALL
  ///   without an argument list takes its arguments from them
  /// @return a plan that ends in an `Output`, without columns when the query returns nothing
  /// @throws io.sabot.plan.error.QueryException whose detail is the word of the openCypher TCK
  public static Lowered lower(
      String text, Catalog catalog, ColumnAllocator columns, Set<String> parameters) {
    return lower(text, catalog, columns, parameters, EmbeddedLanguages.NONE);
  }

  /// @param languages binds `CALL sql('...')` and its like
  public static Lowered lower(
      String text,
      Catalog catalog,
      ColumnAllocator columns,
      Set<String> parameters,
      EmbeddedLanguages languages) {
    Statement statement = CypherSyntax.parse(text);
    EmbeddedCalls embedded = new EmbeddedCalls(languages, catalog, columns, parameters);
    return FunctionTable.with(
        catalog, () -> checkedAndLowered(statement, catalog, columns, parameters, embedded));
  }

  private static Lowered checkedAndLowered(
      Statement statement,
      Catalog catalog,
      ColumnAllocator columns,
      Set<String> parameters,
      EmbeddedCalls embedded) {
    CypherChecker.check(statement, catalog.procedures(), parameters, embedded);
    try {
      List<Stage> stages = new ArrayList<>();
      LogicalNode plan = CypherLowering.lower(statement, catalog, columns, embedded, stages);
      return new Lowered(statement.mode(), List.copyOf(stages), plan);
    } catch (StackOverflowError _) {
      throw CypherErrors.syntax(
          SourceSpan.at(1, 1), "the query is nested too deeply", "split it with WITH");
    }
  }

  /// The command that changes indexes or constraints, or null when `text` is a query.
  public static io.sabot.plan.statement.@Nullable Statement command(String text) {
    return SchemaCommand.read(text);
  }

  /// The labels and relationship types that a query asks for and that nothing has.
  public static List<UnknownName> unknownNames(String text, Catalog catalog) {
    return SchemaCommand.read(text) != null
        ? List.of()
        : NameCheck.of(CypherSyntax.parse(text).query(), catalog);
  }
}
