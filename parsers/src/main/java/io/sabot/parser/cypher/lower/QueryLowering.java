package io.sabot.parser.cypher.lower;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.parser.cypher.ast.Expression;
import io.sabot.parser.cypher.ast.Expressions;
import io.sabot.parser.cypher.ast.Projection;
import io.sabot.parser.cypher.ast.Query;
import io.sabot.parser.cypher.ast.Query.SingleQuery;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.OutputColumn;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Lowers queries, clause by clause.
final class QueryLowering {
  private final Lowering lowering;
  private final boolean keepOrder;
  private boolean top;

  QueryLowering(Lowering lowering) {
    this(lowering, false);
  }

  /// @param keepOrder whether the plan must deliver what its order is made of
  QueryLowering(Lowering lowering, boolean keepOrder) {
    this.lowering = lowering;
    this.keepOrder = keepOrder;
  }

  /// @param columns the result columns by name, in order; empty when nothing is returned
  /// @param order by which the rows are sorted, where the order is kept
  record Result(LogicalNode plan, Map<String, Column> columns, List<SortKey> order) {
    Result(LogicalNode plan, Map<String, Column> columns) {
      this(plan, columns, List.of());
    }
  }

  /// The plan of a whole query.
  LogicalNode output(Query query) {
    top = query.unions().isEmpty();
    Result result = query(query, new Bindings());
    List<OutputColumn> columns =
        result.columns().entrySet().stream()
            .map(entry -> new OutputColumn(entry.getValue(), entry.getKey()))
            .toList();
    if (!columns.isEmpty()) {
      return new LogicalNode.Output(result.plan(), columns);
    }
    // Nothing is returned, but everything runs.
    Expr none = Expr.lit(Value.of(0));
    return new LogicalNode.Output(
        new LogicalNode.Limit(result.plan(), null, none, true), List.of());
  }

  private Result query(Query query, Bindings outer) {
    return query.unions().isEmpty()
        ? single(query.first(), outer.copy())
        : union(query, part -> single(part, outer.copy()));
  }

  /// A query inside an expression.
  Result subquery(Query query, Bindings outer) {
    boolean returns =
        CallLowering.parts(query).stream().allMatch(p -> p.last() instanceof Clause.Return);
    if (returns || query.unions().isEmpty()) {
      return query(query, outer);
    }
    return union(query, part -> new Result(single(part, outer.copy()).plan(), Map.of()));
  }

  Result single(SingleQuery query, Bindings scope) {
    Rows rows = new Rows(LogicalNode.Values.UNIT);
    boolean standalone = query.clauses().size() == 1;
    Bindings current = scope;
    for (int i = 0; i < query.clauses().size(); i++) {
      current =
          switch (query.clauses().get(i)) {
            case Clause.Call call -> call(call, current, rows, standalone);
            case Clause.With with -> with(with, current, rows, isFollowedByCollect(query, i));
            case Clause clause -> clause(clause, current, rows);
          };
    }
    boolean returns =
        query.last() instanceof Clause.Return || standalone && query.last() instanceof Clause.Call;
    Map<String, Column> columns = returns ? new LinkedHashMap<>(current.all()) : Map.of();
    return new Result(rows.plan(), columns, keepOrder ? rows.order() : List.of());
  }

  private Bindings call(Clause.Call call, Bindings scope, Rows rows, boolean standalone) {
    new CallLowering(lowering, scope, rows).procedure(call, standalone);
    return scope;
  }

  private Bindings with(Clause.With with, Bindings scope, Rows rows, boolean keepOrder) {
    return new ProjectionLowering(lowering, scope, rows, with.projection())
        .lower(with.where(), keepOrder);
  }

  private static boolean isFollowedByCollect(SingleQuery query, int clause) {
    return clause + 1 < query.clauses().size() && collects(query.clauses().get(clause + 1));
  }

  /// Whether the order of its input shows in the result of a clause.
  private static boolean collects(Clause clause) {
    Projection projection =
        switch (clause) {
          case Clause.With with -> with.projection();
          case Clause.Return returned -> returned.projection();
          default -> null;
        };
    return projection != null
        && projection.items().stream()
            .anyMatch(item -> Expressions.contains(item.expression(), QueryLowering::isCollect));
  }

  private static boolean isCollect(Expression expression) {
    return expression instanceof Expression.Call call
        && call.function().equalsIgnoreCase("collect");
  }

