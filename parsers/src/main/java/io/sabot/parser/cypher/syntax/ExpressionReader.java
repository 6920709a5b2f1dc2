package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expression.Binary;
import io.sabot.parser.cypher.ast.Expression.Operator;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.cypher.grammar.CypherParser;
import io.sabot.parser.cypher.grammar.CypherParser.AdditiveContext;
import io.sabot.parser.cypher.grammar.CypherParser.AndExpressionContext;
import io.sabot.parser.cypher.grammar.CypherParser.AtomContext;
import io.sabot.parser.cypher.grammar.CypherParser.ComparisonContext;
import io.sabot.parser.cypher.grammar.CypherParser.ContainsContext;
import io.sabot.parser.cypher.grammar.CypherParser.EndsWithContext;
import io.sabot.parser.cypher.grammar.CypherParser.ExpressionContext;
import io.sabot.parser.cypher.grammar.CypherParser.InContext;
import io.sabot.parser.cypher.grammar.CypherParser.IndexContext;
import io.sabot.parser.cypher.grammar.CypherParser.IsNormalizedContext;
import io.sabot.parser.cypher.grammar.CypherParser.IsNotNullContext;
import io.sabot.parser.cypher.grammar.CypherParser.IsNullContext;
import io.sabot.parser.cypher.grammar.CypherParser.IsTypedContext;
import io.sabot.parser.cypher.grammar.CypherParser.LookupContext;
import io.sabot.parser.cypher.grammar.CypherParser.MapLiteralContext;
import io.sabot.parser.cypher.grammar.CypherParser.MatchesContext;
import io.sabot.parser.cypher.grammar.CypherParser.MultiplicativeContext;
import io.sabot.parser.cypher.grammar.CypherParser.NotExpressionContext;
import io.sabot.parser.cypher.grammar.CypherParser.ParameterContext;
import io.sabot.parser.cypher.grammar.CypherParser.PostfixContext;
import io.sabot.parser.cypher.grammar.CypherParser.PostfixOperatorContext;
import io.sabot.parser.cypher.grammar.CypherParser.PowerContext;
import io.sabot.parser.cypher.grammar.CypherParser.PredicateSuffixContext;
import io.sabot.parser.cypher.grammar.CypherParser.PredicatedContext;
import io.sabot.parser.cypher.grammar.CypherParser.QualifiedNameContext;
import io.sabot.parser.cypher.grammar.CypherParser.SliceContext;
import io.sabot.parser.cypher.grammar.CypherParser.StartsWithContext;
import io.sabot.parser.cypher.grammar.CypherParser.UnaryContext;
import io.sabot.parser.cypher.grammar.CypherParser.XorExpressionContext;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// Reads operators, from the loosest to the tightest; what they work on is read by {@link
/// AtomReader}.
final class ExpressionReader {
  private ExpressionReader() {}

  static List<Expression> expressions(List<ExpressionContext> contexts) {
    return contexts.stream().map(ExpressionReader::expression).toList();
  }

  static @Nullable Expression optional(@Nullable ExpressionContext context) {
    return context == null ? null : expression(context);
  }

  static Expression expression(ExpressionContext context) {
    Expression left = xor(context.xorExpression(0));
    for (int i = 1; i < context.xorExpression().size(); i++) {
      left = binary(Operator.OR, left, xor(context.xorExpression(i)));
    }
    return left;
  }

  private static Expression xor(XorExpressionContext context) {
    Expression left = and(context.andExpression(0));
    for (int i = 1; i < context.andExpression().size(); i++) {
      left = binary(Operator.XOR, left, and(context.andExpression(i)));
    }
    return left;
  }

  private static Expression and(AndExpressionContext context) {
    Expression left = not(context.notExpression(0));
    for (int i = 1; i < context.notExpression().size(); i++) {
      left = binary(Operator.AND, left, not(context.notExpression(i)));
    }
    return left;
  }

