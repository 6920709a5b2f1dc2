package io.sabot.parser.sparql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.SharedColumn;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.query.SortCondition;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.op.Op1;
import org.apache.jena.sparql.algebra.op.OpAssign;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpDistinct;
import org.apache.jena.sparql.algebra.op.OpExtend;
import org.apache.jena.sparql.algebra.op.OpFilter;
import org.apache.jena.sparql.algebra.op.OpGraph;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpJoin;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpNull;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpProject;
import org.apache.jena.sparql.algebra.op.OpReduced;
import org.apache.jena.sparql.algebra.op.OpSequence;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.op.OpSlice;
import org.apache.jena.sparql.algebra.op.OpTable;
import org.apache.jena.sparql.algebra.op.OpTriple;
import org.apache.jena.sparql.algebra.op.OpUnion;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.core.VarExprList;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.ExprVar;
import org.jspecify.annotations.Nullable;

/// The algebra, operator by operator, bottom-up as SPARQL 1.1 §18.5 defines it.
final class OpLowering {
  private final Context context;

  OpLowering(Context context) {
    this.context = context;
  }

  Solutions lower(Op op) {
    return switch (op) {
      case OpBGP bgp -> withGraph(new PatternLowering(context).lower(bgp.getPattern()));
      case OpTriple triple ->
          withGraph(new PatternLowering(context).lower(triple.asBGP().getPattern()));
      case OpPath path -> new PatternLowering(context).lower(path.getTriplePath());
      case OpTable table -> table(table);
      case OpJoin join -> joined(join);
      case OpSequence sequence ->
          sequence.getElements().stream().map(this::lower).reduce(Solutions.UNIT, this::join);
      case OpLeftJoin left -> leftJoin(left);
      case OpUnion union -> union(lower(union.getLeft()), lower(union.getRight()));
      case OpMinus minus -> minus(lower(minus.getLeft()), apart(minus.getRight()));
      case OpFilter filter -> filter(filter);
      case OpExtend _, OpAssign _ -> extend(op, null).solutions();
      case OpGraph graph -> graph(graph.getNode(), graph.getSubOp());
      case OpGroup group -> new GroupLowering(context).lower(group, apart(group.getSubOp()));
      case OpProject project ->
          project(
              new OpLowering(context.seeing(project.getVars())).lower(project.getSubOp()),
              project.getVars());
      case OpDistinct distinct -> distinct(lower(distinct.getSubOp()));
      case OpReduced reduced -> lower(reduced.getSubOp());
      case OpOrder order -> order(lower(order.getSubOp()), order.getConditions());
      case OpSlice slice ->
          slice(agreeing(apart(slice.getSubOp()), Map.of()), slice.getStart(), slice.getLength());
      case OpNull _ -> new Solutions(LogicalNode.Values.empty(List.of()), Map.of());
      case OpService service -> new ServiceLowering(context).lower(service, Solutions.UNIT);
      default -> throw Errors.unsupported(null, "the SPARQL operator " + op.getName());
    };
  }

  /// A pattern of which more solutions may mean fewer of the whole, or others: it has all at once.
  private Solutions apart(Op op) {
    return new OpLowering(context.with(EmptyPaths.Mode.ALL)).lower(op);
  }

  /// An empty pattern has a solution in every graph that exists.
  Solutions withGraph(Solutions solutions) {
    return solutions != Solutions.UNIT ? solutions : existence(context.graph());
  }

  /// One empty solution if the graph exists.
  private Solutions existence(ActiveGraph graph) {
    return switch (graph) {
      case ActiveGraph.Default _, ActiveGraph.Outer _ -> Solutions.UNIT;
      case ActiveGraph.Variable(String variable) -> {
        Column name = context.variable("g", false);
        yield new Solutions(
            new LogicalNode.GraphNames(name, context.namedScope()), Map.of(variable, name));
      }
      case ActiveGraph.Named(Value wanted) -> {
        Column name = context.variable("g", false);
        LogicalNode names = new LogicalNode.GraphNames(name, context.namedScope());
        Expr same = ComparisonFunctions.sameTerm(name.ref(), Expr.lit(wanted));
        yield new Solutions(new LogicalNode.Filter(names, same), Map.of());
      }
    };
  }

