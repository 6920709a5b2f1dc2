package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.grammar.CypherParser.LabelAndContext;
import io.sabot.parser.cypher.grammar.CypherParser.LabelAnyContext;
import io.sabot.parser.cypher.grammar.CypherParser.LabelExpressionContext;
import io.sabot.parser.cypher.grammar.CypherParser.LabelGroupContext;
import io.sabot.parser.cypher.grammar.CypherParser.LabelNameContext;
import io.sabot.parser.cypher.grammar.CypherParser.LabelNotContext;
import io.sabot.parser.cypher.grammar.CypherParser.LabelOrContext;
import io.sabot.parser.cypher.grammar.CypherParser.LabelTermContext;
import io.sabot.plan.expr.LabelExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads conditions on labels and relationship types: `:A|B&!C`.
final class LabelReader {
  private LabelReader() {}

  static LabelExpr test(@Nullable LabelExpressionContext context) {
    return context == null ? LabelExpr.ANY : or(context.labelOr());
  }

  private static LabelExpr or(LabelOrContext context) {
    List<LabelExpr> parts = context.labelAnd().stream().map(LabelReader::and).toList();
    return parts.size() == 1 ? parts.getFirst() : new LabelExpr.Or(parts);
  }

  static LabelExpr and(LabelAndContext context) {
    List<LabelExpr> parts = context.labelTerm().stream().map(LabelReader::term).toList();
    return parts.size() == 1 ? parts.getFirst() : new LabelExpr.And(parts);
  }

  private static LabelExpr term(LabelTermContext context) {
    return switch (context) {
      case LabelNotContext not -> new LabelExpr.Not(term(not.labelTerm()));
      case LabelGroupContext group -> or(group.labelOr());
      case LabelAnyContext _ -> new LabelExpr.Labelled();
      case LabelNameContext name -> new LabelExpr.Has(PatternReader.name(name.schemaName()).text());
      default -> throw new IllegalStateException("unknown label " + context.getText());
    };
  }

  /// The labels of a plain list (`:A:B` or `:A&B`); empty for anything else.
  static List<Name> conjunction(@Nullable LabelExpressionContext context) {
    return context == null || context.labelOr().labelAnd().size() != 1
        ? List.of()
        : names(context.labelOr().labelAnd(0).labelTerm());
  }

  /// The names, or nothing when a term is more than a name.
  private static List<Name> names(List<LabelTermContext> terms) {
    List<Name> names = new ArrayList<>();
    for (LabelTermContext term : terms) {
      if (!(term instanceof LabelNameContext name)) {
        return List.of();
      }
      names.add(PatternReader.name(name.schemaName()));
    }
    return names;
  }

  /// The alternatives of a relationship type (`:A|B`); empty for anything else.
  static List<Name> types(@Nullable LabelExpressionContext context) {
    if (context == null) {
      return List.of();
    }
    List<LabelTermContext> terms = new ArrayList<>();
    for (LabelAndContext part : context.labelOr().labelAnd()) {
      if (part.labelTerm().size() > 1) {
        return List.of();
      }
      terms.addAll(part.labelTerm());
    }
    return names(terms);
  }
}