  /// Adds one clause to the plan and returns what is in scope after it.
  Bindings clause(Clause clause, Bindings scope, Rows rows) {
    switch (clause) {
      case Clause.Match match -> {
        MatchLowering matches = new MatchLowering(lowering);
        if (match.optional()) {
          matches.optional(match.pattern(), match.where(), scope, rows);
        } else {
          matches.match(match.pattern(), match.where(), scope, rows);
        }
      }
      case Clause.Unwind unwind -> unwind(unwind, scope, rows);
      case Clause.Create create -> new CreateLowering(lowering, scope, rows).create(create);
      case Clause.Merge merge -> new MergeLowering(lowering, scope, rows).merge(merge);
      case Clause.Set set -> new UpdateLowering(lowering, scope, rows).set(set);
      case Clause.Remove remove -> new UpdateLowering(lowering, scope, rows).remove(remove);
      case Clause.Delete delete -> new UpdateLowering(lowering, scope, rows).delete(delete);
      case Clause.Foreach foreach -> new UpdateLowering(lowering, scope, rows).foreach(foreach);
      case Clause.Call call -> call(call, scope, rows, false);
      case Clause.SubqueryCall call when call.transactions() != null ->
          new TransactionLowering(lowering, scope, rows).lower(call, call.transactions(), top);
      case Clause.SubqueryCall call -> new CallLowering(lowering, scope, rows).subquery(call);
      case Clause.Use _ -> {
        // There is one graph.
      }
      case Clause.Finish _ -> {
        // The query ends without a result anyway.
      }
      case Clause.With with -> {
        return with(with, scope, rows, false);
      }
      case Clause.Return returned -> {
        return new ProjectionLowering(lowering, scope, rows, returned.projection())
            .lower(null, keepOrder);
      }
    }
    return scope;
  }

  private void unwind(Clause.Unwind unwind, Bindings scope, Rows rows) {
    Expr list = new ExpressionLowering(lowering, scope, rows).lower(unwind.list());
    Column element = lowering.column(unwind.element().text(), ExpressionLowering.elementType(list));
    rows.set(new LogicalNode.Unnest(rows.plan(), list, element, null, false));
    scope.bind(unwind.element().text(), element);
  }

  /// Lowers each part of a UNION with `lower` and aligns the columns by name.
  Result union(Query query, Function<SingleQuery, Result> lower) {
    Result result = lower.apply(query.first());
    for (Query.UnionPart part : query.unions()) {
      result = union(part.all(), result, lower.apply(part.query()));
    }
    return result;
  }

  private Result union(boolean all, Result left, Result right) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Map.Entry<String, Column> entry : left.columns().entrySet()) {
      Column other = right.columns().get(entry.getKey());
      Type type = Type.union(entry.getValue().type(), other == null ? Type.ANY : other.type());
      columns.put(entry.getKey(), lowering.column(entry.getKey(), type));
    }
    List<Column> leftColumns = new ArrayList<>();
    List<Column> rightColumns = new ArrayList<>();
    LogicalNode leftPlan = formed(left, columns, leftColumns);
    LogicalNode rightPlan = formed(right, columns, rightColumns);
    return new Result(
        new LogicalNode.SetOp(
            LogicalNode.SetKind.UNION,
            all,
            EqMode.EQUIVALENT,
            leftPlan,
            rightPlan,
            List.copyOf(columns.values()),
            new ArrayList<>(leftColumns),
            new ArrayList<>(rightColumns)),
        columns);
  }

  /// One side with its columns in the physical form of the result.
  private LogicalNode formed(Result side, Map<String, Column> wanted, List<Column> out) {
    List<Assignment> assignments = new ArrayList<>();
    for (Map.Entry<String, Column> entry : wanted.entrySet()) {
      Column own = side.columns().get(entry.getKey());
      if (own == null) {
        throw new IllegalStateException("column of a UNION not checked: " + entry.getKey());
      }
      Expr formed = FunctionLowering.inForm(own.ref(), entry.getValue().type());
      boolean same = formed instanceof Expr.Col && !out.contains(own);
      Column column = same ? own : lowering.columnFor(entry.getKey(), formed);
      assignments.add(new Assignment(column, formed));
      out.add(column);
    }
    return assignments.stream().allMatch(Assignment::isPassThrough)
        ? side.plan()
        : new LogicalNode.Project(side.plan(), assignments);
  }

  /// Whether a query inside CALL { } starts by importing variables of the query around it.
  static boolean imports(SingleQuery query) {
    return query.clauses().getFirst() instanceof Clause.With with
        && with.projection().items().stream()
            .allMatch(item -> item.expression() instanceof Expression.Variable)
        && with.projection().order().isEmpty();
  }
}
