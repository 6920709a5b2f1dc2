package io.sabot.engine.io;

import io.sabot.engine.Session;
import io.sabot.parser.sparql.RdfFaults;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.shacl.parser.ShaclParseException;
import org.apache.jena.shacl.validation.ReportEntry;
import org.apache.jena.sparql.graph.GraphFactory;
import org.jspecify.annotations.Nullable;

/// SHACL Core: whether a graph of the store is as shapes say. Jena's validator asks, the store
/// answers.
public final class Shacl {
  private static final String NS = "http://www.w3.org/ns/shacl#";

  /// What SHACL has beyond its core, all of which is SPARQL that Jena would run by itself.
  private static final List<String> BEYOND_CORE =
      List.of("sparql", "target", "select", "ask", "rule", "values", "expression");

  /// What is wrong with one node.
  ///
  /// @param path empty where the node itself is wrong
  /// @param value empty where no value is to blame
  public record Finding(
      String severity, String node, String path, String value, String shape, String message) {}

  /// What was found, and the same as RDF.
  public static final class Report {
    private final ValidationReport report;

    private Report(ValidationReport report) {
      this.report = report;
    }

    public boolean conforms() {
      return report.conforms();
    }

    public List<Finding> findings() {
      List<Finding> findings = new ArrayList<>();
      for (ReportEntry entry : report.getEntries()) {
        Node value = entry.value();
        findings.add(
            new Finding(
                entry.severity().level().getLocalName(),
                NodeFmtLib.strNT(entry.focusNode()),
                entry.resultPath() == null ? "" : entry.resultPath().toString(),
                value == null ? "" : NodeFmtLib.strNT(value),
                NodeFmtLib.strNT(entry.source()),
                entry.message()));
      }
      return findings;
    }

    /// Writes the report as SHACL §3.6 defines it, in Turtle.
    public void write(OutputStream out) {
      RDFDataMgr.write(out, report.getGraph(), Lang.TURTLE);
    }
  }

  private Shacl() {}

  /// Validates in a transaction of its own, so that all is read from one snapshot.
  ///
  /// @param graph null for the default graph
  /// @param shapes a file in any RDF syntax
  public static Report validate(Session session, @Nullable String graph, Path shapes) {
    Graph read = read(shapes);
    for (String name : BEYOND_CORE) {
      if (read.contains(Node.ANY, NodeFactory.createURI(NS + name), Node.ANY)) {
        throw Errors.unsupported(null, "sh:" + name + ", which is not in SHACL Core");
      }
    }
    session.begin();
    try {
      ShaclValidator validator = ShaclValidator.get();
      return new Report(validator.validate(validator.parse(read), new StoreGraph(session, graph)));
    } catch (ShaclParseException malformed) {
      throw malformed(shapes, malformed);
    } finally {
      session.rollback();
    }
  }

  private static Graph read(Path file) {
    Graph graph = GraphFactory.createDefaultGraph();
    String name = String.valueOf(file.getFileName());
    try (InputStream in = Files.newInputStream(file)) {
      RDFParser.source(in)
          .lang(RdfReading.syntax(name))
          .base(file.toUri().toString())
          .errorHandler(new RdfFaults(name))
          .parse(graph);
      return graph;
    } catch (RiotException malformed) {
      throw malformed(file, malformed);
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "file '" + file + "' cannot be read: " + unreadable, "");
    }
  }

  private static QueryException malformed(Path file, RuntimeException cause) {
    return new QueryException(
        ErrorCode.MALFORMED_INPUT, null, file.getFileName() + ": " + cause.getMessage(), "");
  }
}
