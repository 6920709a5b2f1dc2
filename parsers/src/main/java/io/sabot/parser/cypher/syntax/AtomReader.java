package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expression.MapEntry;
import io.sabot.parser.cypher.ast.Expression.MapItem;
import io.sabot.parser.cypher.ast.Expression.Quantity;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.parser.cypher.ast.PatternPart.Selector;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.cypher.ast.Query;
import io.sabot.parser.cypher.ast.Query.SingleQuery;
import io.sabot.parser.cypher.grammar.CypherParser.AtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.CaseAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.CollectSubqueryContext;
import io.sabot.parser.cypher.grammar.CypherParser.CountStarContext;
import io.sabot.parser.cypher.grammar.CypherParser.CountSubqueryContext;
import io.sabot.parser.cypher.grammar.CypherParser.DecimalLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.ExistsSubqueryContext;
import io.sabot.parser.cypher.grammar.CypherParser.FalseLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.FunctionAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.FunctionCallContext;
import io.sabot.parser.cypher.grammar.CypherParser.HexLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.IntegerLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.LegacyAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.LegacyComprehensionContext;
import io.sabot.parser.cypher.grammar.CypherParser.ListAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.ListComprehensionAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.ListComprehensionContext;
import io.sabot.parser.cypher.grammar.CypherParser.LiteralAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.LiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.MalformedNumberContext;
import io.sabot.parser.cypher.grammar.CypherParser.MapLiteralAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.MapLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.MapProjectionAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.MapProjectionContext;
import io.sabot.parser.cypher.grammar.CypherParser.MapProjectionItemContext;
import io.sabot.parser.cypher.grammar.CypherParser.NullLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.OctalLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.ParameterAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.ParenthesizedContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternComprehensionAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternComprehensionContext;
import io.sabot.parser.cypher.grammar.CypherParser.PatternPredicateContext;
import io.sabot.parser.cypher.grammar.CypherParser.PostfixContext;
import io.sabot.parser.cypher.grammar.CypherParser.ProjectAllContext;
import io.sabot.parser.cypher.grammar.CypherParser.ProjectEntryContext;
import io.sabot.parser.cypher.grammar.CypherParser.ProjectPropertyContext;
import io.sabot.parser.cypher.grammar.CypherParser.ProjectVariableContext;
import io.sabot.parser.cypher.grammar.CypherParser.QuantifierAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.QuantifierContext;
import io.sabot.parser.cypher.grammar.CypherParser.ReduceAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.ReduceContext;
import io.sabot.parser.cypher.grammar.CypherParser.ShortestPathAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.StringLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.SubqueryContext;
import io.sabot.parser.cypher.grammar.CypherParser.TrimAtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.TrimCallContext;
import io.sabot.parser.cypher.grammar.CypherParser.TrueLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.VariableAtomContext;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/// Reads what operators work on: literals, variables, calls, comprehensions, subqueries.
final class AtomReader {
  static final Set<String> NORMAL_FORMS = Set.of("NFC", "NFD", "NFKC", "NFKD");

  private AtomReader() {}

  static Expression atom(AtomContext context) {
    Place place = Places.of(context);
    return switch (context) {
      case LiteralAtomContext c -> literal(c.literal(), "", place);
      case ParameterAtomContext c -> ExpressionReader.parameter(c.parameter());
      case CaseAtomContext c -> CaseReader.caseOf(c.caseExpression());
      case CountStarContext _ -> new Expression.CountAll(place);
      case ExistsSubqueryContext c -> new Expression.Exists(subquery(c.subquery()), place);
      case CollectSubqueryContext c ->
          new Expression.CollectRows(ClauseReader.query(c.query()), place);
      case CountSubqueryContext c -> new Expression.CountRows(subquery(c.subquery()), place);
      case QuantifierAtomContext c -> quantifier(c.quantifier());
      case ReduceAtomContext c -> reduce(c.reduce());
      case LegacyAtomContext c -> legacy(c.legacyComprehension());
      case ListComprehensionAtomContext c -> comprehension(c.listComprehension());
      case PatternComprehensionAtomContext c -> patternComprehension(c.patternComprehension());
      case ListAtomContext c ->
          new Expression.ListLiteral(
              ExpressionReader.expressions(c.listLiteral().expression()), place);
      case ShortestPathAtomContext c ->
          new Expression.ShortestPath(PatternReader.shortestPath(null, c.shortestPath()), place);
      case PatternPredicateContext c ->
          new Expression.PatternPredicate(
              PatternReader.chain(null, Selector.ALL, c.nodePattern(), c.plainStep(), place),
              place);
      case ParenthesizedContext c -> ExpressionReader.expression(c.expression());
      case TrimAtomContext c -> trim(c.trimCall());
      case FunctionAtomContext c -> call(c.functionCall());
      case MapProjectionAtomContext c -> mapProjection(c.mapProjection());
      case VariableAtomContext c -> variable(PatternReader.boundVariable(c.variable()));
      default -> throw new IllegalStateException("unknown expression " + context.getText());
    };
  }

