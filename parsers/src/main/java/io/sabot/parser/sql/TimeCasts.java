package io.sabot.parser.sql;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;

/// Which casts may be written: Calcite's, and those between times of day and intervals.
final class TimeCasts implements SqlTypeMappingRule {
  static final TimeCasts RULE = new TimeCasts();

  private static final SqlTypeMappingRule STANDARD = SqlTypeCoercionRule.lenientInstance();

  private TimeCasts() {}

  @Override
  public Map<SqlTypeName, ImmutableSet<SqlTypeName>> getTypeMapping() {
    return STANDARD.getTypeMapping();
  }

  @Override
  public boolean canApplyFrom(SqlTypeName to, SqlTypeName from) {
    boolean isTimeAndSpan =
        to == SqlTypeName.TIME && SqlTypeName.INTERVAL_TYPES.contains(from)
            || from == SqlTypeName.TIME && SqlTypeName.INTERVAL_TYPES.contains(to);
    return isTimeAndSpan || STANDARD.canApplyFrom(to, from);
  }
}
