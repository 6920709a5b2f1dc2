package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.Direction;
import io.sabot.parser.cypher.ast.PatternPart.Length;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.parser.cypher.ast.PatternPart.Search;
import io.sabot.parser.cypher.ast.PatternPart.Selector;
import io.sabot.parser.cypher.ast.PatternPart.Step;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.cypher.grammar.CypherParser.ExactLengthContext;
import io.sabot.parser.cypher.grammar.CypherParser.LengthRangeContext;
import io.sabot.parser.cypher.grammar.CypherParser.LengthWithoutStarContext;
import io.sabot.parser.cypher.grammar.CypherParser.NegativeLengthContext;
import io.sabot.parser.cypher.grammar.CypherParser.NodeLabelsContext;
import io.sabot.parser.cypher.grammar.CypherParser.NodePatternContext;
import io.sabot.parser.cypher.grammar.CypherParser.OpenLengthContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternPartContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternPropertiesContext;
import io.sabot.parser.cypher.grammar.CypherParser.PlainStepContext;
import io.sabot.parser.cypher.grammar.CypherParser.RelationshipDetailContext;
import io.sabot.parser.cypher.grammar.CypherParser.RelationshipPatternContext;
import io.sabot.parser.cypher.grammar.CypherParser.SchemaNameContext;
import io.sabot.parser.cypher.grammar.CypherParser.ShortestPathContext;
import io.sabot.parser.cypher.grammar.CypherParser.VariableContext;
import io.sabot.plan.expr.LabelExpr;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Reads patterns.
final class PatternReader {
  private PatternReader() {}

  static List<PatternPart> pattern(PatternContext context) {
    return pattern(context, false);
  }

  /// @param repeatable whether relationships may be used more than once
  static List<PatternPart> pattern(PatternContext context, boolean repeatable) {
    return context.patternPart().stream().map(part -> part(part, repeatable)).toList();
  }

  static PatternPart part(PatternPartContext context) {
    return part(context, false);
  }

  private static PatternPart part(PatternPartContext context, boolean repeatable) {
    Name path = variable(context.variable());
    Search search = SearchReader.search(context.pathPrefix(), repeatable);
    if (context.shortestPath() == null) {
      return PathReader.part(path, search, context.patternElement());
    }
    if (context.pathPrefix() != null) {
      throw CypherErrors.unexpectedSyntax(
          Places.of(context.pathPrefix()),
          "shortestPath() takes no path selector or mode",
          "write one or the other");
    }
    return shortestPath(path, context.shortestPath());
  }

  static PatternPart shortestPath(@Nullable Name path, ShortestPathContext context) {
    Selector selector =
        context.ALL_SHORTEST_PATHS() != null ? Selector.ALL_SHORTEST : Selector.SHORTEST;
    PatternPart part = PathReader.part(path, Search.PLAIN, context.patternElement());
    return new PatternPart(path, selector, part.start(), part.steps(), part.place());
  }

  static PatternPart chain(
      @Nullable Name path,
      Selector selector,
      NodePatternContext start,
      List<PlainStepContext> steps,
      Place place) {
    List<Step> chain =
        steps.stream()
            .map(s -> new Step(relationship(s.relationshipPattern()), node(s.nodePattern())))
            .toList();
    return new PatternPart(path, selector, node(start), chain, place);
  }

  static NodePattern node(NodePatternContext context) {
    return new NodePattern(
        variable(context.variable()),
        LabelReader.conjunction(context.labelExpression()),
        LabelReader.test(context.labelExpression()),
        properties(context.patternProperties()),
        ClauseReader.where(context.where()),
        Places.of(context));
  }

  static RelationshipPattern relationship(RelationshipPatternContext context) {
    boolean left = context.leftArrow() != null;
    boolean right = context.rightArrow() != null;
    Direction direction = left == right ? Direction.BOTH : left ? Direction.IN : Direction.OUT;
    RelationshipDetailContext detail = context.relationshipDetail();
    if (detail == null) {
      return new RelationshipPattern(
          null, List.of(), LabelExpr.ANY, direction, null, null, null, null, Places.of(context));
    }
    return new RelationshipPattern(
        variable(detail.variable()),
        LabelReader.types(detail.labelExpression()),
        LabelReader.test(detail.labelExpression()),
        direction,
        detail.lengthRange() == null ? null : length(detail.lengthRange()),
        properties(detail.patternProperties()),
        ClauseReader.where(detail.where()),
        null,
        Places.of(context));
  }

  private static Length length(LengthRangeContext context) {
    return switch (context) {
      case ExactLengthContext exact -> new Length(bound(exact.exact), bound(exact.exact));
      case OpenLengthContext open when open.RANGE() == null -> new Length(null, null);
      case OpenLengthContext open -> new Length(bound(open.from), bound(open.to));
      case LengthWithoutStarContext missing ->
          throw CypherErrors.relationshipLength(
              Places.of(missing), "the length of a relationship needs a '*' before '..'");
      case NegativeLengthContext negative ->
          throw CypherErrors.relationshipLength(
              Places.of(negative), "the length of a relationship cannot be negative");
      default -> throw new IllegalStateException("unknown length " + context.getText());
    };
  }

  static @Nullable Long bound(@Nullable Token token) {
    if (token == null) {
      return null;
    }
    try {
      return Long.parseLong(token.getText().replace("_", ""));
    } catch (NumberFormatException _) {
      throw CypherErrors.integerOverflow(Places.of(token, token), token.getText());
    }
  }

  private static @Nullable Expression properties(@Nullable PatternPropertiesContext context) {
    if (context == null) {
      return null;
    }
    return context.mapLiteral() != null
        ? ExpressionReader.map(context.mapLiteral())
        : ExpressionReader.parameter(context.parameter());
  }

  static List<Name> labels(NodeLabelsContext context) {
    return context.schemaName().stream().map(PatternReader::name).toList();
  }

  static List<String> labelTexts(NodeLabelsContext context) {
    return labels(context).stream().map(Name::text).toList();
  }

  static Name name(SchemaNameContext context) {
    return new Name(Literals.name(context.getText()), Places.of(context));
  }

  static @Nullable Name variable(@Nullable VariableContext context) {
    return context == null ? null : boundVariable(context);
  }

  static Name boundVariable(VariableContext context) {
    return new Name(Literals.name(context.getText()), Places.of(context));
  }
}
