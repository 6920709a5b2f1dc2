package io.sabot.engine.io;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.engine.Session;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.apache.jena.util.iterator.WrappedIterator;
import org.jspecify.annotations.Nullable;

/// A graph of the store as Jena reads one: each `find` is a query of one pattern, so that tables
/// and graph elements are seen as well as quads. Reads in the transaction of its session.
final class StoreGraph extends GraphBase {
  private final Session session;
  private final String query;

  /// @param graph null for the default graph
  StoreGraph(Session session, @Nullable String graph) {
    this.session = session;
    String pattern = "?s ?p ?o";
    this.query =
        graph == null
            ? "SELECT ?s ?p ?o { " + pattern + " }"
            : "SELECT ?s ?p ?o { GRAPH " + NQuads.term(new Value.Iri(graph)) + " { ?s ?p ?o } }";
  }

  @Override
  protected ExtendedIterator<Triple> graphBaseFind(Triple pattern) {
    List<Triple> found = new ArrayList<>();
    if (pattern.getSubject().isLiteral()) {
      return WrappedIterator.create(found.iterator());
    }
    Map<String, Value> given = new TreeMap<>();
    give(given, "s", pattern.getSubject());
    give(given, "p", pattern.getPredicate());
    give(given, "o", pattern.getObject());
    try (Result result = session.run(Language.SPARQL, query, given)) {
      while (result.hasNext()) {
        Row row = result.next();
        found.add(
            Triple.create(
                JenaTerms.node(row.value(0)),
                JenaTerms.node(row.value(1)),
                JenaTerms.node(row.value(2))));
      }
    }
    return WrappedIterator.create(found.iterator());
  }

  private static void give(Map<String, Value> given, String name, Node node) {
    if (node.isConcrete()) {
      given.put(name, JenaTerms.value(node, ""));
    }
  }
}
