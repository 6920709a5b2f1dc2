package io.sabot.plan.function;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Three-valued logic, null tests and conditionals. The tables are the same in all three languages:
/// SPARQL's error is null here.
public final class LogicFunctions {
  public static final Function AND =
      Functions.custom("and", 0, Function.ANY_COUNT, Type.BOOL, (args, context) -> and(args));
  public static final Function OR =
      Functions.custom("or", 0, Function.ANY_COUNT, Type.BOOL, (args, context) -> or(args));
  public static final Function NOT =
      Functions.total("not", 1, Type.BOOL, (args, context) -> Value.of(!bool(args[0])));
  public static final Function XOR =
      Functions.total(
          "xor", 2, Type.BOOL, (args, context) -> Value.of(bool(args[0]) ^ bool(args[1])));
  public static final Function IS_NULL =
      Functions.custom("is_null", 1, 1, Type.BOOL, (args, context) -> Value.of(args[0].isNull()));
  public static final Function IS_NOT_NULL =
      Functions.custom(
          "is_not_null", 1, 1, Type.BOOL, (args, context) -> Value.of(!args[0].isNull()));
  public static final Function IS_TRUE =
      Functions.custom(
          "is_true", 1, 1, Type.BOOL, (args, context) -> Value.of(args[0].equals(Value.TRUE)));
  public static final Function IS_FALSE =
      Functions.custom(
          "is_false", 1, 1, Type.BOOL, (args, context) -> Value.of(args[0].equals(Value.FALSE)));
  public static final Function COALESCE =
      Functions.typed(
          Functions.custom(
              "coalesce",
              1,
              Function.ANY_COUNT,
              Type.ANY,
              (args, context) -> {
                for (Value arg : args) {
                  if (!arg.isNull()) {
                    return arg;
                  }
                }
                return Value.NULL;
              }),
          types -> types.stream().reduce(Type::union).orElse(Type.ANY));

  /// SPARQL's effective boolean value (§17.2.2): null is an error.
  public static final Function EBV =
      Functions.orNull("sp.ebv", 1, 1, Type.BOOL, (args, context) -> ebv(args[0]));

  /// The boolean in a mixed value that a language requires to be one; anything else is an error.
  public static final Function AS_BOOL =
      Functions.throwing(
          "cy.as_bool",
          1,
          Type.BOOL,
          (args, context) -> {
            if (args[0] instanceof Value.Bool) {
              return args[0];
            }
            throw io.sabot.plan.error.Errors.typeMismatch(
                Kinds.name(args[0]), "a boolean", "a condition");
          });

  static final List<Function> ALL =
      List.of(
          AND, //
          OR,
          NOT,
          XOR,
          IS_NULL,
          IS_NOT_NULL,
          IS_TRUE,
          IS_FALSE,
          COALESCE,
          EBV,
          AS_BOOL);

  private LogicFunctions() {}

  private static boolean bool(Value value) {
    return ((Value.Bool) value).value();
  }

  private static Value and(Value[] args) {
    Value result = Value.TRUE;
    for (Value arg : args) {
      if (arg.equals(Value.FALSE)) {
        return Value.FALSE;
      }
      if (arg.isNull()) {
        result = Value.NULL;
      }
    }
    return result;
  }

  private static Value or(Value[] args) {
    Value result = Value.FALSE;
    for (Value arg : args) {
      if (arg.equals(Value.TRUE)) {
        return Value.TRUE;
      }
      if (arg.isNull()) {
        result = Value.NULL;
      }
    }
    return result;
  }

  private static Value ebv(Value value) {
    Value number = RdfLiterals.number(value);
    if (number != null) {
      return switch (number) {
        case Value.Int(long v) -> Value.of(v != 0);
        case Value.Real(double v) -> Value.of(v != 0 && !Double.isNaN(v));
        case Value.Dec(var v) -> Value.of(v.signum() != 0);
        default -> Value.NULL;
      };
    }
    return switch (value) {
      case Value.Bool _ -> value;
      case Value.Str(String v) -> Value.of(!v.isEmpty());
      case Value.LangString(String v, _, _) -> Value.of(!v.isEmpty());
      case Value.TypedLiteral literal -> ofNullable(RdfLiterals.bool(literal));
      default -> Value.NULL;
    };
  }

  private static Value ofNullable(@Nullable Boolean value) {
    return value == null ? Value.NULL : Value.of(value);
  }

  /// `a AND b`, flattening and dropping TRUE.
  public static Expr and(Expr left, Expr right) {
    return and(List.of(left, right));
  }

  public static Expr and(List<Expr> conjuncts) {
    List<Expr> flat = new ArrayList<>();
    conjuncts.forEach(c -> flatten(c, flat));
    flat.removeIf(Expr.TRUE::equals);
    return switch (flat.size()) {
      case 0 -> Expr.TRUE;
      case 1 -> flat.getFirst();
      default -> new Expr.Call(AND, flat, Type.BOOL);
    };
  }

  public static Expr or(List<Expr> parts) {
    return switch (parts.size()) {
      case 0 -> Expr.FALSE;
      case 1 -> parts.getFirst();
      default -> new Expr.Call(OR, parts, Type.BOOL);
    };
  }

  public static Expr not(Expr expr) {
    return new Expr.Call(NOT, List.of(expr), Type.BOOL);
  }

  /// The conjuncts of a condition, TRUE giving none.
  public static List<Expr> conjuncts(Expr condition) {
    List<Expr> flat = new ArrayList<>();
    flatten(condition, flat);
    flat.removeIf(Expr.TRUE::equals);
    return flat;
  }

  private static void flatten(Expr expr, List<Expr> into) {
    if (expr instanceof Expr.Call(var function, var args, _) && function.equals(AND)) {
      args.forEach(arg -> flatten(arg, into));
    } else {
      into.add(expr);
    }
  }
}
