package io.sabot.engine.io;

import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/// Between Jena's nodes and values, for reading and writing RDF.
public final class JenaTerms {
  private JenaTerms() {}

  /// @param blankScope put before blank node labels, so that those of two files stay apart
  public static Value value(Node node, String blankScope) {
    if (node.isURI()) {
      return new Value.Iri(node.getURI());
    }
    if (node.isBlank()) {
      return new Value.BlankNode(blankScope + node.getBlankNodeLabel());
    }
    if (node.isTripleTerm()) {
      var triple = node.getTriple();
      return new Value.TripleTerm(
          value(triple.getSubject(), blankScope),
          value(triple.getPredicate(), blankScope),
          value(triple.getObject(), blankScope));
    }
    String language = node.getLiteralLanguage();
    if (language != null && !language.isEmpty()) {
      var direction = node.getLiteralBaseDirection();
      return new Value.LangString(
          node.getLiteralLexicalForm(), language, direction == null ? "" : direction.toString());
    }
    return RdfLiterals.of(node.getLiteralLexicalForm(), node.getLiteralDatatypeURI());
  }

  /// The node of a term; throws for a value that RDF has no term for.
  public static Node node(Value value) {
    return switch (value) {
      case Value.Iri(String iri) -> NodeFactory.createURI(iri);
      case Value.BlankNode(String label) -> NodeFactory.createBlankNode(label);
      case Value.LangString(String text, String language, String direction) ->
          direction.isEmpty()
              ? NodeFactory.createLiteralLang(text, language)
              : NodeFactory.createLiteralDirLang(text, language, direction);
      case Value.TripleTerm(Value subject, Value predicate, Value object) ->
          NodeFactory.createTripleTerm(node(subject), node(predicate), node(object));
      default -> {
        String datatype = RdfLiterals.datatype(value);
        if (datatype == null) {
          throw new IllegalArgumentException("not an RDF term: " + value);
        }
        yield NodeFactory.createLiteralDT(
            RdfLiterals.lexical(value), TypeMapper.getInstance().getSafeTypeByName(datatype));
      }
    };
  }
}
