package io.sabot.engine.io;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.Locale;

/// Canonical N-Triples and N-Quads (RDF 1.2): one blank between terms, characters as themselves but
/// for those that the form escapes.
public final class NQuads {
  private NQuads() {}

  /// One line with its end.
  ///
  /// @param graph null for a triple
  public static String line(Value graph, Value subject, Value predicate, Value object) {
    return term(subject)
        + " "
        + term(predicate)
        + " "
        + term(object)
        + (graph.isNull() ? "" : " " + term(graph))
        + " .\n";
  }

  public static String term(Value term) {
    return switch (term) {
      case Value.Iri(String iri) -> "<" + iri(iri) + ">";
      case Value.BlankNode(String label) -> "_:" + label;
      case Value.LangString(String text, String language, String direction) ->
          string(text) + "@" + language + (direction.isEmpty() ? "" : "--" + direction);
      case Value.TripleTerm(Value subject, Value predicate, Value object) ->
          "<<( " + term(subject) + " " + term(predicate) + " " + term(object) + " )>>";
      default -> {
        String datatype = RdfLiterals.datatype(term);
        if (datatype == null) {
          throw Errors.unsupported(null, "a value that is no RDF term in RDF");
        }
        String text = string(RdfLiterals.lexical(term));
        yield datatype.equals(Xsd.STRING) ? text : text + "^^<" + iri(datatype) + ">";
      }
    };
  }

  private static String iri(String iri) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < iri.length(); i++) {
      char c = iri.charAt(i);
      out.append(c <= ' ' || "<>\"{}|^`\\".indexOf(c) >= 0 ? escaped(c) : String.valueOf(c));
    }
    return out.toString();
  }

  private static String string(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> out.append(c < ' ' || c == 0x7F ? escaped(c) : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }

  private static String escaped(char c) {
    return String.format(Locale.ROOT, "\\u%04X", (int) c);
  }
}
