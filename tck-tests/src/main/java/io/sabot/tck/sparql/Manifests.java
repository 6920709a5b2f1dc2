package io.sabot.tck.sparql;

import java.net.URI;
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
  private static final Property ENTAILMENT =
      ResourceFactory.createProperty(SD + "entailmentRegime");

  private static final List<Property> APPROVALS =
      List.of(
          ResourceFactory.createProperty(
              "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#approval"),
          ResourceFactory.createProperty("http://www.w3.org/ns/rdftest#approval"));

  private final Path root;
  private final String base;
  private final List<ManifestTest> tests = new ArrayList<>();

  private Manifests(Path root, String base) {
    this.root = root;
    this.base = base;
  }

  static List<ManifestTest> read(Path manifest) {
    return read(manifest, "");
  }

  /// @param base what the folder of a manifest is called in expected results, for a manifest that
  ///   does not say; empty for its own IRI
  static List<ManifestTest> read(Path manifest, String base) {
    Manifests manifests = new Manifests(folder(manifest.toAbsolutePath()), base);
    manifests.include(manifest.toUri().toString());
    return manifests.tests;
  }

  private static Path folder(Path file) {
    return file.resolveSibling(".").normalize();
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
    String own = iri.substring(0, iri.lastIndexOf('/') + 1);
    String folder = root.relativize(folder(Path.of(URI.create(iri)))).toString();
    for (Resource manifest : model.listResourcesWithProperty(mf("entries")).toList()) {
      Statement assumed = manifest.getProperty(mf("assumedTestBase"));
      String named = assumed == null ? base : assumed.getResource().getURI();
      for (RDFNode entry : list(manifest.getProperty(mf("entries")))) {
        add(folder, own, named, entry.asResource());
      }
    }
  }

  private static List<RDFNode> list(Statement statement) {
    return statement.getObject().as(RDFList.class).asJavaList();
  }

  /// @param own the IRI of the folder of the manifest
  /// @param assumedBase what the folder of the manifest is called in expected results; empty for
  ///   its own IRI
  private void add(String folder, String own, String assumedBase, Resource test) {
    Statement type = test.getProperty(RDF.type);
    Statement action = test.getProperty(mf("action"));
    if (type == null || action == null || !action.getObject().isResource()) {
      return;
    }
    Statement name = test.getProperty(mf("name"));
    Resource act = action.getResource();
    boolean update = act.hasProperty(ut("request"));
    Statement text = act.getProperty(update ? ut("request") : qt("query"));
    String query =
        text != null ? text.getResource().getURI() : act.isURIResource() ? act.getURI() : "";
    Statement result = test.getProperty(mf("result"));
    tests.add(
        new ManifestTest(
            test.isURIResource() ? test.getURI() : "",
            folder,
            name == null ? String.valueOf(test.getURI()) : name.getString(),
            type.getResource().getLocalName(),
            query,
            assumedBase.isEmpty() ? query : assumedBase + query.substring(own.length()),
            documents(act, update ? ut("data") : qt("data")),
            graphs(act, update ? ut("graphData") : qt("graphData")),
            services(act),
            document(result),
            result == null || !result.getObject().isResource()
                ? Map.of()
                : graphs(result.getResource(), ut("graphData")),
            regimes(test, act),
            approval(test)));
  }

  /// A manifest that names the decision on some tests leaves out the one on others on purpose.
  private static String approval(Resource test) {
    String none = "";
    for (Property property : APPROVALS) {
      Statement approval = test.getProperty(property);
      if (approval != null && approval.getObject().isURIResource()) {
        return approval.getResource().getLocalName();
      }
      if (test.getModel().contains(null, property)) {
        none = "none";
      }
    }
    return none;
  }

  private static String fileName(String iri) {
    return iri.substring(iri.lastIndexOf('/') + 1);
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

  private static Map<String, String> services(Resource action) {
    Map<String, String> services = new LinkedHashMap<>();
    for (Statement statement : action.listProperties(qt("serviceData")).toList()) {
      Statement endpoint = statement.getResource().getProperty(qt("endpoint"));
      Statement data = statement.getResource().getProperty(qt("data"));
      if (endpoint != null && data != null) {
        services.put(endpoint.getResource().getURI(), data.getResource().getURI());
      }
    }
    return services;
  }

  /// One regime, a list of them, or, for the tests of RDF semantics, a word.
  private static List<String> regimes(Resource test, Resource action) {
    Statement regime = action.getProperty(ENTAILMENT);
    if (regime == null) {
      regime = test.getProperty(mf("entailmentRegime"));
    }
    if (regime == null) {
      return List.of();
    }
    if (regime.getObject().isLiteral()) {
      return List.of(regime.getString());
    }
    Resource named = regime.getResource();
    List<RDFNode> all =
        named.canAs(RDFList.class) ? named.as(RDFList.class).asJavaList() : List.of(named);
    return all.stream().map(node -> fileName(node.asResource().getURI())).toList();
  }
}