  private static Expression not(NotExpressionContext context) {
    Expression operand = comparison(context.comparison());
    List<TerminalNode> nots = context.NOT();
    for (int i = nots.size() - 1; i >= 0; i--) {
      operand = new Expression.Not(operand, Places.of(nots.get(i).getSymbol(), context.getStop()));
    }
    return operand;
  }

  /// `a < b <= c` becomes `a < b AND b <= c`.
  private static Expression comparison(ComparisonContext context) {
    List<PredicatedContext> operands = context.predicated();
    if (operands.size() == 1) {
      return predicated(operands.getFirst());
    }
    Expression result = null;
    Expression left = predicated(operands.getFirst());
    for (int i = 1; i < operands.size(); i++) {
      Expression right = predicated(operands.get(i));
      Expression pair = binary(comparator(context.comparisonOperator(i - 1)), left, right);
      result = result == null ? pair : binary(Operator.AND, result, pair);
      left = right;
    }
    return result == null ? left : result;
  }

  static Operator comparator(CypherParser.ComparisonOperatorContext context) {
    return switch (context.getStart().getType()) {
      case CypherParser.EQ -> Operator.EQ;
      case CypherParser.NE -> Operator.NE;
      case CypherParser.LT -> Operator.LT;
      case CypherParser.GT -> Operator.GT;
      case CypherParser.LE -> Operator.LE;
      case CypherParser.GE -> Operator.GE;
      default -> throw new IllegalStateException("unknown comparison " + context.getText());
    };
  }

  private static Expression predicated(PredicatedContext context) {
    Expression operand = additive(context.additive());
    for (PredicateSuffixContext suffix : context.predicateSuffix()) {
      operand = suffix(operand, suffix);
    }
    return operand;
  }

  private static Expression normalized(Expression operand, IsNormalizedContext context) {
    Place place = upTo(operand, context);
    String form = context.form == null ? "NFC" : context.form.getText().toUpperCase(Locale.ROOT);
    if (!AtomReader.NORMAL_FORMS.contains(form)) {
      throw CypherErrors.unexpectedSyntax(
          Places.of(context.form),
          "unknown normal form '" + form + "'",
          "use NFC, NFD, NFKC or NFKD");
    }
    Expression test = internal("sabot.isNormalized", operand, form, place);
    return context.NOT() == null ? test : new Expression.Not(test, place);
  }

  private static Expression typed(Expression operand, IsTypedContext context) {
    Place place = upTo(operand, context);
    Expression test =
        internal("sabot.isTyped", operand, TypeReader.text(context.valueType()), place);
    return context.NOT() == null ? test : new Expression.Not(test, place);
  }

  private static Expression internal(String name, Expression operand, String text, Place place) {
    return new Expression.Call(
        name, false, List.of(operand, new Expression.Literal(Value.of(text), place)), place);
  }

  static Expression suffix(Expression operand, PredicateSuffixContext context) {
    return switch (context) {
      case StartsWithContext c -> binary(Operator.STARTS_WITH, operand, additive(c.additive()));
      case EndsWithContext c -> binary(Operator.ENDS_WITH, operand, additive(c.additive()));
      case ContainsContext c -> binary(Operator.CONTAINS, operand, additive(c.additive()));
      case MatchesContext c -> binary(Operator.MATCHES, operand, additive(c.additive()));
      case InContext c -> binary(Operator.IN, operand, additive(c.additive()));
      case IsNullContext c -> new Expression.IsNull(operand, false, upTo(operand, c));
      case IsNotNullContext c -> new Expression.IsNull(operand, true, upTo(operand, c));
      case IsNormalizedContext c -> normalized(operand, c);
      case IsTypedContext c -> typed(operand, c);
      default -> throw new IllegalStateException("unknown predicate " + context.getText());
    };
  }

