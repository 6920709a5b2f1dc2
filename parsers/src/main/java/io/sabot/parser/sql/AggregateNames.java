package io.sabot.parser.sql;

import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.SqlJsonAggregates;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.jspecify.annotations.Nullable;

/// Which of our aggregates a Calcite aggregate is.
final class AggregateNames {
  /// Those that are found by their names.
  private static final Set<String> PLAIN =
      Set.of(
          "corr",
          "covar_pop",
          "covar_samp",
          "regr_avgx",
          "regr_avgy",
          "regr_count",
          "regr_intercept",
          "regr_r2",
          "regr_slope",
          "regr_sxx",
          "regr_sxy",
          "regr_syy",
          "bit_and",
          "bit_or",
          "bit_xor",
          "mode",
          "mode_desc",
          "percentile_cont",
          "percentile_cont_desc",
          "percentile_disc",
          "percentile_disc_desc");

  private AggregateNames() {}

  static @Nullable AggregateFunction find(SqlAggFunction function, int arguments) {
    if (function instanceof UserOperators.UserAggregate user) {
      return user.function.function();
    }
    AggregateFunction json = json(function);
    if (json != null) {
      return json;
    }
    String name = function.getName().toLowerCase(Locale.ROOT);
    if (PLAIN.contains(name)) {
      return Aggregates.find(name);
    }
    return switch (function.getKind()) {
      case COUNT -> arguments == 0 ? Aggregates.COUNT_ROWS : Aggregates.COUNT;
      case SUM, SUM0 -> Aggregates.SUM;
      case AVG -> Aggregates.AVG;
      case MIN -> Aggregates.MIN;
      case MAX -> Aggregates.MAX;
      case ANY_VALUE -> Aggregates.ANY_VALUE;
      case SINGLE_VALUE -> Aggregates.SINGLE_VALUE;
      case STDDEV_POP -> Aggregates.STDEV_POP;
      case STDDEV_SAMP -> Aggregates.STDEV;
      case VAR_POP -> Aggregates.VARIANCE_POP;
      case VAR_SAMP -> Aggregates.VARIANCE;
      case LISTAGG -> Aggregates.STRING_AGG;
      case COLLECT, ARRAY_AGG -> Aggregates.COLLECT_ALL;
      default ->
          switch (function.getName().toUpperCase(Locale.ROOT)) {
            case "BOOL_AND", "EVERY", "LOGICAL_AND" -> Aggregates.BOOL_AND;
            case "BOOL_OR", "SOME", "LOGICAL_OR" -> Aggregates.BOOL_OR;
            case "STDDEV" -> Aggregates.STDEV;
            case "VARIANCE" -> Aggregates.VARIANCE;
            case "STRING_AGG" -> Aggregates.STRING_AGG;
            default -> null;
          };
    };
  }

  private static @Nullable AggregateFunction json(SqlAggFunction function) {
    return switch (function) {
      case SqlJsonArrayAggAggFunction array ->
          array.getNullClause() == SqlJsonConstructorNullClause.NULL_ON_NULL
              ? SqlJsonAggregates.ARRAY
              : SqlJsonAggregates.ARRAY_ABSENT;
      case SqlJsonObjectAggAggFunction object ->
          object.getNullClause() == SqlJsonConstructorNullClause.NULL_ON_NULL
              ? SqlJsonAggregates.OBJECT
              : SqlJsonAggregates.OBJECT_ABSENT;
      default ->
          switch (function.getName().toUpperCase(Locale.ROOT)) {
            case "JSON_AGG", "JSONB_AGG" -> SqlJsonAggregates.ARRAY;
            case "JSON_OBJECT_AGG", "JSONB_OBJECT_AGG" -> SqlJsonAggregates.OBJECT;
            default -> null;
          };
    };
  }
}
