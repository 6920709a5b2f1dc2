package io.sabot.engine.io;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.engine.Session;
import io.sabot.plan.error.Errors;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.value.Value;
import java.io.OutputStream;
import java.util.Map;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.Quad;
import org.jspecify.annotations.Nullable;

/// Writes graphs and triples of results in an RDF syntax, as they come from the store.
public final class RdfExport {
  private static final String DEFAULT_GRAPH = "SELECT ?s ?p ?o { ?s ?p ?o }";
  private static final String NAMED_GRAPHS = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }";

  private RdfExport() {}

  /// The syntaxes that can be written while reading.
  public enum Syntax {
    TURTLE(RDFFormat.TURTLE_BLOCKS, false),
    N_TRIPLES(RDFFormat.NTRIPLES, false),
    TRIG(RDFFormat.TRIG_BLOCKS, true),
    N_QUADS(RDFFormat.NQUADS, true);

    private final RDFFormat format;
    private final boolean hasGraphs;

    Syntax(RDFFormat format, boolean hasGraphs) {
      this.format = format;
      this.hasGraphs = hasGraphs;
    }
  }

  /// Writes one graph, or without a name the default graph and, where the syntax has graphs, all
  /// named ones. Returns how many triples there were.
  public static long graphs(
      Session session, @Nullable String graph, Syntax syntax, OutputStream out) {
    StreamRDF writer = StreamRDFWriter.getWriterStream(out, syntax.format);
    writer.start();
    long count;
    if (graph != null) {
      // As a parameter it would be a term of the result.
      String iri = NQuads.term(new Value.Iri(graph));
      String query = "SELECT ?s ?p ?o { GRAPH " + iri + " { ?s ?p ?o } }";
      count = write(session, query, writer, new Value.Iri(graph), syntax.hasGraphs);
    } else {
      count = write(session, DEFAULT_GRAPH, writer, Value.NULL, false);
      count += syntax.hasGraphs ? write(session, NAMED_GRAPHS, writer, Value.NULL, true) : 0;
    }
    writer.finish();
    return count;
  }

  private static long write(
      Session session, String query, StreamRDF writer, Value graph, boolean inGraph) {
    long count = 0;
    try (Result result = session.run(Language.SPARQL, query, Map.of())) {
      for (; result.hasNext(); count++) {
        Row row = result.next();
        Triple triple = triple(row);
        if (inGraph) {
          Value name = graph.isNull() ? row.value(3) : graph;
          writer.quad(Quad.create(JenaTerms.node(name), triple));
        } else {
          writer.triple(triple);
        }
      }
    }
    return count;
  }

  private static Triple triple(Row row) {
    return Triple.create(
        JenaTerms.node(row.value(0)), JenaTerms.node(row.value(1)), JenaTerms.node(row.value(2)));
  }

  /// Writes the triples of a CONSTRUCT or DESCRIBE and returns how many there were.
  public static long triples(Result result, Syntax syntax, OutputStream out) {
    if (result.form() != ResultForm.TRIPLES) {
      throw Errors.unsupported(null, "rows that are no triples in an RDF syntax");
    }
    StreamRDF writer = StreamRDFWriter.getWriterStream(out, syntax.format);
    writer.start();
    long count = 0;
    for (; result.hasNext(); count++) {
      writer.triple(triple(result.next()));
    }
    writer.finish();
    return count;
  }
}
