package io.sabot.parser.sql;

import io.sabot.parser.sql.TimeOperands.Kind;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlTypeName;

/// `generate_series(from, to, step)` over times: timestamps where one of both ends is a timestamp,
/// else timestamps with a zone, as in PostgreSQL.
final class TimeSeries {
  static final TimeOperands OPERANDS = TimeOperands.of(List.of(Kind.POINT, Kind.POINT, Kind.SPAN));

  private TimeSeries() {}

  /// The type of the elements of a series.
  static RelDataType element(SqlOperatorBinding call) {
    SqlTypeName from = call.getOperandType(0).getSqlTypeName();
    SqlTypeName to = call.getOperandType(1).getSqlTypeName();
    boolean isOfTimes =
        SqlTypeName.DATETIME_TYPES.contains(from) || SqlTypeName.DATETIME_TYPES.contains(to);
    if (!isOfTimes) {
      return call.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    }
    boolean hasZone = from == SqlTypeName.TIMESTAMP_TZ || to == SqlTypeName.TIMESTAMP_TZ;
    boolean isLocal = from == SqlTypeName.TIMESTAMP || to == SqlTypeName.TIMESTAMP;
    return call.getTypeFactory()
        .createSqlType(hasZone || !isLocal ? SqlTypeName.TIMESTAMP_TZ : SqlTypeName.TIMESTAMP, 6);
  }

  static boolean isOf(RexCall call) {
    return call.getOperands().stream()
        .limit(2)
        .anyMatch(o -> SqlTypeName.DATETIME_TYPES.contains(o.getType().getSqlTypeName()));
  }

  static Relation lower(List<Expr> args, ColumnAllocator columns) {
    List<Type> ends = List.of(args.get(0).type(), args.get(1).type());
    boolean isLocal = ends.contains(Type.TIMESTAMP) && !ends.contains(Type.TIMESTAMPTZ);
    Type type = isLocal ? Type.TIMESTAMP : Type.TIMESTAMPTZ;
    Expr series =
        new Expr.Call(
            Functions.named("sql.time_series"),
            List.of(
                Coercion.cast(args.get(0), type),
                Coercion.cast(args.get(1), type),
                Coercion.cast(args.get(2), Type.INTERVAL)),
            new Type.ListOf(type));
    Column element = columns.column("generate_series", type, false);
    return new Relation(
        new LogicalNode.Unnest(LogicalNode.Values.UNIT, series, element, null, false),
        List.of(element));
  }
}
