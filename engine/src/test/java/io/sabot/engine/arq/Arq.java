package io.sabot.engine.arq;

import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.Syntax;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.QueryEngineRegistry;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.main.QueryEngineMain;
import org.apache.jena.sparql.engine.ref.QueryEngineRef;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.QueryExecDatasetBuilder;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.util.Context;

/// Jena's two engines: the reference engine evaluates the algebra as SPARQL 1.1 §18.6 is written,
/// with no optimization; the main engine is what its users run.
final class Arq {
  private static final long TIMEOUT_MILLIS = 2_000;

  private Arq() {}

  static List<String> reference(DatasetGraph dataset, String text) {
    QueryEngineRegistry engines = new QueryEngineRegistry();
    engines.add(QueryEngineRef.getFactory());
    return ask(dataset, text, engines);
  }

  static List<String> main(DatasetGraph dataset, String text) {
    QueryEngineRegistry engines = new QueryEngineRegistry();
    engines.add(QueryEngineMain.getFactory());
    return ask(dataset, text, engines);
  }

  /// Whether the main engine gives an answer that the reference engine does not: that one does not
  /// put the row that an EXISTS is asked for into both sides of a join, as §18.6 does; the main
  /// engine does where it looks one side up for each row of the other.
  static boolean isOfMain(DatasetGraph dataset, String text, String answer) {
    return text.contains("EXISTS") && main(dataset, text).toString().equals(answer);
  }

  /// Beyond the specification ARQ adds strings and subtracts dates; its operators ask the global
  /// context whether they may.
  private static List<String> ask(DatasetGraph dataset, String text, QueryEngineRegistry engines) {
    ARQ.getContext().set(ARQ.strictSPARQL, true);
    try {
      return strictly(dataset, text, engines);
    } finally {
      ARQ.getContext().unset(ARQ.strictSPARQL);
    }
  }

  private static List<String> strictly(
      DatasetGraph dataset, String text, QueryEngineRegistry engines) {
    Context context = ARQ.getContext().copy();
    QueryEngineRegistry.set(context, engines);
    Query query = QueryFactory.create(text, Syntax.syntaxSPARQL_12);
    try (QueryExec execution =
        QueryExecDatasetBuilder.create()
            .dataset(dataset)
            .query(query)
            .context(context)
            .overallTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .build()) {
      if (query.isAskType()) {
        return List.of(Value.of(execution.ask()).toString());
      }
      return query.isConstructType() ? triples(execution) : solutions(execution);
    }
  }

  private static List<String> solutions(QueryExec execution) {
    List<String> rows = new ArrayList<>();
    RowSet found = execution.select();
    while (found.hasNext()) {
      Binding binding = found.next();
      Map<String, Value> solution = new TreeMap<>();
      // A binding may hold more than the variables of the result: one for each blank node.
      for (Var variable : found.getResultVars()) {
        Node node = binding.get(variable);
        if (node != null) {
          solution.put(variable.getVarName(), Answer.value(node));
        }
      }
      rows.add(Answer.solution(solution));
    }
    return Answer.inOrder(rows, false);
  }

  private static List<String> triples(QueryExec execution) {
    List<String> rows = new ArrayList<>();
    for (Triple triple : execution.construct().find().toList()) {
      rows.add(
          Answer.solution(
              Map.of(
                  "subject", Answer.value(triple.getSubject()),
                  "predicate", Answer.value(triple.getPredicate()),
                  "object", Answer.value(triple.getObject()))));
    }
    return Answer.inOrder(rows, true);
  }
}
