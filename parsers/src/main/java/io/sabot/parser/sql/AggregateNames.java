package io.sabot.parser.sql;

import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.Aggregates;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
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
}
