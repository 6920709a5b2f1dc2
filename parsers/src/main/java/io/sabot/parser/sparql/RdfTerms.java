package io.sabot.parser.sparql;

import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import org.apache.jena.graph.Node;

/// Jena's nodes as values.
final class RdfTerms {
  private RdfTerms() {}

  /// The value of a concrete node.
  static Value value(Node node) {
    if (node.isURI()) {
      return new Value.Iri(node.getURI());
    }
    if (node.isBlank()) {
      return new Value.BlankNode(node.getBlankNodeLabel());
    }
    if (node.isTripleTerm()) {
      var triple = node.getTriple();
      return new Value.TripleTerm(
          value(triple.getSubject()), value(triple.getPredicate()), value(triple.getObject()));
    }
    if (!node.isLiteral()) {
      throw new IllegalArgumentException("not a term: " + node);
    }
    String language = node.getLiteralLanguage();
    if (language != null && !language.isEmpty()) {
      var direction = node.getLiteralBaseDirection();
      return new Value.LangString(
          node.getLiteralLexicalForm(), language, direction == null ? "" : direction.toString());
    }
    return RdfLiterals.of(node.getLiteralLexicalForm(), node.getLiteralDatatypeURI());
  }
}
