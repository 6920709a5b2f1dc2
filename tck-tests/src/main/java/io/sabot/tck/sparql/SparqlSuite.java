package io.sabot.tck.sparql;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.infer.Inference;
import io.sabot.engine.infer.RuleSet;
import io.sabot.engine.io.JenaTerms;
import io.sabot.engine.io.RdfImport;
import io.sabot.engine.io.SparqlResults;
import io.sabot.plan.error.ErrorCode;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.IsoMatcher;
import org.jspecify.annotations.Nullable;

/// Runs a W3C SPARQL suite: evaluation and syntax tests of queries and updates. Service tests ask
/// endpoints on loopback. Entailment tests are asked over what the rules of their regime infer.
/// Protocol and service description tests, and those of regimes without rules, are skipped and
/// counted.
public final class SparqlSuite {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final long SLOW_MILLIS = 2000;
  private static final String INFERRED = "http://sabot.local/inferred";

  private final String suite;
  private final Path manifest;
  private final Options options;
  private final Exceptions exceptions;

  private SparqlSuite(String suite, Path manifest, Exceptions exceptions, boolean optimizer) {
    this.suite = suite;
    this.manifest = manifest;
    this.options = Options.defaults().withOptimizer(optimizer).withTimeout(TIMEOUT);
    this.exceptions = exceptions;
  }

  /// @param suite `sparql10`, `sparql11` or `sparql12`
  /// @param checkout of W3C's rdf-tests; null for the data on the class path
  public static SparqlSuite of(String suite, @Nullable Path checkout, boolean optimizer) {
    if (checkout != null) {
      return new SparqlSuite(
          suite,
          manifest(checkout.resolve("sparql").resolve(suite)),
          Exceptions.of(suite + "-w3c"),
          optimizer);
    }
    if (suite.equals("sparql12")) {
      throw new IllegalArgumentException("sparql12 needs --tests with a checkout of rdf-tests");
    }
    boolean ten = suite.equals("sparql10");
    String folder = ten ? "testcases-sparql-1.0-w3c/data-r2" : "testcases-sparql-1.1-w3c";
    String marker = ten ? "manifest-evaluation.ttl" : "manifest-all.ttl";
    Path manifest = SuiteFiles.unpack(folder, marker).resolve(marker);
    return new SparqlSuite(suite, manifest, Exceptions.of(suite + "-maven"), optimizer);
  }

  /// Some suites leave out of their main manifest what needs a protocol or an entailment regime.
  private static Path manifest(Path folder) {
    Path all = folder.resolve("manifest-all.ttl");
    return Files.exists(all) ? all : folder.resolve("manifest.ttl");
  }

  public SuiteReport run(Predicate<String> wanted) {
    SuiteReport report = new SuiteReport(suite);
    List<ManifestTest> tests = new ArrayList<>(Manifests.read(manifest));
    Path syntax = manifest.resolveSibling("manifest-syntax.ttl");
    if (manifest.endsWith("manifest-evaluation.ttl") && Files.exists(syntax)) {
      tests.addAll(Manifests.read(syntax));
    }
    for (ManifestTest test : tests) {
      if (wanted.test(test.folder() + " " + test.name())) {
        Outcome outcome = exceptions.apply(run(test), test.isApproved());
        if (outcome.millis() > SLOW_MILLIS) {
          System.err.println(outcome.millis() + " ms: " + test.folder() + " " + test.name());
        }
        report.add(outcome);
      }
    }
    exceptions.unmet(wanted).forEach(report::add);
    return report;
  }

  private Outcome run(ManifestTest test) {
    long start = System.nanoTime();
    String skipped = skipReason(test);
    Status status = skipped.isEmpty() ? Status.PASSED : Status.SKIPPED;
    String message = skipped;
    if (skipped.isEmpty()) {
      try {
        message = execute(test);
        status = message.isEmpty() ? Status.PASSED : Status.FAILED;
      } catch (Exception | AssertionError | StackOverflowError failed) {
        status = Status.FAILED;
        message = String.valueOf(failed) + cause(failed);
      }
    }
    return new Outcome(
        test.iri(),
        test.folder(),
        test.name(),
        status,
        message,
        (System.nanoTime() - start) / 1_000_000);
  }

