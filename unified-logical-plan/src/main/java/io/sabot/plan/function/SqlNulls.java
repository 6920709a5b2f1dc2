package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.Arrays;
import java.util.List;

/// PostgreSQL's functions that count nulls.
final class SqlNulls {
  private SqlNulls() {}

  static List<Function> all() {
    return List.of(
        Functions.custom(
            "sql.num_nulls",
            1,
            Function.ANY_COUNT,
            Type.INT64,
            (a, c) -> Value.of(Arrays.stream(a).filter(Value::isNull).count())),
        Functions.custom(
            "sql.num_nonnulls",
            1,
            Function.ANY_COUNT,
            Type.INT64,
            (a, c) -> Value.of(Arrays.stream(a).filter(v -> !v.isNull()).count())));
  }
}
