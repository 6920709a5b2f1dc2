package io.sabot.tck.sparql;

import io.sabot.engine.Result;
import io.sabot.engine.io.JenaTerms;
import io.sabot.engine.io.SparqlResults;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.query.ResultSet;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ResourceFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.resultset.RDFInput;
import org.apache.jena.sparql.resultset.ResultsReader;
import org.apache.jena.sparql.resultset.SPARQLResult;
import org.apache.jena.sparql.util.IsoMatcher;
import org.jspecify.annotations.Nullable;

/// The result of a query as a test sees it: solutions, an answer or triples.
///
/// @param rows solutions by variable, an unbound variable absent
/// @param ordered whether the document gives an order of the rows
/// @param answer of an ASK
/// @param triples of a CONSTRUCT or DESCRIBE
record Solutions(
    List<Map<String, Value>> rows,
    boolean ordered,
    @Nullable Boolean answer,
    @Nullable Graph triples) {

  private static final String RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

  private static Solutions rows(ResultSet set, boolean ordered) {
    List<Map<String, Value>> rows = new ArrayList<>();
    while (set.hasNext()) {
      Binding binding = set.nextBinding();
      Map<String, Value> row = new TreeMap<>();
      binding.forEach((variable, node) -> row.put(variable.getName(), JenaTerms.value(node, "")));
      rows.add(row);
    }
    return new Solutions(rows, ordered, null, null);
  }

  private static Solutions of(SPARQLResult read) {
    return read.isBoolean()
        ? new Solutions(List.of(), false, read.getBooleanResult(), null)
        : rows(read.getResultSet(), false);
  }

  /// Reads an expected result in a result format, or in RDF: a result set described, or triples.
  static Solutions read(String document) throws IOException {
    Lang lang = RDFLanguages.filenameToLang(document);
    if (RDFLanguages.isTriples(lang)) {
      Model model = RDFDataMgr.loadModel(document);
      if (model.contains(null, null, ResourceFactory.createResource(RS + "ResultSet"))) {
        boolean isAnswer = model.contains(null, ResourceFactory.createProperty(RS + "boolean"));
        boolean indexed = model.contains(null, ResourceFactory.createProperty(RS + "index"));
        return isAnswer ? answer(model) : rows(new RDFInput(model), indexed);
      }
      return new Solutions(List.of(), false, null, model.getGraph());
    }
    try (InputStream in = Files.newInputStream(Path.of(URI.create(document)))) {
      return of(ResultsReader.create().lang(lang).build().readAny(in));
    }
  }

  private static Solutions answer(Model model) {
    boolean yes =
        model
            .listObjectsOfProperty(ResourceFactory.createProperty(RS + "boolean"))
            .next()
            .asLiteral()
            .getBoolean();
    return new Solutions(List.of(), false, yes, null);
  }

  /// Takes a result through one of W3C's formats: what the engine writes, a reader of others must
  /// understand.
  static Solutions through(Result result, SparqlResults.Format format) throws IOException {
    if (result.form() == ResultForm.TRIPLES) {
      Graph graph = org.apache.jena.sparql.graph.GraphFactory.createDefaultGraph();
      result.forEachRemaining(row ->
          graph.add(
              JenaTerms.node(row.value(0)),
              JenaTerms.node(row.value(1)),
              JenaTerms.node(row.value(2))));
      return new Solutions(List.of(), false, null, graph);
    }
    boolean isAnswer = result.form() == ResultForm.BOOLEAN;
    SparqlResults.Format used =
        isAnswer && !format.hasBooleans() ? SparqlResults.Format.JSON : format;
    StringBuilder text = new StringBuilder();
    SparqlResults.write(result, used, text);
    return of(
        ResultsReader.create()
            .lang(RDFLanguages.contentTypeToLang(used.mediaType()))
            .build()
            .readAny(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8))));
  }

  /// REDUCED may keep any number of duplicates, so only the distinct rows are compared.
  Solutions distinct() {
    return new Solutions(new ArrayList<>(new LinkedHashSet<>(rows)), ordered, answer, triples);
  }

  /// What differs from the wanted result; empty when nothing does.
  String differences(Solutions wanted) {
    if (triples != null) {
      return wanted.triples != null && IsoMatcher.isomorphic(triples, wanted.triples)
          ? ""
          : "other triples: " + triples;
    }
    if (answer != null) {
      return answer.equals(wanted.answer) ? "" : "found " + answer + ", expected " + wanted.answer;
    }
    boolean same =
        RowComparison.same(rows, wanted.rows)
            && (!wanted.ordered || RowComparison.sameOrder(rows, wanted.rows));
    return same
        ? ""
        : String.format(
            java.util.Locale.ROOT,
            "found %d rows, expected %d, surplus %s, missing %s",
            rows.size(),
            wanted.rows.size(),
            RowComparison.surplus(rows, wanted.rows),
            RowComparison.surplus(wanted.rows, rows));
  }
}
