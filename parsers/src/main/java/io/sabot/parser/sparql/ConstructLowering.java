package io.sabot.parser.sparql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.QuadTemplate;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;

/// CONSTRUCT and DESCRIBE, and the templates that CONSTRUCT and updates share.
final class ConstructLowering {
  private final Context context;

  ConstructLowering(Context context) {
    this.context = context;
  }

  Statement construct(Query query, Solutions solutions) {
    List<QuadTemplate> templates = new ArrayList<>();
    query
        .getConstructTemplate()
        .getTriples()
        .forEach(triple ->
            templates.add(
                new QuadTemplate(
                    new QuadTerm.Constant(Value.NULL),
                    term(triple.getSubject(), solutions.variables()),
                    term(triple.getPredicate(), solutions.variables()),
                    term(triple.getObject(), solutions.variables()))));
    return triples(solutions.plan(), templates);
  }

  /// The triples of which a resource is the subject, for each resource named or bound.
  Statement describe(Query query, Solutions solutions) {
    List<LogicalNode> parts = new ArrayList<>();
    for (Var variable : query.getProjectVars()) {
      Column column = solutions.variables().get(variable.getName());
      if (column != null) {
        Expr bound = LogicFunctions.IS_NOT_NULL.call(column.ref());
        parts.add(resource(new LogicalNode.Filter(solutions.plan(), bound), column.ref()));
      }
    }
    for (Node resource : query.getResultURIs()) {
      parts.add(
          resource(LogicalNode.Values.UNIT, new Expr.Lit(RdfTerms.value(resource), Type.ANY)));
    }
    Column resource = context.variable("resource", false);
    LogicalNode plan =
        parts.stream()
            .reduce((a, b) -> union(a, b))
            .orElseGet(() -> LogicalNode.Values.empty(List.of(resource)));
    Described found = new Described(context);
    LogicalNode scan = found.of(closed(plan));
    return triples(scan, List.of(found.template()));
  }

  /// One resource a row.
  private LogicalNode resource(LogicalNode input, Expr value) {
    return new LogicalNode.Project(
        input, List.of(new Assignment(context.variable("resource", false), value)));
  }

  private LogicalNode union(LogicalNode a, LogicalNode b) {
    return new LogicalNode.SetOp(
        LogicalNode.SetKind.UNION,
        true,
        EqMode.TERM,
        a,
        b,
        List.of(context.variable("resource", false)),
        List.of(only(a)),
        List.of(only(b)));
  }

  private static Column only(LogicalNode plan) {
    return PlanColumns.of(plan).getFirst();
  }

  /// The resources, the blank nodes that their triples lead to, those of these, and so on: a blank
  /// node has no name by which its description could be asked for.
  private LogicalNode closed(LogicalNode resources) {
    Column resource = context.variable("resource", false);
    int work = Described.WORK + resource.id();
    Described found = new Described(context);
    LogicalNode next =
        new LogicalNode.Filter(
            found.of(new LogicalNode.WorkScan(work, List.of(resource))),
            Functions.named("sp.isblank").call(found.object().ref()));
    return new LogicalNode.Recursive(
        resources, resource(next, found.object().ref()), work, List.of(resource), true);
  }

  /// The triples whose subject is a resource.
  private record Described(Context context, Column subject, Column predicate, Column object) {
    /// Apart from the numbers that other front-ends give to what they repeat.
    static final int WORK = 1_000_000;

    Described(Context context) {
      this(
          context,
          context.variable("s", false),
          context.variable("p", false),
          context.variable("o", false));
    }

    LogicalNode of(LogicalNode resources) {
      LogicalNode scan =
          new LogicalNode.QuadScan(
              context.defaultScope(),
              new QuadTerm.Wildcard(),
              new QuadTerm.Bind(subject),
              new QuadTerm.Bind(predicate),
              new QuadTerm.Bind(object));
      Expr same = ComparisonFunctions.sameTerm(subject.ref(), only(resources).ref());
      return new LogicalNode.Join(JoinKind.INNER, resources, scan, same, null);
    }

    QuadTemplate template() {
      return new QuadTemplate(
          new QuadTerm.Constant(Value.NULL),
          new QuadTerm.Computed(subject.ref()),
          new QuadTerm.Computed(predicate.ref()),
          new QuadTerm.Computed(object.ref()));
    }
  }

  private Statement triples(LogicalNode input, List<QuadTemplate> templates) {
    Column subject = context.columns().column("subject", Type.ANY, false);
    Column predicate = context.columns().column("predicate", Type.ANY, false);
    Column object = context.columns().column("object", Type.ANY, false);
    LogicalNode plan =
        new LogicalNode.ConstructTriples(input, templates, subject, predicate, object);
    return new Statement.Query(
        new LogicalNode.Output(
            plan,
            List.of(
                new LogicalNode.OutputColumn(subject, "subject"),
                new LogicalNode.OutputColumn(predicate, "predicate"),
                new LogicalNode.OutputColumn(object, "object"))),
        Mode.RUN,
        ResultForm.TRIPLES,
        true);
  }

  /// One position of a template over the given variables; a variable that is not bound gives
  /// nothing.
  QuadTerm term(Node node, Map<String, Column> variables) {
    if (Var.isVar(node)) {
      Column column = variables.get(node.getName());
      Value fixed = context.constant(node.getName());
      if (column == null && fixed != null) {
        return new QuadTerm.Constant(fixed);
      }
      if (column == null && context.isLate(node.getName())) {
        return new QuadTerm.Computed(Context.late(node.getName()));
      }
      return new QuadTerm.Computed(column == null ? Expr.nullOf(Type.ANY) : column.ref());
    }
    if (node.isBlank()) {
      return new QuadTerm.FreshBlank(node.getBlankNodeLabel());
    }
    if (node.isTripleTerm()) {
      var triple = node.getTriple();
      return new QuadTerm.Quoted(
          term(triple.getSubject(), variables),
          term(triple.getPredicate(), variables),
          term(triple.getObject(), variables));
    }
    return new QuadTerm.Constant(RdfTerms.value(node));
  }

  List<QuadTemplate> quads(
      List<Quad> quads,
      Map<String, Column> variables,
      @org.jspecify.annotations.Nullable Node with) {
    List<QuadTemplate> templates = new ArrayList<>();
    for (Quad quad : quads) {
      Node graph = quad.isDefaultGraph() ? with : quad.getGraph();
      templates.add(
          new QuadTemplate(
              graph == null || Quad.isDefaultGraph(graph)
                  ? new QuadTerm.Constant(Value.NULL)
                  : term(graph, variables),
              term(quad.getSubject(), variables),
              term(quad.getPredicate(), variables),
              term(quad.getObject(), variables)));
    }
    return templates;
  }
}
