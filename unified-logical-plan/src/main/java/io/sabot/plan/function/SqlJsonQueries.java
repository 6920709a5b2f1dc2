package io.sabot.plan.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;

/// The functions that ask with a path of SQL/JSON: the standard's and PostgreSQL's.
final class SqlJsonQueries {
  private SqlJsonQueries() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing(
            "sql.jsonb_path_exists", 2, Type.BOOL, (a, c) -> Value.of(!find(a).isEmpty())),
        Functions.throwing(
            "sql.jsonb_path_query_first",
            2,
            Type.STRING,
            (a, c) -> {
              List<JsonNode> found = find(a);
              return found.isEmpty() ? Value.NULL : text(found.getFirst());
            }),
        Functions.throwing(
            "sql.jsonb_path_query_array",
            2,
            Type.STRING,
            (a, c) -> text(SqlJsonTree.NODES.arrayNode().addAll(find(a)))),
        Functions.throwing("sql.jsonb_path_match", 2, Type.BOOL, (a, c) -> match(find(a))),
        Functions.throwing(
            "sql.jsonb_path_exists_quietly",
            2,
            Type.BOOL,
            (a, c) -> quietly(a, found -> Value.of(!found.isEmpty()))),
        Functions.throwing(
            "sql.jsonb_path_match_quietly",
            2,
            Type.BOOL,
            (a, c) -> quietly(a, SqlJsonQueries::match)),
        Functions.throwing(
            "sql.jsonb_path_query",
            2,
            new Type.ListOf(Type.STRING),
            (a, c) -> new Value.ListValue(find(a).stream().map(SqlJsonQueries::text).toList())),
        Functions.throwing("sql.json_exists", 2, 3, Type.BOOL, (a, c) -> exists(a)),
        custom("sql.json_value", 6, SqlJsonQueries::value),
        custom("sql.json_query", 5, SqlJsonQueries::query),
        Functions.total(
            "sql.is_json",
            2,
            Type.BOOL,
            (a, c) -> Value.of(isJson(SqlText.text(a[0]), SqlText.text(a[1])))));
  }

  private static Function custom(String name, int args, Function.Scalar scalar) {
    return Functions.with(
        Functions.throwing(name, args, Type.STRING, scalar),
        Nulls.CUSTOM,
        Faults.THROW,
        Volatility.IMMUTABLE);
  }

  private static List<JsonNode> find(Value[] args) {
    return SqlJsonPathValues.find(
        SqlJsonPathValues.path(SqlText.text(args[1])), SqlJson.tree(args[0]));
  }

  @FunctionalInterface
  private interface Answer {
    Value of(List<JsonNode> found);
  }

  /// Null where the path fails for this JSON.
  private static Value quietly(Value[] args, Answer answer) {
    SqlJsonPath path = SqlJsonPathValues.path(SqlText.text(args[1]));
    try {
      return answer.of(SqlJsonPathValues.find(path, SqlJson.tree(args[0])));
    } catch (QueryException fails) {
      return Value.NULL;
    }
  }

  private static Value text(JsonNode node) {
    return Value.of(SqlJsonTree.write(node));
  }

  private static Value match(List<JsonNode> found) {
    if (found.size() == 1 && (found.getFirst().isBoolean() || found.getFirst().isNull())) {
      return found.getFirst().isNull() ? Value.NULL : Value.of(found.getFirst().booleanValue());
    }
    throw Errors.invalidArgument("a path gives no single boolean");
  }

  /// The third argument says what an error is: TRUE, FALSE, UNKNOWN or ERROR.
  private static Value exists(Value[] args) {
    SqlJsonPath path = SqlJsonPathValues.path(SqlText.text(args[1]));
    try {
      return Value.of(!SqlJsonPathValues.find(path, SqlJson.tree(args[0])).isEmpty());
    } catch (QueryException fault) {
      return switch (args.length < 3 ? "FALSE" : SqlText.text(args[2])) {
        case "TRUE" -> Value.TRUE;
        case "FALSE" -> Value.FALSE;
        case "UNKNOWN" -> Value.NULL;
        default -> throw fault;
      };
    }
  }

  /// JSON, path, what happens for nothing and the value for it, what for an error and its value.
  private static Value value(Value[] args, EvalContext context) {
    if (args[0].isNull() || args[1].isNull()) {
      return Value.NULL;
    }
    SqlJsonPath path = SqlJsonPathValues.path(SqlText.text(args[1]));
    List<JsonNode> found;
    try {
      found = SqlJsonPathValues.find(path, SqlJson.tree(args[0]));
      if (found.size() > 1 || (found.size() == 1 && found.getFirst().isContainerNode())) {
        throw Errors.invalidArgument("JSON_VALUE finds what is not a single scalar");
      }
    } catch (QueryException fault) {
      return otherwise(args[4], args[5], fault);
    }
    if (found.isEmpty()) {
      return otherwise(
          args[2], args[3], Errors.invalidArgument("JSON_VALUE finds nothing at its path"));
    }
    return SqlJson.orNull(SqlJsonText.unquoted(SqlJsonTree.write(found.getFirst())));
  }

  private static Value otherwise(Value behaviour, Value value, QueryException fault) {
    return switch (SqlText.text(behaviour)) {
      case "NULL" -> Value.NULL;
      case "EMPTY_ARRAY" -> Value.of("[]");
      case "EMPTY_OBJECT" -> Value.of("{}");
      case "DEFAULT" -> value.isNull() ? Value.NULL : Value.of(SqlText.text(value));
      default -> throw fault;
    };
  }

  /// JSON, path, wrapper, what happens for nothing, what for an error.
  private static Value query(Value[] args, EvalContext context) {
    if (args[0].isNull() || args[1].isNull()) {
      return Value.NULL;
    }
    SqlJsonPath path = SqlJsonPathValues.path(SqlText.text(args[1]));
    String wrapper = SqlText.text(args[2]);
    List<JsonNode> found;
    try {
      found = SqlJsonPathValues.find(path, SqlJson.tree(args[0]));
      if (wrapper.equals("WITHOUT_ARRAY") && found.size() > 1) {
        throw Errors.invalidArgument("JSON_QUERY finds several values and has no WITH WRAPPER");
      }
    } catch (QueryException fault) {
      return otherwise(args[4], Value.NULL, fault);
    }
    if (found.isEmpty()) {
      return otherwise(
          args[3], Value.NULL, Errors.invalidArgument("JSON_QUERY finds nothing at its path"));
    }
    boolean wraps =
        wrapper.equals("WITH_UNCONDITIONAL_ARRAY")
            || (wrapper.equals("WITH_CONDITIONAL_ARRAY")
                && (found.size() > 1 || found.getFirst().isValueNode()));
    return text(wraps ? SqlJsonTree.NODES.arrayNode().addAll(found) : found.getFirst());
  }

  private static boolean isJson(String text, String kind) {
    if (!SqlJsonText.isValid(text)) {
      return false;
    }
    SqlJsonText.Kind found = SqlJsonText.kind(text);
    return switch (kind) {
      case "OBJECT" -> found == SqlJsonText.Kind.OBJECT;
      case "ARRAY" -> found == SqlJsonText.Kind.ARRAY;
      case "SCALAR" -> found != SqlJsonText.Kind.OBJECT && found != SqlJsonText.Kind.ARRAY;
      default -> true;
    };
  }
}
