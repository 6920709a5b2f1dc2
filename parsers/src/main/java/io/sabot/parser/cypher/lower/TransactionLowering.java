package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Clause.InTransactions;
import io.sabot.parser.cypher.ast.Name;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Output;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import io.sabot.plan.statement.Statement.OnError;
import io.sabot.plan.statement.Statement.Stage;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Cuts a query at `CALL { } IN TRANSACTIONS`: what stands before gives rows, the call is done with
/// some of them at a time, and what comes after reads its results. Between the parts rows travel as
/// parameters.
final class TransactionLowering {
  private static final long ROWS = 1000;

  private final Lowering lowering;
  private final Bindings scope;
  private final Rows rows;

  TransactionLowering(Lowering lowering, Bindings scope, Rows rows) {
    this.lowering = lowering;
    this.scope = scope;
    this.rows = rows;
  }

  /// @param top whether the clause belongs to the query itself and not to one inside it
  void lower(Clause.SubqueryCall call, InTransactions transactions, boolean top) {
    if (!top || rows.updates()) {
      throw Errors.semantic(
          transactions.place().span(),
          "InvalidClauseComposition",
          top
              ? "CALL { } IN TRANSACTIONS cannot follow an update"
              : "CALL { } IN TRANSACTIONS cannot be part of a subquery or a UNION",
          "it commits as it goes, so it comes first and at the top");
    }
    Map<String, Column> given = new LinkedHashMap<>(scope.all());
    Output input = output(given);
    String inputName = " rows" + lowering.stages().size();
    String outputName = " done" + lowering.stages().size();
    read(inputName, given);
    new CallLowering(lowering, scope, rows).subquery(call);
    Map<String, Column> done = new LinkedHashMap<>(scope.all());
    Output body = output(done);
    Name status = transactions.status();
    if (status != null) {
      done.put(status.text(), lowering.column(status.text(), Type.MAP));
    }
    lowering
        .stages()
        .add(
            new Stage(
                input,
                body,
                size(transactions),
                OnError.valueOf(transactions.onError().name()),
                status != null,
                inputName,
                outputName));
    read(outputName, done);
  }

  private Output output(Map<String, Column> columns) {
    List<OutputColumn> outputs =
        columns.entrySet().stream()
            .map(entry -> new OutputColumn(entry.getValue(), entry.getKey()))
            .toList();
    return new Output(rows.plan(), outputs);
  }

  private Expr size(InTransactions transactions) {
    if (transactions.rows() == null) {
      return Expr.lit(Value.of(ROWS));
    }
    Rows none = new Rows(LogicalNode.Values.UNIT);
    return new ExpressionLowering(lowering, new Bindings(), none).lower(transactions.rows());
  }

  /// Goes on with rows that a parameter holds.
  private void read(String parameter, Map<String, Column> columns) {
    Column row = lowering.column("row", Type.ANY);
    Expr list = new Expr.Param(parameter, new Type.ListOf(Type.ANY));
    LogicalNode unnested = new LogicalNode.Unnest(LogicalNode.Values.UNIT, list, row, null, false);
    List<Assignment> assignments = new ArrayList<>();
    int place = 0;
    for (Map.Entry<String, Column> entry : columns.entrySet()) {
      Column column = lowering.column(entry.getKey(), entry.getValue().type());
      Expr value = ROW_ITEM.call(row.ref(), Expr.lit(Value.of((long) place++)));
      assignments.add(new Assignment(column, FunctionLowering.inForm(value, column.type())));
      scope.bind(entry.getKey(), column);
    }
    rows.set(new LogicalNode.Project(unnested, assignments));
  }

  private static final io.sabot.plan.function.Function ROW_ITEM =
      io.sabot.plan.function.Functions.named("cy.index");
}
