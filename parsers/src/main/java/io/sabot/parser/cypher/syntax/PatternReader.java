package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.Direction;
import io.sabot.parser.cypher.ast.PatternPart.Length;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
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
import io.sabot.parser.cypher.grammar.CypherParser.PatternElementContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternPartContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternPropertiesContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternStepContext;
import io.sabot.parser.cypher.grammar.CypherParser.RelationshipDetailContext;
import io.sabot.parser.cypher.grammar.CypherParser.RelationshipPatternContext;
import io.sabot.parser.cypher.grammar.CypherParser.SchemaNameContext;
import io.sabot.parser.cypher.grammar.CypherParser.ShortestPathContext;
import io.sabot.parser.cypher.grammar.CypherParser.VariableContext;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Reads patterns.
final class PatternReader {
  private PatternReader() {}

  static List<PatternPart> pattern(PatternContext context) {
    return context.patternPart().stream().map(PatternReader::part).toList();
  }

  static PatternPart part(PatternPartContext context) {
    Name path = variable(context.variable());
    return context.shortestPath() != null
        ? shortestPath(path, context.shortestPath())
        : element(path, Selector.ALL, context.patternElement());
  }

  static PatternPart shortestPath(@Nullable Name path, ShortestPathContext context) {
    Selector selector =
        context.ALL_SHORTEST_PATHS() != null ? Selector.ALL_SHORTEST : Selector.SHORTEST;
    return element(path, selector, context.patternElement());
  }

  private static PatternPart element(
      @Nullable Name path, Selector selector, PatternElementContext context) {
    PatternElementContext inner = context;
    while (inner.patternElement() != null) {
      inner = inner.patternElement();
    }
    return chain(path, selector, inner.nodePattern(), inner.patternStep(), Places.of(context));
  }

  static PatternPart chain(
      @Nullable Name path,
      Selector selector,
      NodePatternContext start,
      List<PatternStepContext> steps,
      Place place) {
    List<Step> chain =
        steps.stream()
            .map(s -> new Step(relationship(s.relationshipPattern()), node(s.nodePattern())))
            .toList();
    return new PatternPart(path, selector, node(start), chain, place);
  }

  private static NodePattern node(NodePatternContext context) {
    return new NodePattern(
        variable(context.variable()),
        LabelReader.conjunction(context.labelExpression()),
        LabelReader.test(context.labelExpression()),
        properties(context.patternProperties()),
        ClauseReader.where(context.where()),
        Places.of(context));
  }

  private static RelationshipPattern relationship(RelationshipPatternContext context) {
    boolean left = context.leftArrow() != null;
    boolean right = context.rightArrow() != null;
    Direction direction = left == right ? Direction.BOTH : left ? Direction.IN : Direction.OUT;
    RelationshipDetailContext detail = context.relationshipDetail();
    if (detail == null) {
      return new RelationshipPattern(
          null, List.of(), direction, null, null, null, Places.of(context));
    }
    return new RelationshipPattern(
        variable(detail.variable()),
        LabelReader.types(detail.labelExpression()),
        direction,
        detail.lengthRange() == null ? null : length(detail.lengthRange()),
        properties(detail.patternProperties()),
        ClauseReader.where(detail.where()),
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

  private static @Nullable Long bound(@Nullable Token token) {
    if (token == null) {
      return null;
    }
    try {
      return Long.parseLong(token.getText());
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
