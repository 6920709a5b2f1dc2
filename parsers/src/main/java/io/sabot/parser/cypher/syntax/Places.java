package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.Place;
import io.sabot.plan.error.SourceSpan;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/// Positions and verbatim text of parse tree nodes.
final class Places {
  private Places() {}

  static Place of(ParserRuleContext context) {
    return of(
        context.getStart(), context.getStop() == null ? context.getStart() : context.getStop());
  }

  static Place of(Token first, Token last) {
    SourceSpan end = of(last);
    return new Place(
        new SourceSpan(
            first.getLine(), first.getCharPositionInLine() + 1, end.endLine(), end.endColumn()));
  }

  static SourceSpan of(Token token) {
    int line = token.getLine();
    int column = token.getCharPositionInLine() + 1;
    if (token.getType() == Token.EOF) {
      return SourceSpan.at(line, column);
    }
    String text = token.getText();
    int lastBreak = text.lastIndexOf('\n');
    int lineBreaks = (int) text.chars().filter(c -> c == '\n').count();
    int endColumn =
        lastBreak < 0
            ? column + text.codePointCount(0, text.length())
            : text.codePointCount(lastBreak + 1, text.length()) + 1;
    return new SourceSpan(line, column, line + lineBreaks, endColumn);
  }

  /// Exactly what was written, with its spaces and comments.
  static String text(ParserRuleContext context) {
    Token first = context.getStart();
    return first
        .getInputStream()
        .getText(Interval.of(first.getStartIndex(), context.getStop().getStopIndex()));
  }
}
