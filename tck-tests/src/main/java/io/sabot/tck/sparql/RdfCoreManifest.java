package io.sabot.tck.sparql;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.rdf.model.ResourceFactory;
import org.apache.jena.rdf.model.Statement;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.vocabulary.RDF;
import org.jspecify.annotations.Nullable;

/// Reads the manifest of the RDF Core working group's tests of RDF/XML (2004), which has a
/// vocabulary of its own and calls documents by where they were on W3C's site.
final class RdfCoreManifest {
  private static final String SITE = "http://www.w3.org/2000/10/rdf-tests/rdfcore/";

  private RdfCoreManifest() {}

  static List<ManifestTest> read(Path manifest) {
    Model model = RDFDataMgr.loadModel(manifest.toUri().toString());
    List<Resource> named =
        model.listResourcesWithProperty(property("status")).toList().stream()
            .sorted(Comparator.comparing(Resource::getURI))
            .toList();
    List<ManifestTest> tests = new ArrayList<>();
    for (Resource test : named) {
      tests.add(test(test, manifest));
    }
    return tests;
  }

  private static Property property(String name) {
    return ResourceFactory.createProperty(SITE + "testSchema#" + name);
  }

  /// A document is read under its name on W3C's site.
  private static ManifestTest test(Resource test, Path manifest) {
    String iri = test.getURI();
    String input = document(test, "inputDocument");
    String output = document(test, "outputDocument");
    return new ManifestTest(
        iri,
        iri.substring(SITE.length(), iri.lastIndexOf('/')),
        iri.substring(iri.lastIndexOf('#') + 1),
        test.getProperty(RDF.type).getResource().getLocalName(),
        input == null ? "" : file(input, manifest),
        input == null ? "" : input,
        List.of(),
        Map.of(),
        Map.of(),
        output == null ? null : file(output, manifest),
        Map.of(),
        List.of(),
        test.getProperty(property("status")).getString());
  }

  private static @Nullable String document(Resource test, String name) {
    Statement document = test.getProperty(property(name));
    return document == null ? null : document.getResource().getURI();
  }

  private static String file(String document, Path manifest) {
    return manifest.resolveSibling(document.substring(SITE.length())).toUri().toString();
  }
}
