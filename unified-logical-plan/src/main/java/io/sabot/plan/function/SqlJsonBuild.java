package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// SQL's functions that make JSON of values. Objects and arrays are spelled as PostgreSQL's type
/// json spells them; the twins for jsonb are in its normal form.
///
/// Those that build take members that are JSON already: `sql.json_part` makes one of any value.
final class SqlJsonBuild {
  private SqlJsonBuild() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing("sql.to_json", 1, Type.STRING, (a, c) -> json(a[0], false)),
        Functions.throwing("sql.to_json_of_json", 1, Type.STRING, (a, c) -> json(a[0], true)),
        custom("sql.json_part", 1, 1, a -> json(a[0], false)),
        custom("sql.json_part_of_json", 1, 1, a -> json(a[0], true)),
        custom("sql.json_build_object", 0, Function.ANY_COUNT, SqlJsonBuild::object),
        custom("sql.json_build_array", 0, Function.ANY_COUNT, a -> array(List.of(a), ", ")),
        custom("sql.json_object_absent", 0, Function.ANY_COUNT, a -> object(present(a, 2))),
        custom(
            "sql.json_array_absent",
            0,
            Function.ANY_COUNT,
            a -> array(List.of(present(a, 1)), ", ")),
        custom("sql.json_row", 0, Function.ANY_COUNT, SqlJsonBuild::namedRow),
        custom("sql.row_text", 0, Function.ANY_COUNT, SqlJsonBuild::rowText),
        custom("sql.row_to_json", 0, Function.ANY_COUNT, SqlJsonBuild::row),
        Functions.throwing("sql.json_object_of_texts", 1, 2, Type.STRING, (a, c) -> ofTexts(a)));
  }

  @FunctionalInterface
  private interface Body {
    Value of(Value[] args);
  }

  private static Function custom(String name, int min, int max, Body body) {
    return Functions.with(
        Functions.throwing(name, min, max, Type.STRING, (a, c) -> body.of(a)),
        Nulls.CUSTOM,
        Faults.THROW,
        Volatility.IMMUTABLE);
  }

  /// @param isJson whether texts in it are JSON already
  static Value json(Value value, boolean isJson) {
    StringBuilder out = new StringBuilder();
    json(out, value, isJson);
    return Value.of(out.toString());
  }

  private static void json(StringBuilder out, Value value, boolean isJson) {
    switch (value) {
      case Value.Null _ -> out.append("null");
      case Value.Bool _, Value.Int _, Value.Dec _ -> out.append(Casts.text(value));
      case Value.Real(double v) -> {
        String text = Casts.realText(v);
        out.append(Double.isFinite(v) ? text : SqlJsonText.quoted(text));
      }
      case Value.Str(String text) when isJson -> out.append(text);
      case Value.DateTime _ ->
          SqlJsonText.quote(out, io.sabot.plan.value.RdfLiterals.lexical(value));
      case Value.ZonedDateTime _ -> SqlJsonText.quote(out, zoned(Casts.text(value)));
      case Value.ListValue(var items) -> {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
          json(i == 0 ? out : out.append(','), items.get(i), isJson);
        }
        out.append(']');
      }
      case Value.MapValue(var entries) -> {
        String separator = "{";
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
          SqlJsonText.quote(out.append(separator), entry.getKey());
          json(out.append(':'), entry.getValue(), isJson);
          separator = ",";
        }
        out.append(entries.isEmpty() ? "{}" : "}");
      }
      default -> SqlJsonText.quote(out, Casts.text(value));
    }
  }

  /// `2020-01-01 10:00:00+00` as ISO 8601 has it.
  private static String zoned(String text) {
    String iso = text.replaceFirst(" ", "T");
    return iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso;
  }

  private static Value object(Value[] args) {
    if (args.length % 2 != 0) {
      throw Errors.invalidArgument("an object of JSON needs a value for each key");
    }
    List<String> members = new ArrayList<>();
    for (int i = 0; i < args.length; i += 2) {
      members.add(member(args[i], args[i + 1], " : "));
    }
    return Value.of("{" + String.join(", ", members) + "}");
  }

  static String member(Value key, Value value, String colon) {
    if (key.isNull()) {
      throw Errors.invalidArgument("a key of a JSON object cannot be NULL");
    }
    return SqlJsonText.quoted(SqlText.text(key)) + colon + part(value);
  }

  static String part(Value value) {
    return value.isNull() ? "null" : SqlText.text(value);
  }

  static Value array(List<Value> parts, String comma) {
    return Value.of("[" + String.join(comma, parts.stream().map(p -> part(p)).toList()) + "]");
  }

  /// Without the groups of arguments whose last one is the null of JSON.
  private static Value[] present(Value[] args, int group) {
    List<Value> present = new ArrayList<>();
    for (int i = 0; i + group <= args.length; i += group) {
      if (!part(args[i + group - 1]).equals("null")) {
        present.addAll(List.of(args).subList(i, i + group));
      }
    }
    return present.toArray(new Value[0]);
  }

  /// `(1,a,)`, as PostgreSQL prints a row.
  private static Value rowText(Value[] args) {
    List<String> fields = new ArrayList<>();
    for (Value arg : args) {
      fields.add(arg.isNull() ? "" : SqlArrayText.field(arg));
    }
    return Value.of("(" + String.join(",", fields) + ")");
  }

  /// Of names and values in turn.
  private static Value namedRow(Value[] args) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      members.add(member(args[i], args[i + 1], ":"));
    }
    return Value.of("{" + String.join(",", members) + "}");
  }

  /// The fields of a row have the names f1, f2 ...
  private static Value row(Value[] args) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      members.add("\"f" + (i + 1) + "\":" + part(args[i]));
    }
    return Value.of("{" + String.join(",", members) + "}");
  }

  /// Of an array of keys and values in turn, or of one array of each.
  private static Value ofTexts(Value[] args) {
    List<Value> first = SqlArrays.items(args[0]);
    List<Value> flat = new ArrayList<>();
    if (args.length == 1) {
      first.forEach(v -> flat.addAll(v instanceof Value.ListValue(var pair) ? pair : List.of(v)));
      if (flat.size() % 2 != 0) {
        throw Errors.invalidArgument("the array for a JSON object needs a value for each key");
      }
    } else {
      List<Value> second = SqlArrays.items(args[1]);
      if (first.size() != second.size()) {
        throw Errors.invalidArgument("the arrays of keys and values have different lengths");
      }
      for (int i = 0; i < first.size(); i++) {
        flat.add(first.get(i));
        flat.add(second.get(i));
      }
    }
    Value[] members = new Value[flat.size()];
    for (int i = 0; i < members.length; i++) {
      Value v = flat.get(i);
      members[i] = i % 2 == 0 || v.isNull() ? v : Value.of(SqlJsonText.quoted(SqlText.text(v)));
    }
    return object(members);
  }
}
