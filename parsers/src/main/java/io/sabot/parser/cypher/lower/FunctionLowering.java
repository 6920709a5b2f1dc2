package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Expression.Operator;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.parser.cypher.check.FunctionTable;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.UserFunction;
import io.sabot.plan.type.Type;
import java.util.List;
import java.util.Locale;

/// Which function of the registry stands for an operator or function of Cypher.
///
/// Cypher's own functions are registered as `cy.` and their name in lower case.
final class FunctionLowering {
  private FunctionLowering() {}

  static Expr call(String name, List<Expr> args, Place place) {
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "coalesce" -> LogicFunctions.COALESCE.call(args);
      case "exists" -> LogicFunctions.IS_NOT_NULL.call(args);
      case "rels" -> named("relationships", args, place);
      case "lower" -> named("tolower", args, place);
      case "upper" -> named("toupper", args, place);
      case "date", "time", "localtime", "datetime", "localdatetime" ->
          named(args.isEmpty() ? lower + ".statement" : lower, args, place);
      default -> named(lower, args, place);
    };
  }

  /// The registered function `cy.name`.
  static Expr named(String name, List<Expr> args, Place place) {
    Function function = Functions.find("cy." + name);
    if (function == null) {
      throw Errors.unsupported(place.span(), "the function '" + name + "'");
    }
    return function.call(args);
  }

  static AggregateFunction aggregate(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "count" -> Aggregates.COUNT;
      case "collect" -> Aggregates.COLLECT;
      case "sum" -> Aggregates.CY_SUM;
      case "avg" -> Aggregates.CY_AVG;
      case "min" -> Aggregates.CY_MIN;
      case "max" -> Aggregates.CY_MAX;
      case "stdev" -> Aggregates.STDEV;
      case "stdevp" -> Aggregates.STDEV_POP;
      case "percentilecont" -> Aggregates.PERCENTILE_CONT;
      case "percentiledisc" -> Aggregates.PERCENTILE_DISC;
      default -> {
        if (FunctionTable.user(name) instanceof UserFunction.Aggregate user) {
          yield user.function();
        }
        throw new IllegalStateException("aggregation not checked: " + name);
      }
    };
  }

  static Expr binary(Operator operator, Expr left, Expr right, Place place) {
    return switch (operator) {
      case OR -> LogicFunctions.or(List.of(bool(left), bool(right)));
      case AND -> LogicFunctions.and(bool(left), bool(right));
      case XOR -> LogicFunctions.XOR.call(bool(left), bool(right));
      case EQ -> compare(ComparisonFunctions.Op.EQ, left, right);
      case NE -> compare(ComparisonFunctions.Op.NE, left, right);
      case LT -> compare(ComparisonFunctions.Op.LT, left, right);
      case GT -> compare(ComparisonFunctions.Op.GT, left, right);
      case LE -> compare(ComparisonFunctions.Op.LE, left, right);
      case GE -> compare(ComparisonFunctions.Op.GE, left, right);
      case ADD -> arithmetic(ArithmeticFunctions.Op.ADD, left, right, place);
      case SUBTRACT -> arithmetic(ArithmeticFunctions.Op.SUB, left, right, place);
      case MULTIPLY -> arithmetic(ArithmeticFunctions.Op.MUL, left, right, place);
      case DIVIDE -> arithmetic(ArithmeticFunctions.Op.DIV, left, right, place);
      case MODULO -> arithmetic(ArithmeticFunctions.Op.MOD, left, right, place);
      case POWER -> named("pow", List.of(left, right), place);
      case IN -> ListFunctions.IN.call(left, right);
      case STARTS_WITH -> named("starts_with", List.of(left, right), place);
      case ENDS_WITH -> named("ends_with", List.of(left, right), place);
      case CONTAINS -> named("contains", List.of(left, right), place);
      case MATCHES -> named("matches", List.of(left, right), place);
    };
  }

  private static Expr compare(ComparisonFunctions.Op op, Expr left, Expr right) {
    return ComparisonFunctions.compare(op, Rules.CYPHER, left, right);
  }

  /// Typed arithmetic where both types are exact numbers, Cypher's own elsewhere.
  private static Expr arithmetic(ArithmeticFunctions.Op op, Expr left, Expr right, Place place) {
    return ArithmeticFunctions.resultType(op, left.type(), right.type()) == Type.ANY
        ? named(op.word(), List.of(left, right), place)
        : ArithmeticFunctions.of(op).call(left, right);
  }

  static Expr negated(Expr operand, Place place) {
    return operand.type().isNumeric()
        ? ArithmeticFunctions.NEG.call(operand)
        : named("neg", List.of(operand), place);
  }

  static Expr equal(Expr left, Expr right) {
    return compare(ComparisonFunctions.Op.EQ, left, right);
  }

  /// The expression as a condition; a value that is no boolean fails when the query runs.
  static Expr bool(Expr expr) {
    if (expr.type() == Type.BOOL) {
      return expr;
    }
    return expr instanceof Expr.Lit(var value, _) && value.isNull()
        ? Expr.nullOf(Type.BOOL)
        : LogicFunctions.AS_BOOL.call(expr);
  }

  /// The same value in the physical form of `type`.
  static Expr inForm(Expr expr, Type type) {
    if (expr.type().equals(type)) {
      return expr;
    }
    return expr instanceof Expr.Lit(var value, _) && value.isNull()
        ? Expr.nullOf(type)
        : new Expr.Cast(expr, type, Expr.CastMode.FORM);
  }
}
