package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Arrays as PostgreSQL writes them: `{1,NULL,"a b",{2,3}}`.
final class SqlArrayText {
  private final String text;
  private final Type element;
  private int at;

  private SqlArrayText(String text, Type element) {
    this.text = text;
    this.element = element;
  }

  /// @param element the type of what stands in the innermost braces
  static Value read(String text, Type element) {
    SqlArrayText reader = new SqlArrayText(text, element);
    reader.blanks();
    Value array = reader.array();
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.malformed();
    }
    return array;
  }

  static String write(Value.ListValue array) {
    StringBuilder out = new StringBuilder();
    write(out, array);
    return out.toString();
  }

  private static void write(StringBuilder out, Value value) {
    switch (value) {
      case Value.Null _ -> out.append("NULL");
      case Value.ListValue(var items) -> {
        out.append('{');
        for (int i = 0; i < items.size(); i++) {
          write(i == 0 ? out : out.append(','), items.get(i));
        }
        out.append('}');
      }
      case Value.Bool(boolean truth) -> out.append(truth ? 't' : 'f');
      default -> quote(out, SqlText.text(value));
    }
  }

  /// A field of a row: quotes stand twice in it.
  static String field(Value value) {
    String text =
        switch (value) {
          case Value.ListValue array -> write(array);
          case Value.Bool(boolean truth) -> truth ? "t" : "f";
          default -> SqlText.text(value);
        };
    boolean isPlain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> Character.isWhitespace(c) || "(),\"\\".indexOf(c) >= 0);
    return isPlain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\"\"") + '"';
  }

  private static void quote(StringBuilder out, String text) {
    boolean isPlain =
        !text.isEmpty()
            && !text.equalsIgnoreCase("null")
            && text.chars().noneMatch(c -> Character.isWhitespace(c) || "{},\"\\".indexOf(c) >= 0);
    out.append(isPlain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
  }

  private Value array() {
    expect('{');
    List<Value> items = new ArrayList<>();
    blanks();
    if (next() == '}') {
      at++;
      return new Value.ListValue(items);
    }
    while (true) {
      blanks();
      items.add(next() == '{' ? array() : item());
      blanks();
      if (next() == '}') {
        at++;
        return new Value.ListValue(items);
      }
      expect(',');
    }
  }

  private Value item() {
    if (next() == '"') {
      return converted(quoted());
    }
    StringBuilder out = new StringBuilder();
    while (next() != ',' && next() != '}') {
      if (next() == '{' || next() == '"') {
        throw malformed();
      }
      if (next() == '\\') {
        at++;
      }
      out.append(next());
      at++;
    }
    String plain = out.toString().stripTrailing();
    if (plain.isEmpty()) {
      throw malformed();
    }
    return plain.equalsIgnoreCase("null") ? Value.NULL : converted(plain);
  }

  private String quoted() {
    StringBuilder out = new StringBuilder();
    at++;
    while (next() != '"') {
      if (next() == '\\') {
        at++;
      }
      out.append(next());
      at++;
    }
    at++;
    return out.toString();
  }

  private Value converted(String item) {
    return Casts.cast(Value.of(item), element, CastMode.SQL);
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char next() {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (next() != c) {
      throw malformed();
    }
    at++;
  }

  private QueryException malformed() {
    return Errors.invalidText(text, "array");
  }
}
