package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.RdfTermFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replaces a language's own comparison by the common one once the types are exact.
///
/// `cy.eq(@cast(a, form), @cast(b, form))` => `eq(a, b)` where `a` and `b` are both integers
///
/// Not where the kinds differ: `cy.eq(1, '1')` is false, `sp.eq(1, '1')` an error.
final class SpecialiseComparisons implements ExprRule {
  @Override
  public @Nullable Expr apply(Expr expr, Nullability nulls) {
    if (!(expr instanceof Expr.Call(var function, var args, _)) || args.size() != 2) {
      return null;
    }
    Expr left = Forms.strip(args.get(0));
    Expr right = Forms.strip(args.get(1));
    if (function.equals(ComparisonFunctions.SAME_TERM)) {
      return sameTerm(left, right, args);
    }
    Op op = ComparisonFunctions.opOf(function);
    if (op == Op.EQ && function.name().indexOf('.') < 0) {
      Expr resource = resource(left, right);
      return resource != null ? resource : resource(right, left);
    }
    Rules rules = rules(function);
    if (op == null || rules == null) {
      return null;
    }
    if (left.type().isNumeric() && right.type().isNumeric()) {
      Expr l = Forms.numberAs(left, right.type());
      right = Forms.numberAs(right, left.type());
      left = l;
    }
    Function better = ComparisonFunctions.of(op, rules, left.type(), right.type());
    return better.equals(function) ? null : new Expr.Call(better, List.of(left, right), Type.BOOL);
  }

  /// `rdf.resource(x) = 'http://a'` => `x == <http://a>`: only an IRI has a text that does not
  /// begin like that of a blank node. For literals, which have none, the left side is null and the
  /// right one false, so only of terms that are no literals: {@link RdfTermFunctions#RESOURCE}
  /// stands for subjects, predicates and graphs.
  private static @Nullable Expr resource(Expr text, Expr constant) {
    return text instanceof Expr.Call(var function, var args, _)
            && function.equals(RdfTermFunctions.RESOURCE)
            && constant instanceof Expr.Lit(Value.Str(String iri), _)
            && !iri.startsWith(RdfTermFunctions.BLANK_MARK)
        ? ComparisonFunctions.sameTerm(args.getFirst(), new Expr.Lit(new Value.Iri(iri), Type.ANY))
        : null;
  }

  private static @Nullable Rules rules(Function function) {
    String name = function.name();
    return name.startsWith("cy.")
        ? Rules.CYPHER
        : name.startsWith("sp.") ? Rules.SPARQL : name.startsWith("sql.") ? Rules.SQL : null;
  }

  /// On one exact kind the same term is the same value. Not on floats: NaN is the same term as NaN,
  /// and 0.0 not the same as -0.0.
  private static @Nullable Expr sameTerm(Expr left, Expr right, List<Expr> args) {
    boolean one =
        ComparisonFunctions.sameKind(left.type(), right.type())
            && !(left.type() instanceof Type.Floating);
    if (one) {
      return ComparisonFunctions.compare(Op.EQ, Rules.SQL, left, right);
    }
    boolean bothTerms = !Forms.isExact(left.type()) && !Forms.isExact(right.type());
    boolean changed = !left.equals(args.get(0)) || !right.equals(args.get(1));
    return bothTerms && changed ? ComparisonFunctions.sameTerm(left, right) : null;
  }
}
