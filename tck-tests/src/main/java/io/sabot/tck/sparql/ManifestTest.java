package io.sabot.tck.sparql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entry of a W3C test manifest.
///
/// @param iri names the test in reports; empty for one without a name
/// @param kind local name of the test type, such as `QueryEvaluationTest`
/// @param query IRI of the query or update; for syntax tests that of the text
/// @param base against which relative IRIs of the text are resolved
/// @param data IRIs of the documents of the default graph
/// @param graphs IRI of a document by the name of its graph
/// @param services IRI of a document by the endpoint that serves it
/// @param result IRI of the expected result; null for none
/// @param resultGraphs for updates: IRI of a document by the name of its graph
/// @param regimes local names of the entailment regimes that it needs, such as `RDFS`
/// @param approval what its working group decided, such as `Approved`; `none` when the manifest
///   says it of other tests only, empty when it says it of no test
record ManifestTest(
    String iri,
    String folder,
    String name,
    String kind,
    String query,
    String base,
    List<String> data,
    Map<String, String> graphs,
    Map<String, String> services,
    @Nullable String result,
    Map<String, String> resultGraphs,
    List<String> regimes,
    String approval) {
  /// Where the manifest says nothing of any test, all are.
  boolean isApproved() {
    return approval.isEmpty() || approval.equalsIgnoreCase("approved");
  }

  boolean isWithdrawn() {
    return approval.equalsIgnoreCase("withdrawn");
  }
}
