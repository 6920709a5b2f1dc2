package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/// Calcite's validator with the rules of PostgreSQL that it lacks: a quoted literal in a row of
/// VALUES becomes what the column of an INSERT is, or else what the other rows have in its place
/// (manual, 10.4 and 10.5). Rows need not agree in how they write a value.
final class PostgresValidator extends SqlValidatorImpl {
  PostgresValidator(
      SqlOperatorTable operators,
      CalciteCatalogReader catalog,
      RelDataTypeFactory types,
      SqlValidator.Config config) {
    super(operators, catalog, types, config);
  }

  @Override
  protected void validateValues(SqlCall values, RelDataType wanted, SqlValidatorScope scope) {
    List<SqlCall> rows = rows(values);
    int width = rows.isEmpty() ? 0 : rows.getFirst().operandCount();
    boolean isTable = rows.stream().allMatch(row -> row.operandCount() == width);
    for (int i = 0; isTable && i < width; i++) {
      RelDataType type = type(rows, i, wanted, scope);
      if (type != null && !SqlTypeUtil.isCharacter(type) && isExact(type)) {
        becomes(type, rows, i);
      }
    }
    super.validateValues(values, wanted, scope);
  }

  private static List<SqlCall> rows(SqlCall values) {
    List<SqlCall> rows = new ArrayList<>();
    for (SqlNode row : values.getOperandList()) {
      if (row.getKind() == SqlKind.ROW) {
        rows.add((SqlCall) row);
      }
    }
    return rows;
  }

  /// What a column of VALUES is; null if no row says.
  private @Nullable RelDataType type(
      List<SqlCall> rows, int at, RelDataType wanted, SqlValidatorScope scope) {
    boolean hasText =
        rows.stream().anyMatch(row -> row.operand(at) instanceof SqlCharStringLiteral);
    if (!hasText) {
      return null;
    }
    if (wanted != unknownType && wanted.isStruct() && at < wanted.getFieldCount()) {
      RelDataTypeField field = wanted.getFieldList().get(at);
      return field.getType();
    }
    List<RelDataType> others = new ArrayList<>();
    for (SqlCall row : rows) {
      SqlNode cell = row.operand(at);
      if (!(cell instanceof SqlCharStringLiteral) && !SqlUtil.isNullLiteral(cell, false)) {
        others.add(deriveType(scope, cell));
      }
    }
    return others.isEmpty() ? null : typeFactory.leastRestrictive(others);
  }

  private static boolean isExact(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return name != SqlTypeName.ANY && name != SqlTypeName.NULL;
  }

  private static void becomes(RelDataType type, List<SqlCall> rows, int at) {
    for (SqlCall row : rows) {
      if (row.operand(at) instanceof SqlCharStringLiteral text) {
        SqlParserPos place = text.getParserPosition();
        SqlDataTypeSpec spec = new SqlDataTypeSpec(new Known(type, place), place);
        row.setOperand(at, SqlStdOperatorTable.CAST.createCall(place, text, spec));
      }
    }
  }

  /// A type that is known, as the type of a cast.
  private static final class Known extends SqlTypeNameSpec {
    private final RelDataType type;

    Known(RelDataType type, SqlParserPos place) {
      super(new SqlIdentifier(type.getSqlTypeName().getName(), place), place);
      this.type = type;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
      return type;
    }

    @Override
    public void unparse(SqlWriter writer, int left, int right) {
      getTypeName().unparse(writer, left, right);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
      return other instanceof Known known && known.type.equals(type)
          ? litmus.succeed()
          : litmus.fail("{} != {}", this, other);
    }
  }
}
