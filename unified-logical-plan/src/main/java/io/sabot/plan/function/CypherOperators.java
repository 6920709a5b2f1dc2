package io.sabot.plan.function;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Points;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Cypher's operators on values whose kind is known only at run time.
final class CypherOperators {
  static final List<Function> ALL =
      List.of(
          operator("cy.add", (args, context) -> add(args[0], args[1])), //
          operator("cy.sub", (args, context) -> subtract(args[0], args[1])),
          operator("cy.mul", (args, context) -> multiply(args[0], args[1])),
          operator("cy.div", (args, context) -> divide(args[0], args[1])),
          operator(
              "cy.mod",
              (args, context) -> numbers(ArithmeticFunctions.Op.MOD, args[0], args[1], "%")),
          Functions.throwing(
              "cy.pow",
              2,
              Type.FLOAT64,
              (args, context) -> Value.of(Math.pow(number(args[0], "^"), number(args[1], "^")))),
          Functions.throwing(
              "cy.neg", 1, Type.ANY, (args, context) -> ArithmeticFunctions.negate(args[0])),
          Functions.throwing("cy.index", 2, Type.ANY, CypherOperators::index),
          Functions.throwing(
              "cy.slice", 3, Type.ANY, (args, context) -> slice(args[0], args[1], args[2])),
          text("cy.starts_with", String::startsWith),
          text("cy.ends_with", String::endsWith),
          text("cy.contains", String::contains),
          text("cy.matches", CypherOperators::matches),
          Functions.throwing("cy.property", 2, Type.ANY, CypherOperators::property));

  private CypherOperators() {}

  private static Function operator(String name, Function.Scalar scalar) {
    return Functions.throwing(name, 2, Type.ANY, scalar);
  }

  @FunctionalInterface
  private interface TextTest {
    boolean test(String left, String right);
  }

  /// A test of two strings; null when either is anything else.
  private static Function text(String name, TextTest test) {
    return Functions.orNull(
        name,
        2,
        2,
        Type.BOOL,
        (args, context) ->
            args[0] instanceof Value.Str(String a) && args[1] instanceof Value.Str(String b)
                ? Value.of(test.test(a, b))
                : Value.NULL);
  }

  private static boolean matches(String text, String regex) {
    try {
      return Pattern.compile(regex).matcher(text).matches();
    } catch (PatternSyntaxException malformed) {
      throw Errors.invalidArgument(
          "'" + regex + "' is not a regular expression: " + malformed.getDescription());
    }
  }

  private static double number(Value value, String operator) {
    if (!Numbers.isNumber(value)) {
      throw Errors.typeMismatch(Kinds.name(value), "a number", "'" + operator + "'");
    }
    return Numbers.toDouble(value);
  }

  private static Value numbers(ArithmeticFunctions.Op op, Value a, Value b, String sign) {
    if (!Numbers.isNumber(a) || !Numbers.isNumber(b)) {
      throw Errors.typeMismatch(
          Kinds.name(a) + " and " + Kinds.name(b), "numbers", "'" + sign + "'");
    }
    return ArithmeticFunctions.apply(op, a, b);
  }

  private static Value add(Value a, Value b) {
    if (a instanceof Value.ListValue(var items)) {
      List<Value> joined = new ArrayList<>(items);
      if (b instanceof Value.ListValue(var more)) {
        joined.addAll(more);
      } else {
        joined.add(b);
      }
      return new Value.ListValue(joined);
    }
    if (b instanceof Value.ListValue(var items)) {
      List<Value> joined = new ArrayList<>(List.of(a));
      joined.addAll(items);
      return new Value.ListValue(joined);
    }
    if (a instanceof Value.Str || b instanceof Value.Str) {
      if (isText(a) && isText(b)) {
        return Value.of(CypherText.of(a) + CypherText.of(b));
      }
    }
    if (TemporalArithmetic.isTemporal(a) || TemporalArithmetic.isTemporal(b)) {
      return TemporalArithmetic.add(a, b);
    }
    return numbers(ArithmeticFunctions.Op.ADD, a, b, "+");
  }

  private static boolean isText(Value value) {
    return value instanceof Value.Str || Numbers.isNumber(value);
  }

