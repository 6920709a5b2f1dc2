package io.sabot.tck.sparql;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.RDFList;
import org.apache.jena.rdf.model.RDFNode;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.rdf.model.ResourceFactory;
import org.apache.jena.rdf.model.Statement;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.jspecify.annotations.Nullable;

/// Reads W3C manifests, following their includes.
final class Manifests {
  private static final String MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
  private static final String QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
  private static final String UT = "http://www.w3.org/2009/sparql/tests/test-update#";
  private static final String SD = "http://www.w3.org/ns/sparql-service-description#";

  private final List<ManifestTest> tests = new ArrayList<>();

  private Manifests() {}

  static List<ManifestTest> read(Path manifest) {
    Manifests manifests = new Manifests();
    manifests.include(manifest.toUri().toString());
    return manifests.tests;
  }

  private static Property mf(String name) {
    return ResourceFactory.createProperty(MF + name);
  }

  private static Property qt(String name) {
    return ResourceFactory.createProperty(QT + name);
  }

  private static Property ut(String name) {
    return ResourceFactory.createProperty(UT + name);
  }

  private void include(String iri) {
    Model model = RDFDataMgr.loadModel(iri);
    for (Resource manifest : model.listResourcesWithProperty(mf("include")).toList()) {
      for (RDFNode part : list(manifest.getProperty(mf("include")))) {
        include(part.asResource().getURI());
      }
    }
    String[] segments = iri.split("/");
    String folder = segments[segments.length - 2];
    for (Resource manifest : model.listResourcesWithProperty(mf("entries")).toList()) {
      for (RDFNode entry : list(manifest.getProperty(mf("entries")))) {
        add(folder, entry.asResource());
      }
    }
  }

  private static List<RDFNode> list(Statement statement) {
    return statement.getObject().as(RDFList.class).asJavaList();
  }

  private void add(String folder, Resource test) {
    Statement type = test.getProperty(RDF.type);
    Statement action = test.getProperty(mf("action"));
    if (type == null || action == null) {
      return;
    }
    Statement name = test.getProperty(mf("name"));
    Resource act = action.getResource();
    Statement text =
        act.getProperty(qt("query")) != null
            ? act.getProperty(qt("query"))
            : act.getProperty(ut("request"));
    String query =
        text != null ? text.getResource().getURI() : act.isURIResource() ? act.getURI() : "";
    Statement result = test.getProperty(mf("result"));
    String entail = SD + "entailmentRegime";
    boolean entailment = act.hasProperty(ResourceFactory.createProperty(entail));
    Property data = act.hasProperty(ut("request")) ? ut("data") : qt("data");
    Property graphData = act.hasProperty(ut("request")) ? ut("graphData") : qt("graphData");
    tests.add(
        new ManifestTest(
            folder,
            name == null ? String.valueOf(test.getURI()) : name.getString(),
            type.getResource().getLocalName(),
            query,
            documents(act, data),
            graphs(act, graphData),
            document(result),
            result == null || !result.getObject().isResource()
                ? Map.of()
                : graphs(result.getResource(), ut("graphData")),
            entailment,
            act.hasProperty(qt("serviceData"))));
  }

  private static @Nullable String document(@Nullable Statement result) {
    if (result == null || !result.getObject().isResource()) {
      return null;
    }
    Resource resource = result.getResource();
    if (resource.isURIResource()) {
      return resource.getURI();
    }
    Statement data = resource.getProperty(ut("data"));
    return data == null ? null : data.getResource().getURI();
  }

  private static List<String> documents(Resource action, Property property) {
    return action.listProperties(property).toList().stream()
        .map(statement -> statement.getResource().getURI())
        .toList();
  }

  private static Map<String, String> graphs(Resource action, Property property) {
    Map<String, String> graphs = new LinkedHashMap<>();
    for (Statement statement : action.listProperties(property).toList()) {
      Resource graph = statement.getResource();
      Statement document = graph.getProperty(ut("graph"));
      Statement label = graph.getProperty(RDFS.label);
      if (document == null) {
        graphs.put(graph.getURI(), graph.getURI());
      } else {
        graphs.put(
            label == null ? document.getResource().getURI() : label.getString(),
            document.getResource().getURI());
      }
    }
    return graphs;
  }
}