  private static Expression.Variable variable(Name name) {
    return new Expression.Variable(name.text(), name.place());
  }

  /// The literal with the minus sign before it, or null when it is not a bare number.
  static @Nullable Expression negativeNumber(PostfixContext context, Place place) {
    boolean bare = context.postfixOperator().isEmpty() && context.labelTest() == null;
    if (!bare || !(context.atom() instanceof LiteralAtomContext literal)) {
      return null;
    }
    return switch (literal.literal()) {
      case IntegerLiteralContext c -> literal(c, "-", place);
      case HexLiteralContext c -> literal(c, "-", place);
      case OctalLiteralContext c -> literal(c, "-", place);
      case DecimalLiteralContext c -> literal(c, "-", place);
      default -> null;
    };
  }

  private static Expression literal(LiteralContext context, String sign, Place place) {
    String text = context.getText();
    return switch (context) {
      case IntegerLiteralContext _ ->
          new Expression.Literal(Literals.integer(sign, text, 10, text, place), place);
      case HexLiteralContext _ ->
          new Expression.Literal(Literals.integer(sign, text.substring(2), 16, text, place), place);
      case OctalLiteralContext _ ->
          new Expression.Literal(Literals.integer(sign, text.substring(2), 8, text, place), place);
      case DecimalLiteralContext _ ->
          new Expression.Literal(Literals.real(sign, text, place), place);
      case StringLiteralContext _ ->
          new Expression.Literal(Value.of(Literals.string(text, place)), place);
      case TrueLiteralContext _ -> new Expression.Literal(Value.TRUE, place);
      case FalseLiteralContext _ -> new Expression.Literal(Value.FALSE, place);
      case NullLiteralContext _ -> new Expression.Literal(Value.NULL, place);
      case MapLiteralAtomContext c -> map(c.mapLiteral());
      case MalformedNumberContext _ -> throw CypherErrors.number(place, text);
      default -> throw new IllegalStateException("unknown literal " + text);
    };
  }

  static Expression map(MapLiteralContext context) {
    List<MapEntry> entries =
        context.mapEntry().stream()
            .map(entry ->
                new MapEntry(
                    PatternReader.name(entry.schemaName()).text(),
                    ExpressionReader.expression(entry.expression())))
            .toList();
    return new Expression.MapLiteral(entries, Places.of(context));
  }

  /// A bare pattern is short for a MATCH of it.
  private static Query subquery(SubqueryContext context) {
    if (context.query() != null) {
      return ClauseReader.query(context.query());
    }
    Place place = Places.of(context);
    Clause match =
        new Clause.Match(
            false,
            PatternReader.pattern(context.pattern()),
            ClauseReader.where(context.where()),
            place);
    return new Query(new SingleQuery(List.of(match), place), List.of(), place);
  }

  private static Expression quantifier(QuantifierContext context) {
    Quantity quantity =
        context.ALL() != null
            ? Quantity.ALL
            : context.ANY() != null
                ? Quantity.ANY
                : context.NONE() != null ? Quantity.NONE : Quantity.SINGLE;
    return new Expression.Quantifier(
        quantity,
        PatternReader.boundVariable(context.variable()),
        ExpressionReader.expression(context.expression()),
        ClauseReader.where(context.where()),
        Places.of(context));
  }

  private static Expression reduce(ReduceContext context) {
    return new Expression.Reduce(
        PatternReader.boundVariable(context.accumulator),
        ExpressionReader.expression(context.initial),
        PatternReader.boundVariable(context.element),
        ExpressionReader.expression(context.list),
        ExpressionReader.expression(context.step),
        Places.of(context));
  }

