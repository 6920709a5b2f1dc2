package io.sabot.parser.sql;

import io.sabot.parser.sql.JsonFunctions.Arg;
import io.sabot.parser.sql.JsonFunctions.Signature;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's functions and operators of JSON.
final class JsonLowering {
  private static final Type TEXTS = new Type.ListOf(Type.STRING);

  private final RexLowering rex;

  JsonLowering(RexLowering rex) {
    this.rex = rex;
  }

  /// The call of ours that it is; null when it is none of JSON.
  @Nullable Expr lower(RexCall call, String name) {
    if (name.equals("$JSON_ROW") || name.equals("$JSON_OUTER_ROW")) {
      return row(call.getOperands(), name.equals("$JSON_OUTER_ROW"));
    }
    Signature signature = JsonFunctions.ALL.get(name);
    if (name.equals("||") && TypeMapping.fromCalcite(call.getType()) == Type.JSONB) {
      signature = JsonFunctions.ALL.get("JSONB_CONCAT");
    }
    boolean isOfArrays =
        (name.equals("@>") || name.equals("<@"))
            && call.getOperands().stream().anyMatch(o -> ArrayTypes.depth(o.getType()) > 0);
    if (signature == null || isOfArrays) {
      return new StandardJson(rex).lower(call, name);
    }
    Type result =
        signature.result() == Type.JSON
            ? TypeMapping.fromCalcite(call.getType())
            : signature.result();
    return call(signature, call.getOperands(), result, name);
  }

  private Expr row(List<RexNode> operands, boolean isOuter) {
    List<Expr> args = new ArrayList<>();
    List<Expr> nulls = new ArrayList<>();
    for (int i = 0; i < operands.size(); i += 2) {
      Expr value = rex.lower(operands.get(i + 1));
      nulls.add(LogicFunctions.IS_NULL.call(value));
      args.add(text(rex.lower(operands.get(i))));
      args.add(part(value));
    }
    Expr row = new Expr.Call(Functions.named("sql.json_row"), args, Type.JSON);
    return isOuter
        ? new Expr.Case(
            List.of(new Expr.When(LogicFunctions.and(nulls), Expr.nullOf(Type.JSON))),
            row,
            Type.JSON)
        : row;
  }

  /// Jsonb less a key, several keys or a place.
  Expr less(List<RexNode> operands) {
    return call(
        java.util.Objects.requireNonNull(JsonFunctions.ALL.get("JSONB_DELETE")),
        operands,
        Type.JSONB,
        "-");
  }

  /// Only jsonb can be compared, and here only for whether both are the same.
  static Expr compare(Op op, Expr left, Expr right) {
    boolean isComparable =
        (left.type() == Type.JSONB || right.type() == Type.JSONB)
            && left.type() != Type.JSON
            && right.type() != Type.JSON
            && (op == Op.EQ || op == Op.NE);
    if (!isComparable) {
      throw Errors.semantic(
          null,
          "JsonComparison",
          op == Op.EQ || op == Op.NE
              ? "values of type json cannot be compared"
              : "JSON has no order",
          "compare a part as text, such as j ->> 'key', or both sides as jsonb for = and <>");
    }
    Expr same =
        Functions.named("sql.jsonb_same")
            .call(parsed(left, Type.JSONB, "="), parsed(right, Type.JSONB, "="));
    return op == Op.EQ ? same : LogicFunctions.not(same);
  }

  private Expr call(Signature signature, List<RexNode> operands, Type result, String name) {
    if (signature.function().isEmpty()) {
      return json(operands.getFirst(), result);
    }
    List<Expr> args = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Arg kind = signature.args().get(Math.min(i, signature.args().size() - 1));
      switch (kind) {
        case KEYS -> {
          args.add(ListFunctions.LIST.call(texts(operands.subList(i, operands.size()))));
          i = operands.size();
        }
        case MEMBERS ->
            args.add(i % 2 == 0 ? text(rex.lower(operands.get(i))) : part(operands.get(i)));
        case VALUES -> args.add(part(operands.get(i)));
        default -> args.add(arg(kind, operands.get(i), name));
      }
    }
    if (signature.args().getLast() == Arg.KEYS && operands.size() == 1) {
      args.add(ListFunctions.LIST.call(List.of()));
    }
    Type given = signature.isSpelledAsJson() ? Type.JSON : result;
    return Coercion.cast(new Expr.Call(Functions.named(signature.function()), args, given), result);
  }

  private List<Expr> texts(List<RexNode> operands) {
    return operands.stream().map(o -> text(rex.lower(o))).toList();
  }

  private static Expr text(Expr expr) {
    return Coercion.cast(expr, Type.STRING);
  }

  private Expr arg(Arg kind, RexNode operand, String name) {
    Expr expr = rex.lower(operand);
    return switch (kind) {
      case JSON -> expr.type().isJson() ? expr : parsed(expr, Type.JSON, name);
      case JSONB -> parsed(expr, Type.JSONB, name);
      case TEXT -> text(expr);
      case INT -> Coercion.cast(expr, Type.INT64);
      case BOOL -> Coercion.cast(expr, Type.BOOL);
      case TEXTS -> Coercion.cast(expr, TEXTS);
      case KEY ->
          expr.type() instanceof Type.Int || expr.type() instanceof Type.ListOf ? expr : text(expr);
      case VALUE, VALUES, MEMBERS, KEYS -> json(operand, Type.JSON);
    };
  }

  /// A text as JSON; no other value is JSON unasked.
  private static Expr parsed(Expr expr, Type type, String name) {
    boolean isText = expr.type() == Type.STRING || expr.type().isJson() || expr.type() == Type.ANY;
    if (!isText) {
      throw Errors.semantic(
          null,
          "JsonExpected",
          name.toLowerCase(java.util.Locale.ROOT) + " takes JSON and no " + expr.type(),
          "to_jsonb makes JSON of a value");
    }
    return Coercion.cast(expr, type);
  }

  /// A value as JSON; what is JSON already stays as it is.
  Expr json(RexNode operand, Type result) {
    Expr row = new RowLowering(rex).json(operand);
    Expr expr = row != null ? row : rex.lower(operand);
    if (expr.type().isJson()) {
      return Coercion.cast(expr, result);
    }
    String function = isOfJson(expr.type()) ? "sql.to_json_of_json" : "sql.to_json";
    Expr made = new Expr.Call(Functions.named(function), List.of(expr), Type.JSON);
    return Coercion.cast(made, result);
  }

  /// A value as a part of JSON, null as the null of JSON.
  Expr part(RexNode operand) {
    Expr row = new RowLowering(rex).json(operand);
    return part(row != null ? row : rex.lower(operand));
  }

  static Expr part(Expr expr) {
    if (expr.type().isJson()) {
      return expr;
    }
    if (expr instanceof Expr.Lit(Value value, _) && value.isNull()) {
      return Expr.lit(Value.of("null"));
    }
    String function = isOfJson(expr.type()) ? "sql.json_part_of_json" : "sql.json_part";
    return new Expr.Call(Functions.named(function), List.of(expr), Type.JSON);
  }

  private static boolean isOfJson(Type type) {
    return type instanceof Type.ListOf(Type element) && (element.isJson() || isOfJson(element));
  }
}
