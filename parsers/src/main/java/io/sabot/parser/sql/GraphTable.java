package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/// One GRAPH_TABLE of a statement. For Calcite it is a function that returns rows; its arguments
/// are the columns of tables before it that its pattern reads.
final class GraphTable {
  final GraphTableText text;
  final ParameterText parameters;
  final Fragments fragments;
  final SqlBinder binder;
  private final Rows function;

  /// @param parameters of what is left of the statement around it
  GraphTable(
      String name,
      GraphTableText text,
      ParameterText parameters,
      Fragments fragments,
      SqlBinder binder) {
    this.text = text;
    this.parameters = parameters;
    this.fragments = fragments;
    this.binder = binder;
    this.function = new Rows(name, this);
  }

  /// The columns from around it that it reads.
  List<SqlIdentifier> outer() {
    return new GraphQuery(this).outer();
  }

  SqlFunction function() {
    return function;
  }

  static final class Rows extends TableFunction {
    private final GraphTable table;

    Rows(String name, GraphTable table) {
      super(name, OperandTypes.VARIADIC);
      this.table = table;
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
      return call -> {
        List<Column> outer = new ArrayList<>();
        for (int i = 0; i < call.getOperandCount(); i++) {
          var type = call.getOperandType(i);
          outer.add(
              table.binder.columns.column(
                  "outer", TypeMapping.fromCalcite(type), type.isNullable()));
        }
        return CatalogReader.rowType(new GraphQuery(table).bind(outer), call.getTypeFactory());
      };
    }

    Relation lower(List<Expr> arguments) {
      List<Column> outer = new ArrayList<>();
      for (Expr argument : arguments) {
        if (!(argument instanceof Expr.Col(Column column))) {
          throw Errors.unsupported(
              table.text.graphPlace(), "a computed value from around GRAPH_TABLE");
        }
        outer.add(column);
      }
      return RelLowering.relation(new GraphQuery(table).bind(outer));
    }
  }
}