  private Solutions graph(Node graph, Op inner) {
    Value fixed = Var.isVar(graph) ? context.constant(graph.getName()) : RdfTerms.value(graph);
    if (fixed != null) {
      ActiveGraph named = new ActiveGraph.Named(fixed);
      Solutions solutions = new OpLowering(context.inGraph(named)).lower(inner);
      return GraphPatterns.reads(inner) ? solutions : join(existence(named), solutions);
    }
    boolean late = context.isLate(graph.getName());
    String variable = late ? "/" + graph.getName() : graph.getName();
    Solutions solutions =
        GraphPatterns.isGraphwise(inner) ? allGraphs(variable, inner) : eachGraph(variable, inner);
    Column name = solutions.variables().get(variable);
    if (!late || name == null) {
      return solutions;
    }
    Expr same = ComparisonFunctions.sameTerm(name.ref(), Context.late(graph.getName()));
    return solutions.over(new LogicalNode.Filter(solutions.plan(), same)).without(variable);
  }

  private Solutions allGraphs(String variable, Op inner) {
    String hidden = "/graph" + context.variable("g", false).id();
    ActiveGraph graph = new ActiveGraph.Variable(hidden);
    Solutions solutions = new OpLowering(context.inGraph(graph)).lower(inner);
    Column name = solutions.variables().get(hidden);
    if (name == null || name.nullable()) {
      solutions = join(solutions, existence(graph));
    }
    name = java.util.Objects.requireNonNull(solutions.variables().get(hidden));
    return named(solutions.without(hidden), variable, name);
  }

  private Solutions eachGraph(String variable, Op inner) {
    Column name = context.variable(variable, false);
    Solutions solutions = new OpLowering(context.inGraph(new ActiveGraph.Outer(name))).lower(inner);
    LogicalNode names = new LogicalNode.GraphNames(name, context.namedScope());
    LogicalNode plan =
        new LogicalNode.Apply(JoinKind.INNER, names, solutions.plan(), Expr.TRUE, null);
    return named(solutions.over(plan), variable, name);
  }

  /// Gives the graph's name to a variable that the pattern inside may have bound to something else.
  private static Solutions named(Solutions solutions, String variable, Column name) {
    Column bound = solutions.variables().get(variable);
    LogicalNode plan =
        bound == null
            ? solutions.plan()
            : new LogicalNode.Filter(solutions.plan(), compatible(name, bound));
    return solutions.with(plan, variable, name);
  }

  private Solutions table(OpTable table) {
    if (table.isJoinIdentity()) {
      return withGraph(Solutions.UNIT);
    }
    List<Column> columns = new ArrayList<>();
    Map<String, Column> variables = new LinkedHashMap<>();
    List<Binding> bindings = new ArrayList<>();
    table.getTable().rows().forEachRemaining(bindings::add);
    for (Var variable : table.getTable().getVars()) {
      boolean nullable = bindings.stream().anyMatch(b -> !b.contains(variable));
      Column column = context.variable(variable.getName(), nullable);
      columns.add(column);
      variables.put(variable.getName(), column);
    }
    List<List<Expr>> rows = new ArrayList<>();
    for (Binding binding : bindings) {
      List<Expr> row = new ArrayList<>();
      for (Var variable : table.getTable().getVars()) {
        Node node = binding.get(variable);
        row.add(new Expr.Lit(node == null ? Value.NULL : RdfTerms.value(node), Type.ANY));
      }
      rows.add(row);
    }
    return new Solutions(new LogicalNode.Values(columns, rows), variables);
  }

  /// The shared variables of two sides and, in `variables`, the columns of their combination.
  private List<SharedColumn> share(
      Solutions left, Solutions right, boolean rightOptional, Map<String, Column> variables) {
    List<SharedColumn> shared = new ArrayList<>();
    variables.putAll(left.variables());
    right
        .variables()
        .forEach((name, column) -> {
          Column known = left.variables().get(name);
          if (known == null) {
            variables.put(name, rightOptional ? column.asNullable() : column);
          } else {
            boolean nullable =
                rightOptional ? known.nullable() : known.nullable() && column.nullable();
            Column out = context.variable(name, nullable);
            variables.put(name, out);
            shared.add(new SharedColumn(known, column, out));
          }
        });
    return shared;
  }

  Solutions join(Solutions left, Solutions right) {
    if (left == Solutions.UNIT) {
      return right;
    }
    if (right == Solutions.UNIT) {
      return left;
    }
    Map<String, Column> variables = new LinkedHashMap<>();
    List<SharedColumn> shared = share(left, right, false, variables);
    LogicalNode plan =
        new LogicalNode.CompatJoin(CompatKind.INNER, left.plan(), right.plan(), shared, Expr.TRUE);
    return new Solutions(plan, variables);
  }

