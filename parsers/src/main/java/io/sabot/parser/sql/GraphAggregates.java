package io.sabot.parser.sql;

import io.sabot.parser.sql.GraphVariable.Degree;
import io.sabot.plan.error.Errors;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Aggregates over a variable that stands for a list, within one row: `SUM(e.weight)` becomes
/// `(SELECT SUM(e.weight) FROM the elements of e)`.
final class GraphAggregates {
  /// What the names of the tables with the elements of lists start with.
  static final String TABLE = "list ";

  private static final Set<String> NAMES =
      Set.of(
          "COUNT SUM AVG MIN MAX LISTAGG STRING_AGG ARRAY_AGG ARRAY_CONCAT_AGG COLLECT STDDEV"
              .concat(" STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP BOOL_AND BOOL_OR EVERY")
              .concat(" ANY_VALUE PERCENTILE_CONT PERCENTILE_DISC")
              .split(" "));

  private GraphAggregates() {}

  static boolean isAggregate(SqlCall call) {
    return switch (call.getKind()) {
      case FILTER, WITHIN_GROUP, WITHIN_DISTINCT ->
          call.operand(0) instanceof SqlCall inner && isAggregate(inner);
      default ->
          call.getOperator() instanceof SqlAggFunction
              || NAMES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    };
  }

  /// The list that an aggregate is over; null for an aggregate of a query inside the expression.
  static @Nullable GraphVariable list(
      SqlCall call, GraphScope scope, boolean inQuery, Set<String> local) {
    Set<GraphVariable> lists = new LinkedHashSet<>();
    call.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            String first = id.names.getFirst();
            GraphVariable variable =
                local.contains(first.toLowerCase(Locale.ROOT)) ? null : scope.find(first);
            if (variable != null && variable.degree == Degree.GROUP) {
              lists.add(variable);
            }
            return null;
          }
        });
    if (lists.size() > 1) {
      throw Errors.unsupported(
          CalciteErrors.span(call.getParserPosition()),
          "an aggregate over several lists ("
              + String.join(", ", lists.stream().map(v -> v.name).toList())
              + ")");
    }
    if (lists.isEmpty() && !inQuery) {
      throw Errors.semantic(
          CalciteErrors.span(call.getParserPosition()),
          "AggregateWithoutList",
          "an aggregate in GRAPH_TABLE is over a variable of a repeated part of a path",
          "aggregate the rows of GRAPH_TABLE in the query around it");
    }
    return lists.isEmpty() ? null : lists.iterator().next();
  }

  /// `COUNT(e)` and `COUNT(e.*)`.
  static boolean countsRows(SqlCall call) {
    return call.getOperator().getName().equalsIgnoreCase("COUNT")
        && call.getFunctionQuantifier() == null
        && call.operandCount() == 1
        && call.operand(0) instanceof SqlIdentifier id
        && (id.isSimple() || id.isStar());
  }

  static SqlNode countAll(SqlCall call) {
    SqlParserPos at = call.getParserPosition();
    return SqlStdOperatorTable.COUNT.createCall(at, SqlIdentifier.star(at));
  }

  static SqlNode query(SqlNode aggregate, GraphVariable list) {
    SqlParserPos at = aggregate.getParserPosition();
    SqlNode table = new SqlIdentifier(List.of(CatalogReader.GIVEN, TABLE + list.name), at);
    SqlNode from = SqlStdOperatorTable.AS.createCall(at, table, new SqlIdentifier(list.name, at));
    return select(SqlNodeList.of(aggregate), from, null, at);
  }

  static SqlSelect select(
      SqlNodeList results, @Nullable SqlNode from, @Nullable SqlNode where, SqlParserPos at) {
    return new SqlSelect(
        at, null, results, from, where, null, null, null, null, null, null, null, null);
  }
}
