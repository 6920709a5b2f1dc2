package io.sabot.parser.sparql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.vocabulary.RDF;
import org.jspecify.annotations.Nullable;

/// The triples of a mapping in the order in which they were written.
final class R2rmlDocument {
  private static final RdfFaults FAULTS = new RdfFaults("the mapping is not Turtle");
  static final String NS = "http://www.w3.org/ns/r2rml#";

  private static final Set<String> PROPERTIES =
      Set.of(
          "child",
          "class",
          "column",
          "constant",
          "datatype",
          "graph",
          "graphMap",
          "inverseExpression",
          "joinCondition",
          "language",
          "logicalTable",
          "object",
          "objectMap",
          "parent",
          "parentTriplesMap",
          "predicate",
          "predicateMap",
          "predicateObjectMap",
          "sqlQuery",
          "sqlVersion",
          "subject",
          "subjectMap",
          "tableName",
          "template",
          "termType");

  private final Map<Node, List<Triple>> bySubject = new LinkedHashMap<>();
  private String base;

  private R2rmlDocument(String base) {
    this.base = base;
  }

  /// @param base of relative IRIs where the document declares none
  static R2rmlDocument read(String turtle, String base) {
    R2rmlDocument document = new R2rmlDocument(base);
    try {
      RDFParser.source(new ByteArrayInputStream(turtle.getBytes(StandardCharsets.UTF_8)))
          .lang(Lang.TURTLE)
          .base(base)
          .errorHandler(FAULTS)
          .parse(document.sink());
    } catch (RiotException malformed) {
      throw FAULTS.malformed(String.valueOf(malformed.getMessage()), 0, 0);
    }
    return document;
  }

  private StreamRDFBase sink() {
    return new StreamRDFBase() {
      private boolean declared;

      @Override
      public void base(String iri) {
        // The parser repeats the base that it was given; what counts is the first of the document.
        if (!declared && !iri.equals(base)) {
          base = iri;
          declared = true;
        }
      }

      @Override
      public void triple(Triple triple) {
        Node predicate = triple.getPredicate();
        String iri = predicate.isURI() ? predicate.getURI() : "";
        if (iri.startsWith(NS) && !PROPERTIES.contains(iri.substring(NS.length()))) {
          throw wrong(
              place(triple.getSubject()),
              "R2RML has no property rr:" + iri.substring(NS.length()),
              Errors.didYouMean(iri.substring(NS.length()), PROPERTIES));
        }
        bySubject.computeIfAbsent(triple.getSubject(), _ -> new ArrayList<>()).add(triple);
      }
    };
  }

  /// What relative IRIs that rows give are put behind.
  String base() {
    return base;
  }

  List<Node> subjects() {
    return List.copyOf(bySubject.keySet());
  }

  List<Node> objects(Node subject, String property) {
    List<Node> found = new ArrayList<>();
    for (Triple triple : bySubject.getOrDefault(subject, List.of())) {
      boolean isIt =
          triple.getPredicate().isURI() && triple.getPredicate().getURI().equals(NS + property);
      if (isIt && !found.contains(triple.getObject())) {
        found.add(triple.getObject());
      }
    }
    return found;
  }

  boolean has(Node subject, String property) {
    return !objects(subject, property).isEmpty();
  }

  boolean isOfClass(Node subject, String name) {
    return bySubject.getOrDefault(subject, List.of()).stream()
        .anyMatch(t ->
            t.getPredicate().equals(RDF.Nodes.type)
                && t.getObject().isURI()
                && t.getObject().getURI().equals(NS + name));
  }

  /// The only value of a property, null where there is none.
  @Nullable Node optional(Node subject, String property, String place) {
    List<Node> found = objects(subject, property);
    if (found.size() > 1) {
      throw wrong(place, found.size() + " values of rr:" + property, "it has one");
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  /// The text of a property, null where there is none.
  @Nullable String text(Node subject, String property, String place) {
    Node found = optional(subject, property, place);
    if (found != null && !found.isLiteral()) {
      throw wrong(place, "rr:" + property + " is not a string", "write it in quotes");
    }
    return found == null ? null : found.getLiteralLexicalForm();
  }

  static String place(Node triplesMap) {
    return triplesMap.isURI() ? "<" + triplesMap.getURI() + ">" : "a blank node";
  }

  static QueryException wrong(String place, String message, String hint) {
    return Errors.semantic(null, "R2rml", place + ": " + message, hint);
  }

  /// Complaints about the syntax, with their place in the document.
}