  /// A service may need the rows before it, or ask for no more than goes with them.
  private Solutions joined(OpJoin op) {
    Solutions left = lower(op.getLeft());
    if (op.getRight() instanceof OpService service) {
      ServiceLowering services = new ServiceLowering(context);
      if (ServiceLowering.isRemote(service)) {
        return services.joined(service, left);
      }
      if (ServiceLowering.needsRows(service)) {
        return forEach(JoinKind.INNER, left, services.lower(service, left), null);
      }
    }
    return join(left, lower(op.getRight()));
  }

  private Solutions leftJoin(OpLeftJoin op) {
    Solutions left = lower(op.getLeft());
    if (op.getRight() instanceof OpService service
        && (ServiceLowering.isRemote(service) || ServiceLowering.needsRows(service))) {
      Solutions right = new ServiceLowering(context).lower(service, left);
      return forEach(JoinKind.LEFT, left, right, op.getExprs());
    }
    Solutions right = agreeing(apart(op.getRight()), left.variables());
    Map<String, Column> variables = new LinkedHashMap<>();
    List<SharedColumn> shared = share(left, right, true, variables);
    Expr condition = Expr.TRUE;
    if (op.getExprs() != null && !op.getExprs().isEmpty()) {
      ExprLowering exprs = new ExprLowering(context, variables);
      condition = exprs.conditions(op.getExprs().getList());
      if (exprs.hasExists()) {
        return forEach(JoinKind.LEFT, left, right, op.getExprs());
      }
    }
    LogicalNode plan =
        new LogicalNode.CompatJoin(CompatKind.LEFT, left.plan(), right.plan(), shared, condition);
    return new Solutions(plan, variables);
  }

  /// A join whose right side reads the left row, or whose condition holds an EXISTS, which is
  /// evaluated for each pair of solutions: the right side becomes the pairs that pass.
  ///
  /// ```
  /// apply left
  ///   $left
  ///   filter mark AND ...
  ///     apply mark            (the EXISTS)
  ///       filter left ~ right
  ///         $right
  /// ```
  private Solutions forEach(
      JoinKind kind, Solutions left, Solutions right, @Nullable ExprList filter) {
    List<Expr> compatible = new ArrayList<>();
    List<Assignment> merged = new ArrayList<>();
    Map<String, Column> inner = new LinkedHashMap<>();
    Map<String, Column> variables = new LinkedHashMap<>(left.variables());
    right
        .variables()
        .forEach((name, column) -> {
          Column known = left.variables().get(name);
          Column out = column;
          if (known != null) {
            compatible.add(compatible(known, column));
            out = context.variable(name, known.nullable() && column.nullable());
            Expr both = LogicFunctions.COALESCE.call(known.ref(), column.ref());
            merged.add(new Assignment(out, new Expr.Cast(both, Type.ANY, Expr.CastMode.FORM)));
          }
          inner.put(name, out);
        });
    LogicalNode pairs =
        new LogicalNode.Extend(
            new LogicalNode.Filter(right.plan(), LogicFunctions.and(compatible)), merged);
    Map<String, Column> visible = new LinkedHashMap<>(left.variables());
    visible.putAll(inner);
    ExprLowering exprs = new ExprLowering(context, visible);
    Expr condition = filter == null ? Expr.TRUE : exprs.conditions(filter.getList());
    LogicalNode passing = new LogicalNode.Filter(exprs.over(pairs), condition);
    LogicalNode plan = new LogicalNode.Apply(kind, left.plan(), passing, Expr.TRUE, null);
    List<Assignment> outs = new ArrayList<>();
    inner.forEach((name, column) -> {
      Column known = left.variables().get(name);
      if (known == null) {
        variables.put(name, kind == JoinKind.LEFT ? column.asNullable() : column);
      } else if (known.nullable()) {
        Column out = context.variable(name, true);
        Expr both = LogicFunctions.COALESCE.call(column.ref(), known.ref());
        outs.add(new Assignment(out, new Expr.Cast(both, Type.ANY, Expr.CastMode.FORM)));
        variables.put(name, out);
      }
    });
    return new Solutions(outs.isEmpty() ? plan : new LogicalNode.Extend(plan, outs), variables);
  }

