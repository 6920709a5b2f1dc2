package io.sabot.plan.function;

import io.sabot.plan.function.Function.Faults;
import io.sabot.plan.function.Function.Nulls;
import io.sabot.plan.function.Function.Volatility;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.Arrays;
import java.util.List;

/// PostgreSQL's functions that tell of the session's clock, and those that count nulls.
final class SqlSession {
  private SqlSession() {}

  static List<Function> all() {
    return List.of(
        Functions.with(
            Functions.total(
                "sql.transaction_timestamp",
                0,
                Type.TIMESTAMP,
                (a, c) ->
                    new Value.DateTime(c.transactionStart().atZone(c.zone()).toLocalDateTime())),
            Nulls.STRICT,
            Faults.NONE,
            Volatility.STABLE),
        Functions.with(
            Functions.total(
                "sql.clock_timestamp",
                0,
                Type.TIMESTAMP,
                (a, c) -> new Value.DateTime(c.realtime().atZone(c.zone()).toLocalDateTime())),
            Nulls.STRICT,
            Faults.NONE,
            Volatility.VOLATILE),
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
