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
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.util.IsoMatcher;

/// W3C's suites of RDF syntaxes: each document is imported into a database, and what the database
/// then holds is compared. Tests of RDF's semantics are skipped and counted.
public final class RdfSuite {
  private static final String ALL =
      "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";

  private final Path checkout;
  private final Options options;
  private final Exceptions exceptions = Exceptions.of("rdf");

  /// @param checkout of W3C's rdf-tests
  public RdfSuite(Path checkout, boolean optimizer) {
    this.checkout = checkout;
    this.options = Options.defaults().withOptimizer(optimizer);
  }

  public SuiteReport run(Predicate<String> wanted) {
    SuiteReport report = new SuiteReport("rdf");
    for (String version : List.of("rdf11", "rdf12")) {
      Path manifest = checkout.resolve("rdf").resolve(version).resolve("manifest.ttl");
      for (ManifestTest test : Manifests.read(manifest)) {
        String folder = version + "/" + test.folder();
        if (wanted.test(folder + " " + test.name())) {
          report.add(exceptions.apply(run(folder, test)));
        }
      }
    }
    return report;
  }

  private Outcome run(String folder, ManifestTest test) {
    long start = System.nanoTime();
    Status status = Status.PASSED;
    String message = "";
    try {
      if (test.kind().endsWith("EntailmentTest")) {
        status = Status.SKIPPED;
        message = "a test of RDF's semantics";
      } else {
        message = execute(test);
        status = message.isEmpty() ? Status.PASSED : Status.FAILED;
      }
    } catch (Exception | AssertionError | StackOverflowError failed) {
      status = Status.FAILED;
      message = String.valueOf(failed);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new Outcome(test.iri(), folder, test.name(), status, message, millis);
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
        found.add(NQuads.line(row.value(0), row.value(1), row.value(2), row.value(3)).strip());
      }
    }
    TreeSet<String> wanted = new TreeSet<>();
    Files.readString(Path.of(URI.create(document)), StandardCharsets.UTF_8)
        .lines()
        .forEach(wanted::add);
    return found.equals(wanted) ? "" : "found " + found + ", expected " + wanted;
  }
}
