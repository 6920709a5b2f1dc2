package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.grammar.CypherParser.TypeTermContext;
import io.sabot.parser.cypher.grammar.CypherParser.ValueTypeContext;
import io.sabot.plan.function.ValueTypes;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;

/// Reads types of values, `LIST<INTEGER NOT NULL> | STRING`, into text in one fixed form.
final class TypeReader {
  private TypeReader() {}

  static String text(ValueTypeContext context) {
    return context.typeTerm().stream().map(TypeReader::term).collect(Collectors.joining(" | "));
  }

  private static String term(TypeTermContext context) {
    String words =
        context.typeWord().stream()
            .map(ParserRuleContext::getText)
            .map(word -> word.toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    if (!ValueTypes.isName(words)) {
      throw CypherErrors.unexpectedSyntax(
          Places.of(context), "unknown type '" + words + "'", "types are " + ValueTypes.names());
    }
    String inner = context.valueType() == null ? "" : "<" + text(context.valueType()) + ">";
    boolean notNull = context.NOT() != null || context.EXCLAMATION() != null;
    return words + inner + (notNull ? " NOT NULL" : "");
  }
}
