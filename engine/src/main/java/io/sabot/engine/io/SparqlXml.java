package io.sabot.engine.io;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.io.IOException;
import java.util.List;

/// SPARQL 1.2 Query Results XML Format.
final class SparqlXml implements SparqlResults.Writer {
  private static final String OPEN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          + "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\""
          + " xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\">\n";

  private final Appendable out;

  SparqlXml(Appendable out) {
    this.out = out;
  }

  @Override
  public void head(List<String> variables) throws IOException {
    out.append(OPEN).append("<head>");
    for (String variable : variables) {
      out.append("<variable name=\"");
      text(variable);
      out.append("\"/>");
    }
    out.append("</head>\n<results>\n");
  }

  @Override
  public void row(List<String> variables, List<Value> terms) throws IOException {
    out.append("<result>");
    for (int i = 0; i < terms.size(); i++) {
      if (!terms.get(i).isNull()) {
        out.append("<binding name=\"");
        text(variables.get(i));
        out.append("\">");
        term(terms.get(i));
        out.append("</binding>");
      }
    }
    out.append("</result>\n");
  }

  @Override
  public void end() throws IOException {
    out.append("</results>\n</sparql>\n");
  }

  @Override
  public void answer(boolean yes) throws IOException {
    out.append(OPEN).append("<head/>\n<boolean>").append(Boolean.toString(yes));
    out.append("</boolean>\n</sparql>\n");
  }

  private void term(Value term) throws IOException {
    switch (term) {
      case Value.Iri(String iri) -> element("<uri>", iri, "</uri>");
      case Value.BlankNode(String label) -> element("<bnode>", label, "</bnode>");
      case Value.LangString(String lexical, String language, String direction) -> {
        element("<literal xml:lang=\"", language, "\"");
        if (!direction.isEmpty()) {
          element(" its:dir=\"", direction, "\"");
        }
        element(">", lexical, "</literal>");
      }
      case Value.TripleTerm triple -> {
        out.append("<triple><subject>");
        term(triple.subject());
        out.append("</subject><predicate>");
        term(triple.predicate());
        out.append("</predicate><object>");
        term(triple.object());
        out.append("</object></triple>");
      }
      default -> literal(term);
    }
  }

  private void literal(Value term) throws IOException {
    String datatype = RdfLiterals.datatype(term);
    if (datatype == null) {
      throw Errors.unsupported(null, "a value that is no RDF term in an RDF result");
    }
    if (datatype.equals(Xsd.STRING)) {
      out.append("<literal>");
    } else {
      element("<literal datatype=\"", datatype, "\">");
    }
    element("", RdfLiterals.lexical(term), "</literal>");
  }

  private void element(String before, String content, String after) throws IOException {
    out.append(before);
    text(content);
    out.append(after);
  }

  private void text(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        // A parser would change these to a newline or a blank.
        case '\r' -> out.append("&#13;");
        case '\t' -> out.append("&#9;");
        case '\n' -> out.append("&#10;");
        default -> {
          if (c < ' ') {
            throw Errors.unsupported(null, "a control character in an XML result");
          }
          out.append(c);
        }
      }
    }
  }
}
