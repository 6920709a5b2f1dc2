package io.sabot.tck.sparql;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.engine.Sabot;
import io.sabot.engine.io.JenaTerms;
import io.sabot.engine.io.NQuads;
import io.sabot.engine.io.RdfImport;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import io.sabot.store.Transaction;
import io.sabot.tck.report.Exceptions;
import io.sabot.tck.report.SuiteReport;
import io.sabot.tck.report.SuiteReport.Outcome;
import io.sabot.tck.report.SuiteReport.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.util.IsoMatcher;
import org.jspecify.annotations.Nullable;

/// W3C's suites of RDF syntaxes, with RDF4J's of RDF/JSON: each document is imported into a
/// database, and what the database then holds is compared. Tests of RDF's semantics are skipped and
/// counted.
public final class RdfSuite {
  private static final String ALL =
      "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";

  private final List<Part> parts;
  private final Options options;
  private final Exceptions exceptions;

  private RdfSuite(List<Part> parts, Exceptions exceptions, boolean optimizer) {
    this.parts = parts;
    this.options = Options.defaults().withOptimizer(optimizer);
    this.exceptions = exceptions;
  }

  /// The tests of one manifest and those that it includes.
  private record Part(String folder, List<ManifestTest> tests) {
    String folder(ManifestTest test) {
      return test.folder().isEmpty() ? folder : folder + "/" + test.folder();
    }
  }

  /// @param checkout of W3C's rdf-tests; null for the data on the class path
  public static RdfSuite of(@Nullable Path checkout, boolean optimizer) {
    return checkout == null
        ? new RdfSuite(published(), Exceptions.of("rdf-maven"), optimizer)
        : new RdfSuite(current(checkout), Exceptions.of("rdf-w3c"), optimizer);
  }

  private static List<Part> current(Path checkout) {
    List<Part> parts = new ArrayList<>();
    for (String version : List.of("rdf11", "rdf12")) {
      Path manifest = checkout.resolve("rdf").resolve(version).resolve("manifest.ttl");
      // The manifest of 1.2 includes that of 1.1.
      parts.add(
          new Part(
              version,
              Manifests.read(manifest).stream()
                  .filter(test -> !test.folder().startsWith(".."))
                  .toList()));
    }
    return parts;
  }

  /// The copies that RDF4J publishes. Their manifests do not say where W3C had them, which the
  /// expected results of two name.
  private static List<Part> published() {
    Path root = SuiteFiles.unpack("testcases", "nquads/manifest.ttl");
    List<Part> parts = new ArrayList<>();
    parts.add(published(root, "ntriples", ""));
    parts.add(published(root, "nquads", ""));
    parts.add(published(root, "turtle/tests-nt", ""));
    parts.add(
        published(root, "turtle/tests-ttl-w3c-20170126", "http://www.w3.org/2013/TurtleTests/"));
    parts.add(published(root, "trig", "http://www.w3.org/2013/TriGTests/"));
    parts.add(published(root, "rdfjson", ""));
    String xml = "rdfxml/w3c-approved";
    parts.add(new Part(xml, RdfCoreManifest.read(root.resolve(xml).resolve("Manifest.rdf"))));
    return parts;
  }

  private static Part published(Path root, String folder, String base) {
    return new Part(folder, Manifests.read(root.resolve(folder).resolve("manifest.ttl"), base));
  }

  public SuiteReport run(Predicate<String> wanted) {
    SuiteReport report = new SuiteReport("rdf");
    for (Part part : parts) {
      for (ManifestTest test : part.tests()) {
        String folder = part.folder(test);
        if (wanted.test(folder + " " + test.name())) {
          report.add(exceptions.apply(run(folder, test), test.isApproved()));
        }
      }
    }
    exceptions.unmet(wanted).forEach(report::add);
    return report;
  }

  private Outcome run(String folder, ManifestTest test) {
    long start = System.nanoTime();
    String message = skipReason(test);
    Status status = message.isEmpty() ? Status.PASSED : Status.SKIPPED;
    if (message.isEmpty()) {
      try {
        message = execute(test);
        status = message.isEmpty() ? Status.PASSED : Status.FAILED;
      } catch (Exception | AssertionError | StackOverflowError failed) {
        status = Status.FAILED;
        message = String.valueOf(failed);
      }
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new Outcome(test.iri(), folder, test.name(), status, message, millis);
  }

  /// RDF Core kept in its manifest what it had given up or not decided; later groups did not.
  private static String skipReason(ManifestTest test) {
    if (test.isWithdrawn()) {
      return "withdrawn by its working group";
    }
    if (test.kind().endsWith("EntailmentTest") || test.kind().equals("MiscellaneousTest")) {
      return "a test of RDF's semantics";
    }
    return test.kind().endsWith("ParserTest") && !test.isApproved()
        ? "not approved by the RDF Core working group: " + test.approval()
        : "";
  }

  private String execute(ManifestTest test) throws IOException {
    try (Sabot database = Sabot.inMemory(options)) {
      try {
        load(database, test);
      } catch (QueryException refused) {
        return test.kind().contains("Negative") ? "" : "refused: " + refused.getMessage();
      }
      if (test.kind().contains("Negative")) {
        return "accepted, but is malformed";
      }
      String result = test.result();
      if (result == null) {
        return "";
      }
      return test.kind().endsWith("C14N") ? canonical(database, result) : same(database, result);
    }
  }

  private static void load(Sabot database, ManifestTest test) throws IOException {
    try (Transaction transaction = database.store().begin();
        InputStream in = Files.newInputStream(Path.of(URI.create(test.query())))) {
      new RdfImport(transaction, Value.NULL, n -> {}).read(in, test.query(), test.base());
      transaction.commit();
    }
  }

  private static String same(Sabot database, String document) {
    DatasetGraph found = DatasetGraphFactory.create();
    try (Result result = database.session().run(Language.SPARQL, ALL)) {
      result.forEachRemaining(row ->
          found.add(
              new Quad(
                  row.value(0).isNull() ? Quad.defaultGraphIRI : JenaTerms.node(row.value(0)),
                  JenaTerms.node(row.value(1)),
                  JenaTerms.node(row.value(2)),
                  JenaTerms.node(row.value(3)))));
    }
    DatasetGraph wanted = RDFDataMgr.loadDatasetGraph(document);
    return IsoMatcher.isomorphic(found, wanted)
        ? ""
        : "found " + quads(found) + ", expected " + quads(wanted);
  }

  private static String quads(DatasetGraph graphs) {
    StringBuilder out = new StringBuilder();
    graphs.find().forEachRemaining(quad -> out.append(quad).append(' '));
    return out.toString();
  }

  private static String canonical(Sabot database, String document) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    try (Result result = database.session().run(Language.SPARQL, ALL)) {
      while (result.hasNext()) {
        Row row = result.next();
        String line = NQuads.line(row.value(0), row.value(1), row.value(2), row.value(3));
        found.add(unlabelled(line));
      }
    }
    TreeSet<String> wanted = new TreeSet<>();
    Files.readString(Path.of(URI.create(document)), StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> wanted.add(unlabelled(line)));
    return found.equals(wanted) ? "" : "found " + found + ", expected " + wanted;
  }

  /// The form is about characters; what a blank node is called is not part of it.
  private static String unlabelled(String line) {
    return line.strip().replaceAll("_:\\w+", "_:");
  }
}