  private static Value subtract(Value a, Value b) {
    if (TemporalArithmetic.isTemporal(a) || TemporalArithmetic.isTemporal(b)) {
      return TemporalArithmetic.subtract(a, b);
    }
    return numbers(ArithmeticFunctions.Op.SUB, a, b, "-");
  }

  private static Value multiply(Value a, Value b) {
    if (a instanceof Value.Duration duration && Numbers.isNumber(b)) {
      return DurationParts.multiply(duration, b);
    }
    if (b instanceof Value.Duration duration && Numbers.isNumber(a)) {
      return DurationParts.multiply(duration, a);
    }
    return numbers(ArithmeticFunctions.Op.MUL, a, b, "*");
  }

  private static Value divide(Value a, Value b) {
    if (a instanceof Value.Duration duration && Numbers.isNumber(b)) {
      return DurationParts.divide(duration, b);
    }
    return numbers(ArithmeticFunctions.Op.DIV, a, b, "/");
  }

  private static Value index(Value[] args, EvalContext context) {
    return switch (args[0]) {
      case Value.ListValue(var items) -> {
        if (!(args[1] instanceof Value.Int(long place))) {
          throw access("ListElementAccessByNonInteger", args[1], "an integer", "a list");
        }
        long at = place < 0 ? items.size() + place : place;
        yield at < 0 || at >= items.size() ? Value.NULL : items.get((int) at);
      }
      case Value.MapValue _, Value.NodeRef _, Value.EdgeRef _ -> {
        if (!(args[1] instanceof Value.Str)) {
          throw access("MapElementAccessByNonString", args[1], "a string", "a map");
        }
        yield property(args, context);
      }
      default ->
          throw new QueryException(
              ErrorCode.TYPE_MISMATCH,
              null,
              "found " + Kinds.name(args[0]) + ", expected a list, map, node or relationship in []",
              "",
              args[1] instanceof Value.Str ? "PropertyAccessByNonMap" : "InvalidArgumentType",
              null);
    };
  }

  private static QueryException access(String detail, Value found, String expected, String of) {
    return new QueryException(
        ErrorCode.TYPE_MISMATCH,
        null,
        "found " + Kinds.name(found) + ", expected " + expected + " as the index of " + of,
        "",
        detail,
        null);
  }

  private static Value slice(Value list, Value from, Value to) {
    if (!(list instanceof Value.ListValue(var items))) {
      throw Errors.typeMismatch(Kinds.name(list), "a list", "[..]");
    }
    if (!(from instanceof Value.Int(long first)) || !(to instanceof Value.Int(long last))) {
      throw Errors.typeMismatch(Kinds.name(from) + " and " + Kinds.name(to), "integers", "[..]");
    }
    int size = items.size();
    long start = Math.clamp(first < 0 ? size + first : first, 0, size);
    long end = Math.clamp(last < 0 ? size + last : last, 0, size);
    return new Value.ListValue(start < end ? items.subList((int) start, (int) end) : List.of());
  }

  private static Value property(Value[] args, EvalContext context) {
    String key = ((Value.Str) args[1]).value();
    return switch (args[0]) {
      case Value.MapValue(var entries) -> entries.getOrDefault(key, Value.NULL);
      case Value.NodeRef(long id) ->
          context.graph().property(CypherFunctions.alive(id, context), key);
      case Value.EdgeRef(long id) ->
          context.graph().property(CypherFunctions.alive(id, context), key);
      case Value.Date _,
          Value.Time _,
          Value.ZonedTime _,
          Value.DateTime _,
          Value.ZonedDateTime _,
          Value.Duration _ ->
          TemporalFields.of(args[0], key);
      case Value.TypedLiteral literal when Points.of(literal) instanceof Points point ->
          point.components().getOrDefault(key, Value.NULL);
      default -> {
        GraphAccess.MappedElement element = CypherFunctions.mapped(args[0], context);
        if (element != null) {
          yield context.graph().property((Value.Iri) args[0], key);
        }
        throw new QueryException(
            ErrorCode.TYPE_MISMATCH,
            null,
            "found " + Kinds.name(args[0]) + ", which has no property '" + key + "'",
            "properties belong to maps, nodes and relationships",
            "PropertyAccessByNonMap",
            null);
      }
    };
  }
}
