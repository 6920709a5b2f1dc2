package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.RemoveItem;
import io.sabot.parser.cypher.ast.SetItem;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.List;

/// Lowers SET, REMOVE, DELETE and FOREACH.
final class UpdateLowering {
  private final Lowering lowering;
  private final Bindings scope;
  private final Rows rows;

  UpdateLowering(Lowering lowering, Bindings scope, Rows rows) {
    this.lowering = lowering;
    this.scope = scope;
    this.rows = rows;
  }

  void set(Clause.Set set) {
    List<GraphWrite> writes = writes(set.items());
    rows.set(new LogicalNode.UpdateElements(rows.plan(), writes));
  }

  List<GraphWrite> writes(List<SetItem> items) {
    return items.stream().map(this::write).toList();
  }

  private GraphWrite write(SetItem item) {
    return switch (item) {
      case SetItem.SetProperty set ->
          new GraphWrite.SetProperty(expression(set.subject()), set.key(), expression(set.value()));
      case SetItem.SetAll set ->
          new GraphWrite.SetProperties(
              scope.column(set.variable().text()).ref(),
              expression(set.value()),
              !set.keepOthers());
      case SetItem.SetLabels set ->
          new GraphWrite.SetLabels(scope.column(set.variable().text()).ref(), set.labels(), true);
    };
  }

  void remove(Clause.Remove remove) {
    List<GraphWrite> writes = remove.items().stream().map(this::write).toList();
    rows.set(new LogicalNode.UpdateElements(rows.plan(), writes));
  }

  private GraphWrite write(RemoveItem item) {
    return switch (item) {
      case RemoveItem.RemoveProperty remove ->
          new GraphWrite.SetProperty(
              expression(remove.subject()), remove.key(), Expr.nullOf(Type.ANY));
      case RemoveItem.RemoveLabels remove ->
          new GraphWrite.SetLabels(
              scope.column(remove.variable().text()).ref(), remove.labels(), false);
    };
  }

  void delete(Clause.Delete delete) {
    List<Expr> targets = delete.targets().stream().map(this::expression).toList();
    rows.set(new LogicalNode.DeleteElements(rows.plan(), targets, delete.detach()));
  }

  void foreach(Clause.Foreach foreach) {
    Expr list = expression(foreach.list());
    Column element =
        lowering.column(foreach.element().text(), ExpressionLowering.elementType(list));
    Bindings inner = scope.asOuter().with(foreach.element().text(), element);
    Rows body = new Rows(new LogicalNode.ForeachRow());
    QueryLowering queries = new QueryLowering(lowering);
    for (Clause clause : foreach.body()) {
      inner = queries.clause(clause, inner, body);
    }
    rows.set(new LogicalNode.Foreach(rows.plan(), list, element, body.plan()));
  }

  private Expr expression(Expression expression) {
    return new ExpressionLowering(lowering, scope, rows).lower(expression);
  }
}
