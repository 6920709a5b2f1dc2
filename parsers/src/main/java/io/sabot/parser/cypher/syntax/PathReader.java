package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart;
import io.sabot.parser.cypher.ast.PatternPart.NodePattern;
import io.sabot.parser.cypher.ast.PatternPart.RelationshipPattern;
import io.sabot.parser.cypher.ast.PatternPart.Repeat;
import io.sabot.parser.cypher.ast.PatternPart.Search;
import io.sabot.parser.cypher.ast.PatternPart.Selector;
import io.sabot.parser.cypher.ast.PatternPart.Step;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.cypher.grammar.CypherParser.ChainFactorContext;
import io.sabot.parser.cypher.grammar.CypherParser.GroupFactorContext;
import io.sabot.parser.cypher.grammar.CypherParser.PathQuantifierContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternElementContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternFactorContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternStepContext;
import io.sabot.plan.expr.LabelExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a path pattern: chains of nodes and relationships, and groups, with or without a
/// quantifier, beside each other. What has a quantifier stands in the place of a relationship.
final class PathReader {
  private final List<NodePattern> nodes = new ArrayList<>();
  private final List<RelationshipPattern> between = new ArrayList<>();
  private @Nullable Expression filter;

  private PathReader() {}

  static PatternPart part(@Nullable Name path, Search search, PatternElementContext context) {
    PathReader reader = new PathReader();
    reader.element(context, true);
    reader.end(Places.of(context));
    return new PatternPart(
        path,
        Selector.ALL,
        search,
        reader.nodes.getFirst(),
        reader.steps(),
        reader.filter,
        Places.of(context));
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < between.size(); i++) {
      steps.add(new Step(between.get(i), nodes.get(i + 1)));
    }
    return steps;
  }

  /// @param whole whether the element is all of the path
  private void element(PatternElementContext context, boolean whole) {
    boolean alone = whole && context.patternFactor().size() == 1;
    for (PatternFactorContext factor : context.patternFactor()) {
      switch (factor) {
        case ChainFactorContext chain -> {
          add(PatternReader.node(chain.nodePattern()));
          chain.patternStep().forEach(this::step);
        }
        case GroupFactorContext group when group.pathQuantifier() != null ->
            add(RelationshipPattern.of(repeat(group)), Places.of(group));
        case GroupFactorContext group -> group(group, alone);
        default -> throw new IllegalStateException("unknown pattern " + factor.getText());
      }
    }
  }

  private void group(GroupFactorContext group, boolean alone) {
    element(group.patternElement(), alone);
    if (group.where() == null) {
      return;
    }
    if (!alone || filter != null) {
      throw CypherErrors.unexpectedSyntax(
          Places.of(group.where()),
          "only parentheses around a whole path can have a condition",
          "move the condition to the WHERE of the clause");
    }
    filter = ClauseReader.where(group.where());
  }

  private void step(PatternStepContext context) {
    RelationshipPattern relationship = PatternReader.relationship(context.relationshipPattern());
    Place place = Places.of(context.relationshipPattern());
    if (context.pathQuantifier() != null) {
      if (relationship.length() != null) {
        throw CypherErrors.unexpectedSyntax(
            Places.of(context.pathQuantifier()),
            "a relationship has a length or a quantifier, not both",
            "remove one of them");
      }
      Step step = new Step(relationship, anyNode(place));
      relationship =
          RelationshipPattern.of(
              quantified(anyNode(place), List.of(step), null, context.pathQuantifier(), place));
    }
    add(relationship, place);
    add(PatternReader.node(context.nodePattern()));
  }

  private static Repeat repeat(GroupFactorContext group) {
    PathReader inner = new PathReader();
    Place place = Places.of(group);
    inner.element(group.patternElement(), false);
    inner.end(place);
    return quantified(
        inner.nodes.getFirst(),
        inner.steps(),
        ClauseReader.where(group.where()),
        group.pathQuantifier(),
        place);
  }

  private static Repeat quantified(
      NodePattern start,
      List<Step> steps,
      @Nullable Expression where,
      PathQuantifierContext quantifier,
      Place place) {
    Long min = Long.valueOf(0);
    Long max = null;
    if (quantifier.PLUS() != null) {
      min = Long.valueOf(1);
    } else if (quantifier.exact != null) {
      min = PatternReader.bound(quantifier.exact);
      max = min;
    } else if (quantifier.COMMA() != null) {
      min = PatternReader.bound(quantifier.from);
      max = PatternReader.bound(quantifier.to);
    }
    return new Repeat(start, steps, where, min == null ? 0 : min, max, place);
  }

  private static NodePattern anyNode(Place place) {
    return new NodePattern(null, List.of(), LabelExpr.ANY, null, null, place);
  }

  private void add(NodePattern node) {
    if (nodes.size() > between.size()) {
      throw CypherErrors.unexpectedSyntax(
          node.place(),
          "two nodes beside each other, with nothing that leads from one to the other",
          "write a relationship between them, or give a group its quantifier");
    }
    nodes.add(node);
  }

  /// Beside a group stand nodes, if need be some without a name.
  private void add(RelationshipPattern relationship, Place place) {
    if (nodes.size() == between.size()) {
      nodes.add(anyNode(place));
    }
    between.add(relationship);
  }

  private void end(Place place) {
    if (nodes.size() == between.size()) {
      nodes.add(anyNode(place));
    }
  }
}
