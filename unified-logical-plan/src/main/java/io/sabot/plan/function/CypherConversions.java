package io.sabot.plan.function;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Equality;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cypher's conversions that give null where the plain ones fail, those of lists, and what a value
/// is.
final class CypherConversions {
  static final List<Function> ALL = all();

  private CypherConversions() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>();
    for (String type : List.of("String", "Integer", "Float", "Boolean")) {
      String plain = "cy.to" + type.toLowerCase(Locale.ROOT);
      Type result = result(type);
      all.add(
          Functions.orNull(
              plain + "ornull", 1, 1, result, (args, context) -> orNull(plain, args[0], context)));
      all.add(
          Functions.throwing(
              plain + "list",
              1,
              new Type.ListOf(result),
              (args, context) -> list(plain, args[0], context)));
    }
    all.add(
        Functions.custom(
            "cy.nullif",
            2,
            2,
            Type.ANY,
            (args, context) ->
                Boolean.TRUE.equals(Equality.cypher(args[0], args[1])) ? Value.NULL : args[0]));
    all.add(
        Functions.custom(
            "cy.valuetype",
            1,
            1,
            Type.STRING,
            (args, context) -> Value.of(ValueTypes.of(args[0]))));
    all.add(
        Functions.custom(
            "cy.sabot.istyped",
            2,
            2,
            Type.BOOL,
            (args, context) ->
                Value.of(ValueTypes.matches(args[0], ((Value.Str) args[1]).value()))));
    return List.copyOf(all);
  }

  private static Type result(String type) {
    return switch (type) {
      case "String" -> Type.STRING;
      case "Integer" -> Type.INT64;
      case "Float" -> Type.FLOAT64;
      default -> Type.BOOL;
    };
  }

  private static Value orNull(String plain, Value value, EvalContext context) {
    try {
      return Functions.named(plain).evaluate(new Value[] {value}, context);
    } catch (QueryException doesNotConvert) {
      return Value.NULL;
    }
  }

  private static Value list(String plain, Value value, EvalContext context) {
    if (!(value instanceof Value.ListValue(var items))) {
      throw CypherFunctions.type(value, "a list", plain.substring(3) + "List");
    }
    return new Value.ListValue(items.stream().map(item -> orNull(plain, item, context)).toList());
  }
}