  private Solutions minus(Solutions left, Solutions all) {
    Solutions right = agreeing(all, left.variables());
    List<SharedColumn> shared = share(left, right, false, new LinkedHashMap<>());
    if (shared.isEmpty()) {
      return left;
    }
    return left.over(
        new LogicalNode.CompatJoin(CompatKind.MINUS, left.plan(), right.plan(), shared, Expr.TRUE));
  }

  Solutions union(Solutions left, Solutions right) {
    Set<String> names = new LinkedHashSet<>(left.variables().keySet());
    names.addAll(right.variables().keySet());
    List<Column> columns = new ArrayList<>();
    List<@org.jspecify.annotations.Nullable Column> leftColumns = new ArrayList<>();
    List<@org.jspecify.annotations.Nullable Column> rightColumns = new ArrayList<>();
    Map<String, Column> variables = new LinkedHashMap<>();
    for (String name : names) {
      Column a = left.variables().get(name);
      Column b = right.variables().get(name);
      boolean nullable = a == null || b == null || a.nullable() || b.nullable();
      Column column = context.variable(name, nullable);
      columns.add(column);
      leftColumns.add(a);
      rightColumns.add(b);
      variables.put(name, column);
    }
    LogicalNode plan =
        new LogicalNode.SetOp(
            LogicalNode.SetKind.UNION,
            true,
            EqMode.TERM,
            left.plan(),
            right.plan(),
            columns,
            leftColumns,
            rightColumns);
    return new Solutions(plan, variables);
  }

  private Solutions filter(OpFilter op) {
    Solutions input = lower(op.getSubOp());
    ExprLowering exprs = new ExprLowering(context, input.variables());
    Expr condition = exprs.conditions(op.getExprs().getList());
    return input.over(new LogicalNode.Filter(exprs.over(input.plan()), condition));
  }

  /// Solutions under a chain of assignments.
  ///
  /// @param row numbers the solutions, for BNODE; null when nothing above wants it
  private record Extended(Solutions solutions, @Nullable Column row) {}

  private Extended extend(Op op, @Nullable Column wanted) {
    VarExprList list =
        switch (op) {
          case OpExtend extend -> extend.getVarExprList();
          case OpAssign assign -> assign.getVarExprList();
          default -> null;
        };
    if (list == null) {
      Solutions input = lower(op);
      LogicalNode plan =
          wanted == null
              ? input.plan()
              : new LogicalNode.Extend(
                  input.plan(),
                  List.of(new Assignment(wanted, Functions.named("sp.solution").call())));
      return new Extended(input.over(plan), wanted);
    }
    boolean labels = list.getExprs().values().stream().anyMatch(ExprLowering::labelsBlankNodes);
    Column row =
        wanted == null && labels ? context.columns().column("row", Type.ANY, false) : wanted;
    Extended below = extend(((Op1) op).getSubOp(), row);
    Solutions result = below.solutions();
    for (Var variable : list.getVars()) {
      ExprLowering exprs = new ExprLowering(context, result.variables(), below.row());
      Expr value = exprs.term(list.getExpr(variable));
      Column column = context.variable(variable.getName(), true);
      LogicalNode plan =
          new LogicalNode.Extend(exprs.over(result.plan()), List.of(new Assignment(column, value)));
      result = result.with(plan, variable.getName(), column);
    }
    return new Extended(result, below.row());
  }

  private Solutions project(Solutions input, List<Var> vars) {
    Map<String, Column> variables = new LinkedHashMap<>();
    List<Assignment> assignments = new ArrayList<>();
    for (Var variable : vars) {
      Column column = input.variables().get(variable.getName());
      boolean given = context.parameters().containsKey(variable.getName());
      if (column == null && given) {
        column = context.variable(variable.getName(), true);
        Expr value = new ExprLowering(context, Map.of()).term(new ExprVar(variable));
        assignments.add(new Assignment(column, value));
      } else if (column == null) {
        column = context.variable(variable.getName(), true);
        assignments.add(new Assignment(column, Expr.nullOf(Type.ANY)));
      } else {
        assignments.add(Assignment.same(column));
      }
      variables.put(variable.getName(), column);
    }
    return new Solutions(new LogicalNode.Project(input.plan(), assignments), variables);
  }

