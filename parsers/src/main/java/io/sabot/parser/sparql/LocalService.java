package io.sabot.parser.sparql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.vocabulary.RDF;
import org.jspecify.annotations.Nullable;

/// A query in another language inside SPARQL:
///
/// ```
/// SERVICE sabot:sql { [] sabot:text "SELECT name, age FROM person WHERE id = $id" ;
///                        sabot:in (?id) ; sabot:out (?name ?age) }
/// ```
///
/// `SERVICE sabot:view { [] sabot:name "v" ; sabot:out (?a ?b) }` gives the rows of a view, in
/// whatever language it is.
///
/// The prefix `sabot:` is declared from the start. What follows SERVICE is ordinary SPARQL syntax,
/// so no parser needs to know of it.
///
/// @param language `sql` or `cypher`, or {@link #VIEW}
/// @param in variables of the group so far that the text reads as `$name`
/// @param out variables for the columns of the text, in order; null for those of the same names
record LocalService(String language, String text, List<String> in, @Nullable List<String> out) {
  static final String NAMESPACE = "sabot:";

  /// In place of a language: the text is the name of a view.
  static final String VIEW = "view";

  /// Whether a SERVICE is a query of this store in another language.
  static boolean isLocal(OpService service) {
    return service.getService().isURI() && service.getService().getURI().startsWith(NAMESPACE);
  }

  static LocalService of(OpService service) {
    String iri = service.getService().getURI();
    String language = iri.substring(NAMESPACE.length());
    if (!language.equals("sql") && !language.equals("cypher") && !language.equals(VIEW)) {
      throw Errors.unsupported(null, "SERVICE <" + iri + ">");
    }
    Op op = service.getSubOp();
    if (!(op instanceof OpBGP bgp)) {
      throw malformed(iri, "it holds more than triples");
    }
    Map<Node, Triple> firsts = new HashMap<>();
    Map<Node, Node> rests = new HashMap<>();
    Map<String, Node> parts = new HashMap<>();
    for (Triple triple : bgp.getPattern().getList()) {
      Node predicate = triple.getPredicate();
      if (predicate.equals(RDF.Nodes.first)) {
        firsts.put(triple.getSubject(), triple);
      } else if (predicate.equals(RDF.Nodes.rest)) {
        rests.put(triple.getSubject(), triple.getObject());
      } else if (!predicate.isURI()
          || !predicate.getURI().startsWith(NAMESPACE)
          || parts.put(predicate.getURI().substring(NAMESPACE.length()), triple.getObject())
              != null) {
        throw malformed(iri, "the property " + predicate + " is unknown or occurs twice");
      }
    }
    Node text = parts.remove(language.equals(VIEW) ? "name" : "text");
    Node in = parts.remove("in");
    Node out = parts.remove("out");
    if (text == null || !text.isLiteral()) {
      throw malformed(
          iri, "sabot:" + (language.equals(VIEW) ? "name" : "text") + " is missing or no string");
    }
    if (!parts.isEmpty()) {
      throw malformed(iri, "sabot:" + parts.keySet().iterator().next() + " is unknown");
    }
    return new LocalService(
        language,
        text.getLiteralLexicalForm(),
        in == null ? List.of() : variables(iri, in, firsts, rests),
        out == null ? null : variables(iri, out, firsts, rests));
  }

  private static List<String> variables(
      String iri, Node list, Map<Node, Triple> firsts, Map<Node, Node> rests) {
    List<String> names = new ArrayList<>();
    Node at = list;
    while (!at.equals(RDF.Nodes.nil)) {
      Triple first = firsts.get(at);
      Node rest = rests.get(at);
      if (first == null || rest == null || !Var.isVar(first.getObject())) {
        throw malformed(iri, "sabot:in and sabot:out take lists of variables");
      }
      names.add(first.getObject().getName());
      at = rest;
    }
    return names;
  }

  private static QueryException malformed(String iri, String why) {
    return Errors.semantic(
        null,
        "MalformedService",
        "SERVICE <" + iri + ">: " + why,
        iri.equals(NAMESPACE + VIEW)
            ? "write SERVICE <" + iri + "> { [] sabot:name \"v\" ; sabot:out (?a ?b) }"
            : "write SERVICE <" + iri + "> { [] sabot:text \"...\" ; sabot:out (?a ?b) }");
  }
}
