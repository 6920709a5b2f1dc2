package io.sabot.parser.sparql;

import io.sabot.parser.embed.EmbeddedQuery;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Output;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.OpAsQuery;
import org.apache.jena.sparql.algebra.OpVars;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.syntax.ElementGroup;
import org.apache.jena.sparql.syntax.ElementSubQuery;

/// SERVICE: a query of this store in another language, which becomes part of the plan, or a pattern
/// for an endpoint, which becomes a call that the endpoint is asked by.
final class ServiceLowering {
  private final Context context;

  ServiceLowering(Context context) {
    this.context = context;
  }

  /// Whether an operator is a SERVICE that must know the solutions it is joined with.
  static boolean needsRows(Op op) {
    return op instanceof OpService service
        && (LocalService.isLocal(service)
            ? !LocalService.of(service).in().isEmpty()
            : Var.isVar(service.getService()));
  }

  /// Whether an operator is a SERVICE over HTTP, which is asked only for what it is joined with.
  static boolean isRemote(Op op) {
    return op instanceof OpService service && !LocalService.isLocal(service);
  }

  /// The solutions of a service; those of one that needs rows are correlated with them.
  Solutions lower(OpService service, Solutions rows) {
    return LocalService.isLocal(service)
        ? local(LocalService.of(service), rows)
        : remote(service, new Solutions(LogicalNode.Values.UNIT, rows.variables()), rows);
  }

  private Solutions local(LocalService service, Solutions rows) {
    Map<String, Expr> arguments = new LinkedHashMap<>();
    for (String name : service.in()) {
      Column column = rows.variables().get(name);
      if (column == null) {
        throw Errors.unknownVariable(null, name, rows.variables().keySet());
      }
      arguments.put(name, column.ref());
    }
    String language = service.language();
    String text = service.text();
    Map<String, Value> known = context.parameters();
    if (language.equals(LocalService.VIEW)) {
      ViewDef view = view(text);
      language = view.language();
      text = view.text();
      known = Map.of();
    }
    Output output =
        EmbeddedQuery.plan(
            context.binding().languages(),
            language,
            text,
            context.binding().catalog(),
            context.columns(),
            EmbeddedQuery.visible(known, service.in()));
    List<String> names = service.out();
    if (names != null && names.size() != output.columns().size()) {
      throw Errors.semantic(
          null,
          "ColumnCount",
          "sabot:out names "
              + names.size()
              + " variables for "
              + output.columns().size()
              + " columns",
          "name one variable for each column of the text");
    }
    LogicalNode plan = EmbeddedQuery.substitute(output.input(), arguments);
    return terms(plan, output, names);
  }

  private ViewDef view(String name) {
    Catalog catalog = context.binding().catalog();
    return catalog
        .view(name)
        .orElseThrow(() ->
            Errors.unknownTable(null, name, catalog.views().stream().map(ViewDef::name).toList()));
  }

