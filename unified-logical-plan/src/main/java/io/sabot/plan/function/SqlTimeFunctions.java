package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.util.List;

/// SQL's functions that write and read times and numbers by templates.
final class SqlTimeFunctions {
  private SqlTimeFunctions() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing(
            "sql.to_char", 2, Type.STRING, (a, context) -> Value.of(text(a[0], text(a[1])))));
  }

  private static String text(Value value) {
    return SqlText.text(value);
  }

  private static String text(Value value, String template) {
    return Numbers.isNumber(value)
        ? SqlNumberWriter.write(SqlNumberFormats.of(template), value)
        : SqlTimeWriter.write(SqlTimeFormats.of(template), SqlTimeFields.of(value));
  }
}
