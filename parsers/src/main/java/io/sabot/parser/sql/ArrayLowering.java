package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's functions and operators of arrays. A quoted literal is an array, or an element,
/// where one is wanted.
final class ArrayLowering {
  private final RexLowering rex;

  ArrayLowering(RexLowering rex) {
    this.rex = rex;
  }

  @Nullable Expr lower(RexCall call, String name) {
    List<RexNode> operands = call.getOperands();
    return switch (name) {
      case "$ARRAY_SLICE" -> slice(call);
      case "$ARRAY_TEXT" -> Coercion.cast(lower(operands, 0), Type.STRING);
      case "ARRAY_APPEND", "ARRAY_PREPEND", "ARRAY_CAT" -> joined(call, name);
      case "||" -> ArrayTypes.depth(call.getType()) == 0 ? null : joined(call, joining(operands));
      case "ARRAY_REMOVE", "ARRAY_REPLACE" -> joined(call, name);
      case "TRIM_ARRAY", "ARRAY_LENGTH", "ARRAY_LOWER", "ARRAY_UPPER" ->
          call(name, call, array(operands, 0), Coercion.cast(lower(operands, 1), Type.INT64));
      case "ARRAY_FILL" ->
          call(
              name,
              call,
              lower(operands, 0),
              Coercion.cast(lower(operands, 1), new Type.ListOf(Type.INT32)));
      case "ARRAY_POSITION", "ARRAY_POSITIONS", "LIST_CONTAINS" -> searched(call, name);
      case "ARRAY_NDIMS", "ARRAY_DIMS", "LIST_SORT", "LIST_DISTINCT" ->
          call(name, call, array(operands, 0));
      case "ARRAY_TO_STRING" -> texts(name, call, array(operands, 0));
      case "STRING_TO_ARRAY" -> texts(name, call, Coercion.cast(lower(operands, 0), Type.STRING));
      case "@>" -> compared("array_contains", operands, 0, 1);
      case "<@" -> compared("array_contains", operands, 1, 0);
      case "&&" -> compared("array_overlaps", operands, 0, 1);
      default -> null;
    };
  }

  private Expr lower(List<RexNode> operands, int place) {
    return rex.lower(operands.get(place));
  }

  private Expr array(List<RexNode> operands, int place) {
    Expr array = lower(operands, place);
    if (!(array.type() instanceof Type.ListOf) && !isNull(array)) {
      throw Errors.semantic(
          null,
          "ArrayExpected",
          "found " + array.type() + ", expected an array",
          "write ARRAY[...] or CAST('{...}' AS INTEGER ARRAY)");
    }
    return array;
  }

  private static boolean isNull(Expr expr) {
    return expr.type() == Type.ANY || (expr instanceof Expr.Lit(Value value, _) && value.isNull());
  }

  private static Expr call(String name, RexCall call, Expr... args) {
    return new Expr.Call(
        Functions.named("sql." + name.toLowerCase(Locale.ROOT).replace("$", "")),
        List.of(args),
        TypeMapping.fromCalcite(call.getType()));
  }

  private Expr texts(String name, RexCall call, Expr first) {
    List<Expr> args = new ArrayList<>(List.of(first));
    for (int i = 1; i < call.getOperands().size(); i++) {
      args.add(Coercion.cast(lower(call.getOperands(), i), Type.STRING));
    }
    return call(name, call, args.toArray(new Expr[0]));
  }

  private Expr slice(RexCall call) {
    return call(
        "array_slice",
        call,
        array(call.getOperands(), 0),
        Coercion.cast(lower(call.getOperands(), 1), Type.INT64),
        Coercion.cast(lower(call.getOperands(), 2), Type.INT64));
  }

  /// What `||` does with operands of these dimensions; a literal is an array.
  private static String joining(List<RexNode> operands) {
    int left = ArrayTypes.depth(operands.get(0).getType());
    int right = ArrayTypes.depth(operands.get(1).getType());
    boolean isLiteral =
        (left == 0 && ArrayTypes.isLiteral(operands.get(0).getType()))
            || (right == 0 && ArrayTypes.isLiteral(operands.get(1).getType()));
    return left == right || isLiteral
        ? "ARRAY_CAT"
        : left > right ? "ARRAY_APPEND" : "ARRAY_PREPEND";
  }

  /// The operands as arrays of the type of the result, or as its elements.
  private Expr joined(RexCall call, String name) {
    Type result = TypeMapping.fromCalcite(call.getType());
    List<Expr> args = new ArrayList<>();
    for (int i = 0; i < call.getOperands().size(); i++) {
      boolean isArray =
          switch (name) {
            case "ARRAY_CAT" -> true;
            case "ARRAY_PREPEND" -> i == 1;
            default -> i == 0;
          };
      args.add(isArray ? asArray(call.getOperands(), i, result) : element(call, i, result));
    }
    return call(name, call, args.toArray(new Expr[0]));
  }

  private Expr asArray(List<RexNode> operands, int place, Type result) {
    Expr array = lower(operands, place);
    boolean isSame = ArrayTypes.depth(operands.get(place).getType()) == depth(result);
    if (array.type() == Type.STRING || isSame) {
      return isOfAny(result) ? array : Coercion.cast(array, result);
    }
    if (depth(array.type()) == 0 && !isNull(array)) {
      return array(operands, place);
    }
    return array;
  }

  private Expr element(RexCall call, int place, Type result) {
    Expr element = lower(call.getOperands(), place);
    Type wanted = result instanceof Type.ListOf(Type inner) ? inner : Type.ANY;
    return wanted == Type.ANY || depth(element.type()) > 0 || wanted instanceof Type.ListOf
        ? element
        : Coercion.cast(element, wanted);
  }

  private static int depth(Type type) {
    return type instanceof Type.ListOf(Type inner) ? 1 + depth(inner) : 0;
  }

  private static boolean isOfAny(Type type) {
    return type instanceof Type.ListOf(Type inner) && (inner == Type.ANY || isOfAny(inner));
  }

  private Expr searched(RexCall call, String name) {
    List<Expr> args = new ArrayList<>();
    Expr array = array(call.getOperands(), 0);
    args.add(array);
    args.add(element(call, 1, isText(call, 1) ? array.type() : new Type.ListOf(Type.ANY)));
    if (call.getOperands().size() > 2) {
      args.add(Coercion.cast(lower(call.getOperands(), 2), Type.INT64));
    }
    return call(name, call, args.toArray(new Expr[0]));
  }

  private static boolean isText(RexCall call, int place) {
    return ArrayTypes.isLiteral(call.getOperands().get(place).getType());
  }

  private @Nullable Expr compared(String name, List<RexNode> operands, int whole, int part) {
    Expr left = lower(operands, whole);
    Expr right = lower(operands, part);
    if (left.type() == Type.STRING) {
      left = Coercion.cast(left, right.type());
    } else if (right.type() == Type.STRING) {
      right = Coercion.cast(right, left.type());
    }
    return Functions.named("sql." + name).call(left, right);
  }
}