  private static String cause(Throwable failed) {
    Throwable cause = failed.getCause();
    return cause == null || cause.getStackTrace().length == 0
        ? ""
        : " caused by " + cause + " at " + cause.getStackTrace()[0];
  }

  private static String skipReason(ManifestTest test) {
    if (test.isWithdrawn()) {
      return "withdrawn by its working group";
    }
    if (!test.regimes().isEmpty() && rules(test).isEmpty()) {
      return "needs the entailment regime " + String.join(" or ", test.regimes());
    }
    return switch (test.kind()) {
      case "ProtocolTest", "ServiceDescriptionTest", "GraphStoreProtocolTest" ->
          "needs a protocol server";
      default -> "";
    };
  }

  /// The rules of the first regime of a test that rules can serve; OWL's direct semantics and RIF
  /// need a reasoner of another kind. The datatypes of regime D are those of RDFS.
  private static Optional<RuleSet> rules(ManifestTest test) {
    if (test.regimes().contains("RDFS") || test.regimes().contains("D")) {
      return Optional.of(RuleSet.RDFS_FULL);
    }
    if (test.regimes().contains("RDF")) {
      return Optional.of(RuleSet.RDF_FULL);
    }
    return test.regimes().contains("OWL-RDF-Based")
        ? Optional.of(RuleSet.OWL_RL_FULL)
        : Optional.empty();
  }

  /// Runs a test and returns what is wrong, or an empty text.
  private String execute(ManifestTest test) throws IOException {
    return switch (test.kind()) {
      case "PositiveSyntaxTest",
          "PositiveSyntaxTest11",
          "PositiveUpdateSyntaxTest",
          "PositiveUpdateSyntaxTest11" ->
          syntax(test, true);
      case "NegativeSyntaxTest",
          "NegativeSyntaxTest11",
          "NegativeUpdateSyntaxTest",
          "NegativeUpdateSyntaxTest11" ->
          syntax(test, false);
      case "QueryEvaluationTest", "CSVResultFormatTest", "ReducedCardinalityTest" -> query(test);
      case "UpdateEvaluationTest" -> update(test);
      default -> "unknown kind of test: " + test.kind();
    };
  }

