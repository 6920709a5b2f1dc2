package io.sabot.graph;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.logical.LogicalNode.QuadTemplate;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Fills quad templates from rows. A quad with an unbound part, or one that RDF does not allow, is
/// left out (SPARQL 1.1 Update §3.1.3).
final class QuadTemplates {
  private final List<QuadTemplate> templates;
  private final QueryRun run;
  private final ElementWriter values;

  /// A quad of values; `graph` is null for the default graph.
  record Quad(Value graph, Value subject, Value predicate, Value object) {}

  QuadTemplates(List<QuadTemplate> templates, ExprCompiler compiler, QueryRun run) {
    this.templates = templates;
    this.run = run;
    this.values = new ElementWriter(run, compiler);
  }

  void fill(Batch batch, int row, Consumer<Quad> sink) {
    Map<String, Value> blanks = new HashMap<>();
    for (QuadTemplate template : templates) {
      boolean namesGraph =
          !(template.graph() instanceof QuadTerm.Constant(Value name) && name.isNull());
      Value graph = term(template.graph(), batch, row, blanks);
      Value subject = term(template.subject(), batch, row, blanks);
      Value predicate = term(template.predicate(), batch, row, blanks);
      Value object = term(template.object(), batch, row, blanks);
      boolean complete =
          !subject.isNull()
              && !predicate.isNull()
              && !object.isNull()
              && !(namesGraph && graph.isNull());
      boolean legal =
          !RdfLiterals.isLiteral(subject)
              && !(subject instanceof Value.TripleTerm)
              && predicate instanceof Value.Iri
              && (graph.isNull() || graph instanceof Value.Iri || graph instanceof Value.BlankNode);
      if (complete && legal) {
        sink.accept(new Quad(graph, subject, predicate, object));
      }
    }
  }

  /// The triple term, or null where RDF has none.
  private static Value quoted(Value subject, Value predicate, Value object) {
    boolean legal =
        !subject.isNull()
            && !object.isNull()
            && !RdfLiterals.isLiteral(subject)
            && !(subject instanceof Value.TripleTerm)
            && predicate instanceof Value.Iri;
    return legal ? new Value.TripleTerm(subject, predicate, object) : Value.NULL;
  }

  private Value term(QuadTerm term, Batch batch, int row, Map<String, Value> blanks) {
    return switch (term) {
      case QuadTerm.Constant(Value value) -> value;
      case QuadTerm.Computed(var expr) -> values.value(expr, batch, row);
      case QuadTerm.FreshBlank(String label) ->
          blanks.computeIfAbsent(label, l -> new Value.BlankNode("b" + run.freshBlankNumber()));
      case QuadTerm.Quoted(var s, var p, var o) ->
          quoted(
              term(s, batch, row, blanks),
              term(p, batch, row, blanks),
              term(o, batch, row, blanks));
      case QuadTerm.Wildcard _ -> Value.NULL;
      case QuadTerm.Bind(var column) -> values.value(column.ref(), batch, row);
    };
  }
}
