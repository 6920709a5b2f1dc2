package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Statement;
import io.sabot.parser.cypher.grammar.CypherLexer;
import io.sabot.parser.cypher.grammar.CypherParser;
import io.sabot.plan.error.SourceSpan;
import org.antlr.v4.runtime.ANTLRErrorStrategy;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// Reads query text.
public final class CypherSyntax {
  private CypherSyntax() {}

  /// Parses one statement.
  ///
  /// @throws io.sabot.plan.error.QueryException at the first fault
  public static Statement parse(String text) {
    try {
      return ClauseReader.statement(tree(text));
    } catch (StackOverflowError _) {
      throw CypherErrors.syntax(
          SourceSpan.at(1, 1), "the query is nested too deeply", "split it with WITH");
    }
  }

  /// SLL prediction is faster and enough for nearly all texts; where it stops, full LL decides, and
  /// reports the fault if there is one.
  private static CypherParser.StatementContext tree(String text) {
    try {
      return parser(text, PredictionMode.SLL, new BailErrorStrategy()).statement();
    } catch (ParseCancellationException _) {
      CypherParser parser = parser(text, PredictionMode.LL, new DefaultErrorStrategy());
      parser.addErrorListener(new SyntaxFault());
      return parser.statement();
    }
  }

  private static CypherParser parser(
      String text, PredictionMode mode, ANTLRErrorStrategy strategy) {
    CypherLexer lexer = new CypherLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    CypherParser parser = new CypherParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.setErrorHandler(strategy);
    parser.getInterpreter().setPredictionMode(mode);
    return parser;
  }
}
