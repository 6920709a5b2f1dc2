package io.sabot.parser.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// Which arguments a function of times takes. A quoted text may stand for a time or an interval; it
/// is read when the call is lowered.
record TimeOperands(List<List<Kind>> signatures) implements SqlOperandTypeChecker {
  /// What an argument may be.
  enum Kind {
    TEXT,
    NUMBER,
    /// A date or a timestamp.
    POINT,
    TIME,
    SPAN
  }

  @SafeVarargs
  static TimeOperands of(List<Kind>... signatures) {
    return new TimeOperands(List.of(signatures));
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
    List<RelDataType> types = call.collectOperandTypes();
    boolean fits = signatures.stream().anyMatch(signature -> fits(signature, types));
    if (!fits && throwOnFailure) {
      throw call.newValidationSignatureError();
    }
    return fits;
  }

  private static boolean fits(List<Kind> signature, List<RelDataType> types) {
    boolean fits = signature.size() == types.size();
    for (int i = 0; fits && i < types.size(); i++) {
      fits = fits(signature.get(i), types.get(i));
    }
    return fits;
  }

  private static boolean fits(Kind kind, RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    boolean isUnknown = name == SqlTypeName.NULL || name == SqlTypeName.ANY;
    boolean isQuoted = name == SqlTypeName.CHAR;
    return isUnknown
        || switch (kind) {
          case TEXT -> SqlTypeFamily.CHARACTER.contains(type);
          case NUMBER -> SqlTypeUtil.isNumeric(type);
          case POINT -> isPoint(name) || isQuoted;
          case TIME -> name == SqlTypeName.TIME || isQuoted;
          case SPAN -> SqlTypeUtil.isInterval(type) || isQuoted;
        };
  }

  private static boolean isPoint(SqlTypeName name) {
    return name == SqlTypeName.DATE
        || name == SqlTypeName.TIMESTAMP
        || name == SqlTypeName.TIMESTAMP_TZ
        || name == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.between(
        signatures.stream().mapToInt(List::size).min().orElse(0),
        signatures.stream().mapToInt(List::size).max().orElse(0));
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return signatures.stream()
        .map(signature ->
            name
                + signature.stream()
                    .map(TimeOperands::text)
                    .collect(Collectors.joining(", ", "(", ")")))
        .collect(Collectors.joining("\n"));
  }

  private static String text(Kind kind) {
    return switch (kind) {
      case TEXT -> "<TEXT>";
      case NUMBER -> "<NUMBER>";
      case POINT -> "<DATE OR TIMESTAMP>";
      case TIME -> "<TIME>";
      case SPAN -> "<INTERVAL>";
    };
  }
}