  /// The columns of the other language as variables.
  private Solutions terms(
      LogicalNode plan, Output output, @org.jspecify.annotations.Nullable List<String> names) {
    Map<String, Column> variables = new LinkedHashMap<>();
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < output.columns().size(); i++) {
      Column column = output.columns().get(i).column();
      String name = names == null ? output.columns().get(i).name() : names.get(i);
      Column term = context.variable(name, column.nullable());
      Expr value = column.ref();
      assignments.add(
          new Assignment(
              term,
              column.type() == Type.ANY ? value : new Expr.Cast(value, Type.ANY, CastMode.FORM)));
      if (variables.put(name, term) != null) {
        throw Errors.semantic(
            null, "DuplicateName", "two columns are called ?" + name, "name them in sabot:out");
      }
    }
    return new Solutions(new LogicalNode.Project(plan, assignments), variables);
  }

  /// A bound join: the endpoint is asked for what goes with the rows at hand, many at a time.
  Solutions joined(OpService service, Solutions rows) {
    return remote(service, rows, rows);
  }

  /// @param input the rows that each call is for
  /// @param scope the variables that a call may use
  private Solutions remote(OpService service, Solutions input, Solutions scope) {
    Set<String> pattern = new TreeSet<>();
    OpVars.visibleVars(service.getSubOp()).forEach(v -> pattern.add(v.getName()));
    Set<String> certain = new TreeSet<>();
    OpVars.fixedVars(service.getSubOp()).forEach(v -> certain.add(v.getName()));
    List<String> sent = pattern.stream().filter(scope.variables()::containsKey).toList();
    List<Expr> args = new ArrayList<>();
    args.add(endpoint(service.getService(), scope));
    args.add(Expr.lit(Value.of(text(service))));
    args.add(Expr.lit(Value.of(service.getSilent())));
    args.add(Expr.lit(Value.of(String.join(" ", sent))));
    sent.forEach(name -> args.add(column(scope, name).ref()));
    Map<String, Column> found = new LinkedHashMap<>();
    List<Assignment> yields = new ArrayList<>();
    for (String name : pattern) {
      Column column = context.variable(name, service.getSilent() || !certain.contains(name));
      found.put(name, column);
      yields.add(new Assignment(column, new Expr.Param(name, Type.ANY)));
    }
    LogicalNode call =
        new LogicalNode.ProcedureCall(
            input.plan(), LogicalNode.ProcedureCall.SERVICE, args, yields, false);
    return input.plan().equals(LogicalNode.Values.UNIT)
        ? new Solutions(call, found)
        : merged(call, input, found);
  }

  private Solutions merged(LogicalNode call, Solutions input, Map<String, Column> found) {
    Map<String, Column> variables = new LinkedHashMap<>(input.variables());
    List<Expr> conditions = new ArrayList<>();
    List<Assignment> outs = new ArrayList<>();
    found.forEach((name, column) -> {
      Column known = input.variables().get(name);
      if (known == null) {
        variables.put(name, column);
        return;
      }
      conditions.add(OpLowering.compatible(known, column));
      if (known.nullable()) {
        Column out = context.variable(name, column.nullable());
        Expr both = LogicFunctions.COALESCE.call(known.ref(), column.ref());
        outs.add(new Assignment(out, new Expr.Cast(both, Type.ANY, CastMode.FORM)));
        variables.put(name, out);
      }
    });
    LogicalNode plan = new LogicalNode.Filter(call, LogicFunctions.and(conditions));
    return new Solutions(outs.isEmpty() ? plan : new LogicalNode.Extend(plan, outs), variables);
  }

  private static Column column(Solutions scope, String name) {
    return java.util.Objects.requireNonNull(scope.variables().get(name));
  }

  private Expr endpoint(Node service, Solutions scope) {
    if (service.isURI()) {
      return new Expr.Lit(new Value.Iri(service.getURI()), Type.ANY);
    }
    Column column = scope.variables().get(service.getName());
    if (column != null) {
      return column.ref();
    }
    Value fixed = context.constant(service.getName());
    if (fixed == null) {
      throw Errors.semantic(
          null,
          "UnboundEndpoint",
          "no pattern before SERVICE ?" + service.getName() + " binds its endpoint",
          "bind it in the same group");
    }
    return new Expr.Lit(fixed, Type.ANY);
  }

  private static String text(OpService service) {
    Query inner = OpAsQuery.asQuery(service.getSubOp());
    ElementGroup group = new ElementGroup();
    group.addElement(isPattern(inner) ? inner.getQueryPattern() : new ElementSubQuery(inner));
    Query query = new Query();
    query.setQuerySelectType();
    query.setQueryResultStar(true);
    query.setQueryPattern(group);
    return query.serialize();
  }

  /// Whether a query is no more than its pattern.
  private static boolean isPattern(Query query) {
    return query.isQueryResultStar()
        && !query.isDistinct()
        && !query.isReduced()
        && !query.hasGroupBy()
        && !query.hasAggregators()
        && !query.hasOrderBy()
        && !query.hasLimit()
        && !query.hasOffset()
        && !query.hasValues();
  }
}
