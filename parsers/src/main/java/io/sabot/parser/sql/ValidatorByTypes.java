package io.sabot.parser.sql;

import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// Calcite's validator with what PostgreSQL decides by types: a cast of an array to text,
/// `j['key']` of jsonb, and the name of a table as a row for JSON, as in `row_to_json(t)`.
class ValidatorByTypes extends SqlValidatorImpl {
  ValidatorByTypes(
      SqlOperatorTable operators,
      CalciteCatalogReader reader,
      RelDataTypeFactory types,
      Config config) {
    super(operators, reader, types, config);
  }

  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode expr) {
    if (expr instanceof SqlBasicCall call && call.operandCount() == 2) {
      if (call.getKind() == SqlKind.CAST
          && call.operand(1) instanceof SqlDataTypeSpec type
          && SqlTypeUtil.inCharFamily(type.deriveType(this))
          && ArrayTypes.depth(deriveType(scope, call.operand(0))) > 0) {
        call.setOperator(ArrayOperators.TEXT);
        call.setOperand(1, SqlLiteral.createNull(call.getParserPosition()));
      } else if (call.getKind() == SqlKind.ITEM
          && TypeMapping.fromCalcite(deriveType(scope, call.operand(0))) == Type.JSONB) {
        call.setOperator(InfixOperators.of("->"));
      }
    }
    return super.deriveType(scope, expr);
  }

  @Override
  protected void validateSelect(SqlSelect select, RelDataType targetRowType) {
    SelectScope scope = getRawSelectScope(select);
    if (scope != null && select.getFrom() != null) {
      select.getSelectList().accept(new WholeRows(scope));
    }
    super.validateSelect(select, targetRowType);
  }

  /// Writes the name of a table, where JSON is made of it, as its columns.
  private static final class WholeRows extends SqlBasicVisitor<Void> {
    private final SelectScope scope;

    WholeRows(SelectScope scope) {
      this.scope = scope;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
      if (call instanceof SqlSelect) {
        return null;
      }
      if (JsonOperators.takesRows(call.getOperator().getName())) {
        for (int i = 0; i < call.operandCount(); i++) {
          if (call.operand(i) instanceof SqlIdentifier name && name.isSimple()) {
            SqlNode row = row(name);
            call.setOperand(i, row == null ? name : row);
          }
        }
      }
      return super.visit(call);
    }

    private @Nullable SqlNode row(SqlIdentifier name) {
      SqlValidatorScope.ResolvedImpl found = new SqlValidatorScope.ResolvedImpl();
      scope.resolve(name.names, SqlNameMatchers.withCaseSensitive(false), false, found);
      if (found.count() != 1 || isColumn(name.getSimple())) {
        return null;
      }
      SqlValidatorNamespace table = found.only().namespace;
      int place = scope.getChildren().indexOf(table);
      return row(name, table, place < 0 || scope.isChildNullable(place));
    }

    private boolean isColumn(String name) {
      return scope.getChildren().stream()
          .anyMatch(table -> table.getRowType().getField(name, false, false) != null);
    }

    private static SqlNode row(
        SqlIdentifier name, SqlValidatorNamespace table, boolean isNullable) {
      SqlParserPos at = name.getParserPosition();
      List<SqlNode> fields = new ArrayList<>();
      for (String field : table.getRowType().getFieldNames()) {
        fields.add(SqlLiteral.createCharString(field, at));
        fields.add(new SqlIdentifier(List.of(name.getSimple(), field), at));
      }
      return Objects.requireNonNull(isNullable ? JsonOperators.OUTER_ROW : JsonOperators.ROW)
          .createCall(at, fields);
    }
  }
}
