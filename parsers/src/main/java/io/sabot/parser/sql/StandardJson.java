package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// JSON of the standard (ISO/IEC 9075-2): JSON_VALUE, JSON_QUERY, JSON_EXISTS, JSON_OBJECT,
/// JSON_ARRAY and IS JSON.
final class StandardJson {
  private final RexLowering rex;

  StandardJson(RexLowering rex) {
    this.rex = rex;
  }

  @Nullable Expr lower(RexCall call, String name) {
    List<RexNode> operands = call.getOperands();
    if (name.startsWith("IS JSON ") || name.startsWith("IS NOT JSON ")) {
      return isJson(operands.getFirst(), name);
    }
    return switch (name) {
      case "JSON_OBJECT" -> built("object", operands, true);
      case "JSON_ARRAY" -> built("array", operands, false);
      case "JSON_VALUE" -> value(call);
      case "JSON_QUERY" -> query(call);
      case "JSON_EXISTS" -> exists(operands);
      default -> null;
    };
  }

  private Expr isJson(RexNode operand, String name) {
    Expr kind = Expr.lit(Value.of(name.substring(name.lastIndexOf(' ') + 1)));
    Expr text = Coercion.cast(rex.lower(operand), Type.STRING);
    Expr test = Functions.named("sql.is_json").call(text, kind);
    return name.startsWith("IS NOT") ? LogicFunctions.not(test) : test;
  }

  private Expr built(String kind, List<RexNode> operands, boolean hasKeys) {
    JsonLowering json = new JsonLowering(rex);
    boolean isAbsent = symbol(operands.getFirst()) == SqlJsonConstructorNullClause.ABSENT_ON_NULL;
    List<Expr> args = new ArrayList<>();
    for (int i = 1; i < operands.size(); i++) {
      boolean isKey = hasKeys && i % 2 == 1;
      args.add(
          isKey
              ? Coercion.cast(rex.lower(operands.get(i)), Type.STRING)
              : json.part(operands.get(i)));
    }
    String function = isAbsent ? "sql.json_" + kind + "_absent" : "sql.json_build_" + kind;
    return new Expr.Call(Functions.named(function), args, Type.JSON);
  }

  private static @Nullable Object symbol(RexNode operand) {
    return operand instanceof RexLiteral literal
            && literal.getType().getSqlTypeName() == SqlTypeName.SYMBOL
        ? literal.getValue()
        : null;
  }

  private Expr json(RexNode operand) {
    Expr expr = rex.lower(operand);
    return expr.type().isJson() ? expr : Coercion.cast(expr, Type.STRING);
  }

  /// JSON, path, what happens for nothing and the value for it, what for an error and its value.
  private Expr value(RexCall call) {
    List<RexNode> operands = call.getOperands();
    Expr none = Expr.nullOf(Type.STRING);
    List<Expr> args =
        new ArrayList<>(
            List.of(
                json(operands.get(0)),
                Coercion.cast(rex.lower(operands.get(1)), Type.STRING),
                Expr.lit(Value.of("NULL")),
                none,
                Expr.lit(Value.of("NULL")),
                none));
    for (int i = 2; i < operands.size(); i++) {
      if (symbol(operands.get(i)) instanceof SqlJsonValueEmptyOrErrorBehavior behaviour) {
        int value = i;
        while (!(symbol(operands.get(i)) instanceof SqlJsonEmptyOrError)) {
          i++;
        }
        int place = symbol(operands.get(i)) == SqlJsonEmptyOrError.EMPTY ? 2 : 4;
        args.set(place, Expr.lit(Value.of(behaviour.name())));
        if (behaviour == SqlJsonValueEmptyOrErrorBehavior.DEFAULT) {
          args.set(place + 1, Coercion.cast(rex.lower(operands.get(value + 1)), Type.STRING));
        }
      }
    }
    Expr text = Functions.named("sql.json_value").call(args);
    return Coercion.cast(text, TypeMapping.fromCalcite(call.getType()));
  }

  /// JSON, path, wrapper, what happens for nothing, what for an error.
  private Expr query(RexCall call) {
    List<RexNode> operands = call.getOperands();
    String wrapper = SqlJsonQueryWrapperBehavior.WITHOUT_ARRAY.name();
    List<String> behaviours = new ArrayList<>();
    for (RexNode operand : operands.subList(2, operands.size())) {
      switch (symbol(operand)) {
        case SqlJsonQueryWrapperBehavior found -> wrapper = found.name();
        case SqlJsonQueryEmptyOrErrorBehavior found -> behaviours.add(found.name());
        case null, default -> {}
      }
    }
    String empty = behaviours.isEmpty() ? "NULL" : behaviours.getFirst();
    String error = behaviours.size() < 2 ? "NULL" : behaviours.get(1);
    Expr found =
        new Expr.Call(
            Functions.named("sql.json_query"),
            List.of(
                json(operands.get(0)),
                Coercion.cast(rex.lower(operands.get(1)), Type.STRING),
                Expr.lit(Value.of(wrapper)),
                Expr.lit(Value.of(empty)),
                Expr.lit(Value.of(error))),
            Type.JSON);
    if (ArrayTypes.depth(call.getType()) > 0) {
      throw Errors.unsupported(null, "JSON_QUERY ... RETURNING an array");
    }
    return found;
  }

  private Expr exists(List<RexNode> operands) {
    List<Expr> args =
        new ArrayList<>(
            List.of(json(operands.get(0)), Coercion.cast(rex.lower(operands.get(1)), Type.STRING)));
    if (operands.size() > 2 && symbol(operands.get(2)) instanceof Enum<?> behaviour) {
      args.add(Expr.lit(Value.of(behaviour.name())));
    }
    return Functions.named("sql.json_exists").call(args);
  }
}
