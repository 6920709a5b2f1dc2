package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Clause.YieldItem;
import io.sabot.parser.cypher.ast.Query;
import io.sabot.parser.cypher.ast.Query.SingleQuery;
import io.sabot.parser.cypher.ast.Query.UnionPart;
import io.sabot.parser.cypher.check.EmbeddedCalls.EmbeddedCall;
import io.sabot.parser.embed.EmbeddedQuery;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lowers CALL of procedures and of subqueries.
final class CallLowering {
  private final Lowering lowering;
  private final Bindings scope;
  private final Rows rows;

  CallLowering(Lowering lowering, Bindings scope, Rows rows) {
    this.lowering = lowering;
    this.scope = scope;
    this.rows = rows;
  }

  /// @param standalone whether the call is the whole query, so that all outputs are its result
  void procedure(Clause.Call call, boolean standalone) {
    EmbeddedCall query = lowering.embedded().of(call);
    if (query != null) {
      embedded(call, query, standalone);
      return;
    }
    ProcedureDef procedure = lowering.procedure(call.procedure());
    List<Expr> args =
        call.arguments() == null
            ? procedure.inputs().stream()
                .map(input -> (Expr) new Expr.Param(input.name(), Type.ANY))
                .toList()
            : new ExpressionLowering(lowering, scope, rows).lower(call.arguments());
    List<Assignment> yields = new ArrayList<>();
    if (call.yield() != null && !call.yield().star()) {
      for (YieldItem item : call.yield().items()) {
        yields.add(yielded(item.variable().text(), field(procedure, item.field())));
      }
    } else if (standalone) {
      procedure.outputs().forEach(output -> yields.add(yielded(output.name(), output)));
    }
    boolean isVoid = procedure.outputs().isEmpty();
    if (call.optional()) {
      LogicalNode once =
          new LogicalNode.ProcedureCall(
              LogicalNode.Values.UNIT, procedure.name(), args, yields, isVoid);
      rows.apply(JoinKind.LEFT, once, null);
    } else {
      rows.set(new LogicalNode.ProcedureCall(rows.plan(), procedure.name(), args, yields, isVoid));
    }
    if (call.yield() != null && call.yield().where() != null) {
      SubqueryLowering.filter(lowering, scope, rows, call.yield().where());
    }
  }

  /// A query in another language: its plan, for each row, with the arguments in place.
  private void embedded(Clause.Call call, EmbeddedCall query, boolean standalone) {
    Map<String, Expr> arguments = new LinkedHashMap<>();
    ExpressionLowering expressions = new ExpressionLowering(lowering, scope, rows);
    query.arguments().forEach((name, value) -> arguments.put(name, expressions.lower(value)));
    rows.apply(JoinKind.INNER, EmbeddedQuery.substitute(query.plan().input(), arguments), null);
    Map<String, Column> results = new LinkedHashMap<>();
    query.plan().columns().forEach(o -> results.putIfAbsent(o.name(), o.column()));
    Clause.Yield yield = call.yield();
    if (yield != null && !yield.star()) {
      for (YieldItem item : yield.items()) {
        Column result = results.get(field(query.signature(), item.field()).name());
        if (result != null) {
          scope.bind(item.variable().text(), result);
        }
      }
    } else if (standalone) {
      results.forEach(scope::bind);
    }
    if (yield != null && yield.where() != null) {
      SubqueryLowering.filter(lowering, scope, rows, yield.where());
    }
  }

  private static Field field(ProcedureDef procedure, String name) {
    return procedure.outputs().stream()
        .filter(output -> output.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Binds a result; a parameter with its name stands for the procedure's output.
  private Assignment yielded(String variable, Field output) {
    Column column = lowering.column(variable, output.type());
    scope.bind(variable, column);
    return new Assignment(column, new Expr.Param(output.name(), output.type()));
  }

  /// Runs a query for each row. One without RETURN runs for its effects and keeps the row.
  void subquery(Clause.SubqueryCall call) {
    Query query = call.query();
    QueryLowering.Result result =
        query.unions().isEmpty()
            ? single(query.first())
            : new QueryLowering(lowering).union(query, this::single);
    LogicalNode right = result.plan();
    if (result.columns().isEmpty()) {
      Column count = lowering.certain("count", Type.INT64);
      AggregateCall counted =
          new AggregateCall(
              count, Aggregates.COUNT_ROWS, List.of(), false, EqMode.EQUIVALENT, null, List.of());
      right =
          new LogicalNode.Aggregate(
              right, List.of(), List.of(), List.of(counted), EqMode.EQUIVALENT);
    }
    rows.apply(call.optional() ? JoinKind.LEFT : JoinKind.INNER, right, null);
    result
        .columns()
        .forEach(
            (name, column) -> scope.bind(name, call.optional() ? column.asNullable() : column));
  }

  private QueryLowering.Result single(SingleQuery query) {
    Bindings inner = QueryLowering.imports(query) ? scope.asOuter() : new Bindings();
    return new QueryLowering(lowering).single(query, inner);
  }

  /// The parts of a union, in order.
  static List<SingleQuery> parts(Query query) {
    List<SingleQuery> parts = new ArrayList<>();
    parts.add(query.first());
    query.unions().stream().map(UnionPart::query).forEach(parts::add);
    return parts;
  }
}
