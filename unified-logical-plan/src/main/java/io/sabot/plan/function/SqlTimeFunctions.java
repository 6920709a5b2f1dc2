package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// SQL's functions that write and read times and numbers by templates.
final class SqlTimeFunctions {
  private SqlTimeFunctions() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(
        Functions.throwing(
            "sql.to_char", 2, Type.STRING, (a, context) -> Value.of(text(a[0], text(a[1])))));
    all.addAll(SqlSessionZone.all());
    all.addAll(SqlTimeParts.all());
    all.addAll(SqlTimeCuts.all());
    all.addAll(SqlAges.all());
    all.addAll(SqlTimeMakers.all());
    return all;
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
