package io.sabot.engine.io;

import io.sabot.exec.run.Outside;
import io.sabot.parser.sparql.RdfFaults;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.io.InputStream;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.Quad;

/// Reads RDF in any syntax that RIOT knows.
public final class RdfReading {
  private RdfReading() {}

  /// The syntax that the name of a file says it holds.
  static Lang syntax(String name) {
    Lang syntax =
        RDFLanguages.filenameToLang(
            name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name);
    if (syntax == null) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT,
          null,
          "'" + name + "' has no ending of an RDF syntax",
          "known endings are .ttl .nt .nq .trig .rdf");
    }
    return syntax;
  }

  /// Hands over every quad of a document.
  ///
  /// @param name for the syntax (by its ending) and for messages
  /// @param base against which relative IRIs are resolved
  /// @param blankScope put before blank node labels, so that those of two documents stay apart
  public static void read(
      InputStream in, String name, String base, String blankScope, Consumer<Outside.Quad> sink) {
    try {
      RDFParser.source(in)
          .lang(syntax(name))
          .base(base)
          .strict(true)
          .errorHandler(new RdfFaults(name))
          .parse(new Sink(blankScope, sink));
    } catch (RiotException malformed) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT, null, name + ": " + malformed.getMessage(), "");
    }
  }

  private record Sink(String blankScope, Consumer<Outside.Quad> quads) implements StreamRDF {
    @Override
    public void start() {}

    @Override
    public void triple(Triple triple) {
      add(Value.NULL, triple.getSubject(), triple.getPredicate(), triple.getObject());
    }

    @Override
    public void quad(Quad quad) {
      Value graph = quad.isDefaultGraph() ? Value.NULL : value(quad.getGraph());
      add(graph, quad.getSubject(), quad.getPredicate(), quad.getObject());
    }

    private void add(Value graph, Node subject, Node predicate, Node object) {
      quads.accept(new Outside.Quad(graph, value(subject), value(predicate), value(object)));
    }

    private Value value(Node node) {
      return JenaTerms.value(node, blankScope);
    }

    @Override
    public void base(String iri) {}

    @Override
    public void prefix(String prefix, String iri) {}

    @Override
    public void version(String version) {}

    @Override
    public void finish() {}
  }
}