  /// Solutions differ by what the query names, not by its blank nodes or what a path passes.
  private static Solutions distinct(Solutions input) {
    Solutions named = input.named();
    List<Assignment> kept = named.variables().values().stream().map(Assignment::same).toList();
    LogicalNode project = new LogicalNode.Project(input.plan(), kept);
    return named.over(new LogicalNode.Distinct(project, EqMode.TERM));
  }

  private Solutions order(Solutions input, List<SortCondition> conditions) {
    ExprLowering exprs = new ExprLowering(context, input.variables());
    List<SortKey> keys = new ArrayList<>();
    for (SortCondition condition : conditions) {
      boolean descending = condition.getDirection() == Query.ORDER_DESCENDING;
      Expr key = exprs.term(condition.getExpression());
      keys.add(new SortKey(key, descending, !descending, OrderMode.SPARQL));
    }
    return input.over(new LogicalNode.Sort(exprs.over(input.plan()), keys));
  }

  private static Solutions slice(Solutions input, long start, long length) {
    Expr skip = start <= 0 ? null : Expr.lit(Value.of(start));
    Expr fetch = length < 0 ? null : Expr.lit(Value.of(length));
    return input.over(new LogicalNode.Limit(input.plan(), skip, fetch, false));
  }

  /// `EXISTS { op }` for each row of `input`: adds a boolean column that says so.
  LogicalNode exists(LogicalNode input, Map<String, Column> visible, Op op, Column mark) {
    Context inside = context.withOuter(visible);
    EmptyPaths paths = new EmptyPaths(EmptyPaths.Mode.OF_THE_GRAPH);
    Solutions inner = new OpLowering(inside.with(paths)).lower(op);
    if (paths.count() == 0) {
      return exists(input, visible, inner, mark);
    }
    if (paths.count() > 1) {
      Solutions all = new OpLowering(inside.with(EmptyPaths.Mode.ALL)).lower(op);
      return exists(input, visible, all, mark);
    }
    Column some = context.columns().column("exists", mark.type(), false);
    Column one = context.columns().column("exists", mark.type(), false);
    Solutions ofTheRow = new OpLowering(inside.with(EmptyPaths.Mode.OF_THE_ROW)).lower(op);
    LogicalNode both = exists(exists(input, visible, inner, some), visible, ofTheRow, one);
    Expr either =
        LogicFunctions.or(
            List.of(
                LogicFunctions.IS_TRUE.call(some.ref()), LogicFunctions.IS_TRUE.call(one.ref())));
    return new LogicalNode.Extend(both, List.of(new Assignment(mark, either)));
  }

  private LogicalNode exists(
      LogicalNode input, Map<String, Column> visible, Solutions inner, Column mark) {
    List<Expr> conditions = new ArrayList<>();
    inner
        .variables()
        .forEach((name, column) -> {
          Column outer = visible.containsKey(name) ? visible.get(name) : context.outer().get(name);
          if (outer != null) {
            conditions.add(compatible(outer, column));
          }
        });
    return new LogicalNode.Apply(
        JoinKind.MARK, input, inner.plan(), LogicFunctions.and(conditions), mark);
  }

  /// Within an EXISTS, the solutions that agree with the row it is evaluated for. All of a
  /// pattern's solutions are compared with the row in the end; this is for the places where another
  /// solution would change what comes of those that agree: what is optional, taken away, or counted
  /// off by LIMIT.
  ///
  /// @param settled columns whose own agreement settles that of the same variable here
  Solutions agreeing(Solutions solutions, Map<String, Column> settled) {
    List<Expr> conditions = new ArrayList<>();
    solutions
        .variables()
        .forEach((name, column) -> {
          Column outer = context.outer().get(name);
          Column known = settled.get(name);
          if (outer != null && (known == null || known.nullable())) {
            conditions.add(compatible(outer, column));
          }
        });
    return conditions.isEmpty()
        ? solutions
        : solutions.over(new LogicalNode.Filter(solutions.plan(), LogicFunctions.and(conditions)));
  }

  /// Whether two solutions agree on a variable that both may bind.
  static Expr compatible(Column outer, Column inner) {
    Expr same = ComparisonFunctions.sameTerm(outer.ref(), inner.ref());
    List<Expr> ways = new ArrayList<>();
    if (outer.nullable()) {
      ways.add(LogicFunctions.IS_NULL.call(outer.ref()));
    }
    if (inner.nullable()) {
      ways.add(LogicFunctions.IS_NULL.call(inner.ref()));
    }
    ways.add(same);
    return LogicFunctions.or(ways);
  }
}
