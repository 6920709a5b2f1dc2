package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expression.Operator;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.grammar.CypherParser.CaseExpressionContext;
import io.sabot.parser.cypher.grammar.CypherParser.CaseOperandContext;
import io.sabot.parser.cypher.grammar.CypherParser.CaseWhenContext;
import io.sabot.parser.cypher.grammar.CypherParser.CompareOperandContext;
import io.sabot.parser.cypher.grammar.CypherParser.SuffixOperandContext;
import io.sabot.parser.cypher.grammar.CypherParser.ValueOperandContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads CASE. Where a branch is more than one value to compare with (`WHEN > 3`, `WHEN 1, 2`) the
/// whole becomes a CASE of conditions.
final class CaseReader {
  private static final Set<String> VOLATILE = Set.of("rand", "randomuuid");

  private CaseReader() {}

  static Expression caseOf(CaseExpressionContext context) {
    Expression subject = ExpressionReader.optional(context.subject);
    boolean plain = context.caseWhen().stream().allMatch(CaseReader::isPlain);
    if (!plain) {
      check(context, subject);
    }
    List<Expression.When> whens =
        context.caseWhen().stream()
            .map(when ->
                new Expression.When(
                    plain ? value(when.caseOperand(0)) : condition(when, subject),
                    ExpressionReader.expression(when.result)))
            .toList();
    return new Expression.Case(
        plain ? subject : null,
        whens,
        ExpressionReader.optional(context.otherwise),
        Places.of(context));
  }

  private static boolean isPlain(CaseWhenContext when) {
    return when.caseOperand().size() == 1 && when.caseOperand(0) instanceof ValueOperandContext;
  }

  private static void check(CaseExpressionContext context, @Nullable Expression subject) {
    if (subject == null) {
      throw CypherErrors.unexpectedSyntax(
          Places.of(context), "a CASE without a subject has one condition a branch", "use OR");
    }
    boolean changes =
        Expressions.contains(
            subject,
            part ->
                part instanceof Expression.Call call
                    && VOLATILE.contains(call.function().toLowerCase(java.util.Locale.ROOT)));
    if (changes) {
      throw CypherErrors.unexpectedSyntax(
          subject.place(),
          "the subject of this CASE is different each time",
          "give it a name with WITH");
    }
  }

  private static Expression value(CaseOperandContext operand) {
    return ExpressionReader.expression(((ValueOperandContext) operand).expression());
  }

  private static Expression condition(CaseWhenContext when, @Nullable Expression subject) {
    Expression result = null;
    for (CaseOperandContext operand : when.caseOperand()) {
      Expression one = condition(operand, java.util.Objects.requireNonNull(subject));
      result = result == null ? one : ExpressionReader.binary(Operator.OR, result, one);
    }
    return java.util.Objects.requireNonNull(result);
  }

  private static Expression condition(CaseOperandContext operand, Expression subject) {
    return switch (operand) {
      case CompareOperandContext c ->
          ExpressionReader.binary(
              ExpressionReader.comparator(c.comparisonOperator()),
              subject,
              ExpressionReader.additive(c.additive()));
      case SuffixOperandContext c -> ExpressionReader.suffix(subject, c.predicateSuffix());
      case ValueOperandContext c ->
          ExpressionReader.binary(
              Operator.EQ, subject, ExpressionReader.expression(c.expression()));
      default -> throw new IllegalStateException("unknown operand " + operand.getText());
    };
  }
}
