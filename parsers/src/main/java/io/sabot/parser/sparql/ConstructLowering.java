package io.sabot.parser.sparql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.QuadTemplate;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.type.Type;
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
        parts.add(described(solutions.plan(), column.ref()));
      }
    }
    if (parts.size() > 1) {
      throw Errors.unsupported(null, "DESCRIBE of several variables");
    }
    for (Node resource : query.getResultURIs()) {
      parts.add(described(LogicalNode.Values.UNIT, Expr.lit(RdfTerms.value(resource))));
    }
    if (parts.size() != 1) {
      throw Errors.unsupported(null, "DESCRIBE of several resources");
    }
    LogicalNode plan = parts.getFirst();
    LogicalNode.Join join = (LogicalNode.Join) plan;
    LogicalNode.QuadScan scan = (LogicalNode.QuadScan) join.right();
    QuadTemplate template =
        new QuadTemplate(
            new QuadTerm.Constant(Value.NULL),
            computed(scan.subject()),
            computed(scan.predicate()),
            computed(scan.object()));
    return triples(plan, List.of(template));
  }

  private static QuadTerm computed(QuadTerm term) {
    return term instanceof QuadTerm.Bind(Column column)
        ? new QuadTerm.Computed(column.ref())
        : term;
  }

  private LogicalNode described(LogicalNode input, Expr resource) {
    Column subject = context.variable("s", false);
    LogicalNode scan =
        new LogicalNode.QuadScan(
            context.defaultScope(),
            new QuadTerm.Wildcard(),
            new QuadTerm.Bind(subject),
            new QuadTerm.Bind(context.variable("p", false)),
            new QuadTerm.Bind(context.variable("o", false)));
    return new LogicalNode.Join(
        io.sabot.plan.logical.JoinKind.INNER,
        input,
        scan,
        io.sabot.plan.function.ComparisonFunctions.sameTerm(subject.ref(), resource),
        null);
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
    if (node.isTripleTerm() && !node.isConcrete()) {
      throw Errors.unsupported(null, "a triple term with variables in a template");
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
