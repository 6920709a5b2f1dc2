package io.sabot.engine.io;

import io.sabot.exec.run.Outside;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.value.Value;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.ErrorHandler;
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
          .errorHandler(new Faults(name))
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

  /// Errors carry the position. Warnings are ignored but for those that W3C calls errors: RIOT is
  /// milder with them.
  ///
  /// @param name of the document; empty when the reader adds it
  record Faults(String name) implements ErrorHandler {
    private static final List<String> MALFORMED =
        List.of(
            "Illegal character in IRI",
            "Bad character in IRI",
            "Spaces are not legal in URIs",
            "Not a valid XML NCName",
            "Reuse of rdf:ID",
            "but no language tag",
            "Language not valid");

    @Override
    public void warning(String message, long line, long column) {
      if (MALFORMED.stream().anyMatch(message::contains)) {
        throw malformed(message, line, column);
      }
    }

    @Override
    public void error(String message, long line, long column) {
      throw malformed(message, line, column);
    }

    @Override
    public void fatal(String message, long line, long column) {
      throw malformed(message, line, column);
    }

    private QueryException malformed(String message, long line, long column) {
      SourceSpan span = line > 0 ? SourceSpan.at((int) line, (int) Math.max(1, column)) : null;
      String text = name.isEmpty() ? message : name + ": " + message;
      return new QueryException(ErrorCode.MALFORMED_INPUT, span, text, "");
    }
  }
}