  private static Expression legacy(LegacyComprehensionContext context) {
    return new Expression.ListComprehension(
        PatternReader.boundVariable(context.variable()),
        ExpressionReader.expression(context.list),
        ClauseReader.where(context.where()),
        ExpressionReader.optional(context.result),
        Places.of(context));
  }

  private static Expression comprehension(ListComprehensionContext context) {
    return new Expression.ListComprehension(
        PatternReader.boundVariable(context.variable()),
        ExpressionReader.expression(context.list),
        ClauseReader.where(context.where()),
        ExpressionReader.optional(context.result),
        Places.of(context));
  }

  private static Expression patternComprehension(PatternComprehensionContext context) {
    Place place = Places.of(context);
    return new Expression.PatternComprehension(
        PatternReader.chain(
            PatternReader.variable(context.variable()),
            Selector.ALL,
            context.nodePattern(),
            context.plainStep(),
            place),
        ClauseReader.where(context.where()),
        ExpressionReader.expression(context.expression()),
        place);
  }

  private static Expression call(FunctionCallContext context) {
    List<String> parts = new ArrayList<>();
    for (ParseTree child : context.functionName().children) {
      if (!child.getText().equals(".")) {
        parts.add(Literals.name(child.getText()));
      }
    }
    String name = String.join(".", parts);
    List<Expression> arguments = ExpressionReader.expressions(context.expression());
    return new Expression.Call(
        name,
        context.DISTINCT() != null,
        name.equalsIgnoreCase("normalize") ? withForm(arguments) : arguments,
        Places.of(context));
  }

  /// The normal form after a text is a word, not a variable.
  private static List<Expression> withForm(List<Expression> arguments) {
    boolean named =
        arguments.size() == 2
            && arguments.get(1) instanceof Expression.Variable(String form, _)
            && NORMAL_FORMS.contains(form.toUpperCase(Locale.ROOT));
    if (!named || !(arguments.get(1) instanceof Expression.Variable(String form, Place place))) {
      return arguments;
    }
    Value text = Value.of(form.toUpperCase(Locale.ROOT));
    return List.of(arguments.getFirst(), new Expression.Literal(text, place));
  }

  /// `trim(BOTH 'x' FROM text)`.
  private static Expression trim(TrimCallContext context) {
    String side = context.side == null ? "BOTH" : context.side.getText().toUpperCase(Locale.ROOT);
    String function =
        switch (side) {
          case "BOTH" -> "btrim";
          case "LEADING" -> "ltrim";
          case "TRAILING" -> "rtrim";
          default ->
              throw CypherErrors.unexpectedSyntax(
                  Places.of(context.side),
                  "unknown side '" + side + "'",
                  "use LEADING, TRAILING or BOTH");
        };
    List<Expression> arguments = new ArrayList<>();
    arguments.add(ExpressionReader.expression(context.source));
    if (context.characters != null) {
      arguments.add(ExpressionReader.expression(context.characters));
    }
    return new Expression.Call(function, false, arguments, Places.of(context));
  }

  private static Expression mapProjection(MapProjectionContext context) {
    return new Expression.MapProjection(
        variable(PatternReader.boundVariable(context.variable())),
        context.mapProjectionItem().stream().map(AtomReader::mapItem).toList(),
        Places.of(context));
  }

  private static MapItem mapItem(MapProjectionItemContext context) {
    return switch (context) {
      case ProjectAllContext _ -> new MapItem.All();
      case ProjectPropertyContext c -> new MapItem.Key(PatternReader.name(c.schemaName()).text());
      case ProjectEntryContext c ->
          new MapItem.Entry(
              PatternReader.name(c.schemaName()).text(),
              ExpressionReader.expression(c.expression()));
      case ProjectVariableContext c -> {
        Name name = PatternReader.boundVariable(c.variable());
        yield new MapItem.Entry(name.text(), variable(name));
      }
      default -> throw new IllegalStateException("unknown map item " + context.getText());
    };
  }

  static Place join(Place first, Place last) {
    SourceSpan start = first.span();
    SourceSpan end = last.span();
    return new Place(new SourceSpan(start.line(), start.column(), end.endLine(), end.endColumn()));
  }
}
