package io.sabot.plan.function;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Equality and order tests.
///
/// `eq`, `lt` ... compare two values of one exact type, and mean the same in every language.
/// `cy.eq` and `sp.eq` take anything. {@link #of} chooses: a language's own function is used only
/// where the types leave its peculiarities room.
public final class ComparisonFunctions {
  /// The six comparisons.
  public enum Op {
    EQ("eq", order -> order == 0),
    NE("ne", order -> order != 0),
    LT("lt", order -> order < 0),
    LE("le", order -> order <= 0),
    GT("gt", order -> order > 0),
    GE("ge", order -> order >= 0);

    private final String word;
    private final IntPredicate test;

    Op(String word, IntPredicate test) {
      this.word = word;
      this.test = test;
    }

    public boolean test(int order) {
      return test.test(order);
    }

    /// The comparison with its sides swapped.
    public Op flipped() {
      return switch (this) {
        case EQ, NE -> this;
        case LT -> GT;
        case LE -> GE;
        case GT -> LT;
        case GE -> LE;
      };
    }
  }

  /// Whose rules apply where types do not settle the matter.
  public enum Rules {
    SQL,
    CYPHER,
    SPARQL
  }

  /// RDF sameTerm; also the join condition on entities and other identifiers.
  public static final Function SAME_TERM =
      Functions.total(
          "same_term", 2, Type.BOOL, (args, context) -> Value.of(args[0].equals(args[1])));

  /// `IS NOT DISTINCT FROM`: null equals null.
  public static final Function NOT_DISTINCT =
      Functions.custom(
          "not_distinct",
          2,
          2,
          Type.BOOL,
          (args, context) -> {
            if (args[0].isNull() || args[1].isNull()) {
              return Value.of(args[0].isNull() && args[1].isNull());
            }
            return Value.of(Ordering.sql(args[0], args[1]) == 0);
          });

  static final List<Function> ALL = all();

  private ComparisonFunctions() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>(List.of(SAME_TERM, NOT_DISTINCT));
    for (Op op : Op.values()) {
      all.add(
          Functions.total(op.word, 2, Type.BOOL, (args, context) -> exact(op, args[0], args[1])));
      all.add(
          Functions.total(
              "sql." + op.word,
              2,
              Type.BOOL,
              (args, context) -> Value.of(op.test(Ordering.sql(args[0], args[1])))));
      all.add(
          Functions.total(
              "cy." + op.word, 2, Type.BOOL, (args, context) -> cypher(op, args[0], args[1])));
      all.add(
          Functions.orNull(
              "sp." + op.word, 2, 2, Type.BOOL, (args, context) -> sparql(op, args[0], args[1])));
    }
    return List.copyOf(all);
  }

  /// The comparison function for these argument types under these rules.
  public static Function of(Op op, Rules rules, Type left, Type right) {
    if (sameKind(left, right)) {
      boolean sqlFloat = rules == Rules.SQL && left instanceof Type.Floating;
      return Functions.named(sqlFloat ? "sql." + op.word : op.word);
    }
    if (left.isEntity() && left.equals(right) && op == Op.EQ) {
      return SAME_TERM;
    }
    return switch (rules) {
      case SQL -> Functions.named("sql." + op.word);
      case CYPHER -> Functions.named("cy." + op.word);
      case SPARQL -> Functions.named("sp." + op.word);
    };
  }

  public static Expr compare(Op op, Rules rules, Expr left, Expr right) {
    return new Expr.Call(of(op, rules, left.type(), right.type()), List.of(left, right), Type.BOOL);
  }

  /// `left = right` as a join condition on identifiers.
  public static Expr sameTerm(Expr left, Expr right) {
    return new Expr.Call(SAME_TERM, List.of(left, right), Type.BOOL);
  }

  /// Whether typed comparison of these types means the same in all languages.
  public static boolean sameKind(Type left, Type right) {
    if (left instanceof Type.Int && right instanceof Type.Int) {
      return true;
    }
    if (left instanceof Type.Floating && right instanceof Type.Floating) {
      return true;
    }
    if (left instanceof Type.Decimal && right instanceof Type.Decimal) {
      return true;
    }
    return left.equals(right)
        && (left == Type.BOOL
            || left == Type.STRING
            || left == Type.DATE
            || left == Type.TIME
            || left == Type.TIMESTAMP);
  }

  /// The operation behind a comparison function's name, or null for any other function.
  public static @Nullable Op opOf(Function function) {
    String name = function.name();
    String word = name.substring(name.indexOf('.') + 1);
    for (Op op : Op.values()) {
      if (op.word.equals(word)) {
        return op;
      }
    }
    return null;
  }

  private static Value exact(Op op, Value left, Value right) {
    if (left instanceof Value.Real(double a) && right instanceof Value.Real(double b)) {
      boolean nan = Double.isNaN(a) || Double.isNaN(b);
      return Value.of(nan ? op == Op.NE : op.test(a < b ? -1 : a > b ? 1 : 0));
    }
    return Value.of(op.test(Ordering.sql(left, right)));
  }

  private static Value cypher(Op op, Value left, Value right) {
    if (op == Op.EQ || op == Op.NE) {
      Boolean equal = Equality.cypher(left, right);
      return equal == null ? Value.NULL : Value.of(equal == (op == Op.EQ));
    }
    Integer order = Ordering.cypherComparison(left, right);
    if (order != null) {
      return Value.of(op.test(order));
    }
    boolean numbers =
        io.sabot.plan.value.Numbers.isNumber(left) && io.sabot.plan.value.Numbers.isNumber(right);
    return numbers ? Value.FALSE : Value.NULL;
  }

  private static Value sparql(Op op, Value left, Value right) {
    if (op == Op.EQ || op == Op.NE) {
      Boolean equal = RdfLiterals.sparqlEquals(left, right);
      return equal == null ? Value.NULL : Value.of(equal == (op == Op.EQ));
    }
    Integer order = RdfLiterals.compare(left, right);
    if (order != null) {
      return Value.of(op.test(order));
    }
    // NaN is neither less nor more than any number.
    boolean areNumbers = RdfLiterals.number(left) != null && RdfLiterals.number(right) != null;
    return areNumbers ? Value.FALSE : Value.NULL;
  }
}
