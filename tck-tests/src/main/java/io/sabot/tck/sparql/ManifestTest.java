package io.sabot.tck.sparql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entry of a W3C test manifest.
///
/// @param kind local name of the test type, such as `QueryEvaluationTest`
/// @param query IRI of the query or update; for syntax tests that of the text
/// @param data IRIs of the documents of the default graph
/// @param graphs IRI of a document by the name of its graph
/// @param result IRI of the expected result; null for none
/// @param resultGraphs for updates: IRI of a document by the name of its graph
/// @param entailment whether it needs an entailment regime
record ManifestTest(
    String folder,
    String name,
    String kind,
    String query,
    List<String> data,
    Map<String, String> graphs,
    @Nullable String result,
    Map<String, String> resultGraphs,
    boolean entailment,
    boolean service) {}