  private static String text(String iri) throws IOException {
    String text = Files.readString(Path.of(URI.create(iri)), StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private String syntax(ManifestTest test, boolean positive) throws IOException {
    try (Sabot database = Sabot.inMemory(options);
        Session session = database.session()) {
      try {
        session.check(Language.SPARQL, base(test) + text(test.query()), Map.of());
        return positive ? "" : "accepted, but is malformed";
      } catch (QueryException refused) {
        boolean syntactic =
            refused.code() == ErrorCode.SYNTAX_ERROR || refused.code() == ErrorCode.UNKNOWN_PREFIX;
        boolean lowered = refused.code() == ErrorCode.UNSUPPORTED;
        return positive == lowered || positive != syntactic
            ? ""
            : "refused: " + refused.getMessage();
      }
    }
  }

  /// Relative IRIs of a test are resolved against its file. The line is not ended, so that
  /// positions keep their line.
  private static String base(ManifestTest test) {
    return "BASE <" + test.base() + "> ";
  }

  static void load(Sabot database, List<String> data, Map<String, String> graphs) {
    try (Transaction transaction = database.store().begin()) {
      for (String document : data) {
        read(new RdfImport(transaction, Value.NULL, n -> {}), document);
      }
      graphs.forEach((name, document) ->
          read(new RdfImport(transaction, new Value.Iri(name), n -> {}), document));
      transaction.commit();
    }
  }

  private static void read(RdfImport rdf, String document) {
    try (InputStream in = Files.newInputStream(Path.of(URI.create(document)))) {
      rdf.read(in, document, document);
    } catch (IOException cannotRead) {
      throw new java.io.UncheckedIOException(cannotRead);
    }
  }

  private String query(ManifestTest test) throws IOException {
    String text = text(test.query());
    String expected = test.result();
    if (expected == null) {
      return "the test has no result";
    }
    try (LoopbackEndpoints endpoints = LoopbackEndpoints.start(test.services(), options);
        Sabot database = Sabot.inMemory(options.withAccess(endpoints.access()));
        Session session = database.session()) {
      load(database, test.data(), graphs(test, text));
      rules(test).ifPresent(rules -> infer(session, rules));
      try (Result result = session.run(Language.SPARQL, base(test) + text)) {
        return compare(text, result, expected);
      }
    }
  }

  private static void infer(Session session, RuleSet rules) {
    Inference.infer(session, rules, INFERRED, round -> {});
    session.setOptions(session.options().withEntailment(INFERRED));
  }

  /// A dataset named in the query itself is loaded under its names.
  private static Map<String, String> graphs(ManifestTest test, String text) {
    Map<String, String> graphs = new TreeMap<>(test.graphs());
    if (test.data().isEmpty() && test.graphs().isEmpty()) {
      var query =
          org.apache.jena.query.QueryFactory.create(
              text, test.query(), org.apache.jena.query.Syntax.syntaxSPARQL_12);
      query.getGraphURIs().forEach(iri -> graphs.put(iri, iri));
      query.getNamedGraphURIs().forEach(iri -> graphs.put(iri, iri));
    }
    return graphs;
  }

  /// CSV keeps no types, so it is compared as text; all else goes through the format that the
  /// expected result is in.
  private static String compare(String text, Result result, String expected) throws IOException {
    if (expected.endsWith(".csv")) {
      StringBuilder found = new StringBuilder();
      SparqlResults.write(result, SparqlResults.Format.CSV, found);
      String wanted = Files.readString(Path.of(URI.create(expected)), StandardCharsets.UTF_8);
      return CsvComparison.same(found.toString(), wanted)
          ? ""
          : "found " + found + ", expected " + wanted;
    }
    SparqlResults.Format format =
        expected.endsWith(".srx")
            ? SparqlResults.Format.XML
            : expected.endsWith(".tsv") ? SparqlResults.Format.TSV : SparqlResults.Format.JSON;
    Solutions found = Solutions.through(result, format);
    Solutions wanted = Solutions.read(expected);
    return text.contains("REDUCED")
        ? found.distinct().differences(wanted.distinct())
        : found.differences(wanted);
  }

  private String update(ManifestTest test) throws IOException {
    try (Sabot database = Sabot.inMemory(options);
        Session session = database.session()) {
      load(database, test.data(), test.graphs());
      session.run(Language.SPARQL, base(test) + text(test.query())).close();
      DatasetGraph expected = expected(test);
      List<Node> names = new ArrayList<>(List.of(Quad.defaultGraphIRI));
      expected.listGraphNodes().forEachRemaining(names::add);
      try (Result graphs = session.run(Language.SPARQL, "SELECT ?g { GRAPH ?g {} }")) {
        graphs.forEachRemaining(row -> names.add(JenaTerms.node(row.value(0))));
      }
      String wrong = "";
      for (Node name : names) {
        if (wrong.isEmpty()) {
          wrong = compareGraph(session, name, expected.getGraph(name));
        }
      }
      return wrong;
    }
  }

  /// The document of the default graph may hold named graphs as well.
  private static DatasetGraph expected(ManifestTest test) {
    String document = test.result();
    DatasetGraph expected =
        document == null ? DatasetGraphFactory.create() : RDFDataMgr.loadDatasetGraph(document);
    test.resultGraphs()
        .forEach((name, file) ->
            expected.addGraph(NodeFactory.createURI(name), RDFDataMgr.loadGraph(file)));
    return expected;
  }

  private static String compareGraph(Session session, Node name, Graph wanted) {
    boolean isDefault = name.equals(Quad.defaultGraphIRI);
    String pattern = isDefault ? "{ ?s ?p ?o }" : "{ GRAPH <" + name + "> { ?s ?p ?o } }";
    Graph actual = GraphFactory.createDefaultGraph();
    try (Result result = session.run(Language.SPARQL, "SELECT ?s ?p ?o " + pattern)) {
      result.forEachRemaining(row ->
          actual.add(
              JenaTerms.node(row.value(0)),
              JenaTerms.node(row.value(1)),
              JenaTerms.node(row.value(2))));
    }
    return IsoMatcher.isomorphic(actual, wanted)
        ? ""
        : "graph <" + name + ">: found " + actual + ", expected " + wanted;
  }
}