  static Expression additive(AdditiveContext context) {
    Expression left = multiplicative(context.multiplicative(0));
    for (int i = 1; i < context.multiplicative().size(); i++) {
      Expression right = multiplicative(context.multiplicative(i));
      left =
          switch (tokenBetween(context, i).getType()) {
            case CypherParser.PLUS -> binary(Operator.ADD, left, right);
            case CypherParser.MINUS -> binary(Operator.SUBTRACT, left, right);
            default ->
                new Expression.Call(
                    "sabot.concat",
                    false,
                    List.of(left, right),
                    AtomReader.join(left.place(), right.place()));
          };
    }
    return left;
  }

  private static Expression multiplicative(MultiplicativeContext context) {
    Expression left = power(context.power(0));
    for (int i = 1; i < context.power().size(); i++) {
      Operator operator =
          switch (tokenBetween(context, i).getType()) {
            case CypherParser.STAR -> Operator.MULTIPLY;
            case CypherParser.SLASH -> Operator.DIVIDE;
            default -> Operator.MODULO;
          };
      left = binary(operator, left, power(context.power(i)));
    }
    return left;
  }

  /// The operator before the operand with index `operand`: children alternate.
  private static Token tokenBetween(ParserRuleContext context, int operand) {
    return ((TerminalNode) context.getChild(2 * operand - 1)).getSymbol();
  }

  private static Expression power(PowerContext context) {
    Expression left = unary(context.unary(0));
    for (int i = 1; i < context.unary().size(); i++) {
      left = binary(Operator.POWER, left, unary(context.unary(i)));
    }
    return left;
  }

  private static Expression unary(UnaryContext context) {
    int signs = context.getChildCount() - 1;
    Expression operand = null;
    if (signs > 0 && isMinus(context, signs - 1)) {
      operand = AtomReader.negativeNumber(context.postfix(), Places.of(context));
      signs -= operand == null ? 0 : 1;
    }
    if (operand == null) {
      operand = postfix(context.postfix());
    }
    for (int i = signs - 1; i >= 0; i--) {
      operand = new Expression.Sign(isMinus(context, i), operand, Places.of(context));
    }
    return operand;
  }

  private static boolean isMinus(UnaryContext context, int child) {
    return ((TerminalNode) context.getChild(child)).getSymbol().getType() == CypherParser.MINUS;
  }

  private static Expression postfix(PostfixContext context) {
    Expression subject = atom(context.atom());
    for (PostfixOperatorContext operator : context.postfixOperator()) {
      Place place = upTo(subject, operator);
      subject =
          switch (operator) {
            case LookupContext c ->
                new Expression.Property(
                    subject, PatternReader.name(c.propertyLookup().schemaName()).text(), place);
            case IndexContext c -> new Expression.Index(subject, expression(c.expression()), place);
            case SliceContext c ->
                new Expression.Slice(subject, optional(c.from), optional(c.to), place);
            default -> throw new IllegalStateException("unknown suffix " + operator.getText());
          };
    }
    return context.labelTest() == null
        ? subject
        : new Expression.HasLabels(
            subject, LabelReader.and(context.labelTest().labelAnd()), Places.of(context));
  }

  static Expression atom(AtomContext context) {
    return AtomReader.atom(context);
  }

  static Expression map(MapLiteralContext context) {
    return AtomReader.map(context);
  }

  static Expression parameter(ParameterContext context) {
    String name = context.getChild(1).getText();
    return new Expression.Parameter(Literals.name(name), Places.of(context));
  }

  static String qualifiedName(QualifiedNameContext context) {
    return context.symbolicName().stream()
        .map(name -> Literals.name(name.getText()))
        .collect(Collectors.joining("."));
  }

  static Expression binary(Operator operator, Expression left, Expression right) {
    return new Binary(operator, left, right, AtomReader.join(left.place(), right.place()));
  }

  private static Place upTo(Expression start, ParserRuleContext end) {
    return AtomReader.join(start.place(), Places.of(end));
  }
}
