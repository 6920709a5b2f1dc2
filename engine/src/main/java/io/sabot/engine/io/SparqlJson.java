package io.sabot.engine.io;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// SPARQL 1.2 Query Results JSON Format.
final class SparqlJson implements SparqlResults.Writer {
  private final Appendable out;
  private boolean first = true;

  SparqlJson(Appendable out) {
    this.out = out;
  }

  @Override
  public void head(List<String> variables) throws IOException {
    out.append("{\"head\":{\"vars\":[");
    for (int i = 0; i < variables.size(); i++) {
      out.append(i == 0 ? "" : ",");
      string(variables.get(i));
    }
    out.append("]},\"results\":{\"bindings\":[");
  }

  @Override
  public void row(List<String> variables, List<Value> terms) throws IOException {
    out.append(first ? "\n{" : ",\n{");
    first = false;
    boolean any = false;
    for (int i = 0; i < terms.size(); i++) {
      if (!terms.get(i).isNull()) {
        out.append(any ? "," : "");
        any = true;
        string(variables.get(i));
        out.append(':');
        term(terms.get(i));
      }
    }
    out.append('}');
  }

  @Override
  public void end() throws IOException {
    out.append("\n]}}\n");
  }

  @Override
  public void answer(boolean yes) throws IOException {
    out.append("{\"head\":{},\"boolean\":").append(Boolean.toString(yes)).append("}\n");
  }

  private void term(Value term) throws IOException {
    switch (term) {
      case Value.Iri(String iri) -> field("{\"type\":\"uri\",\"value\":", iri);
      case Value.BlankNode(String label) -> field("{\"type\":\"bnode\",\"value\":", label);
      case Value.LangString(String text, String language, String direction) -> {
        field("{\"type\":\"literal\",\"value\":", text);
        field(",\"xml:lang\":", language);
        if (!direction.isEmpty()) {
          field(",\"its:dir\":", direction);
        }
      }
      case Value.TripleTerm triple -> {
        out.append("{\"type\":\"triple\",\"value\":{\"subject\":");
        term(triple.subject());
        out.append(",\"predicate\":");
        term(triple.predicate());
        out.append(",\"object\":");
        term(triple.object());
        out.append('}');
      }
      default -> literal(term);
    }
    out.append('}');
  }

  private void literal(Value term) throws IOException {
    String datatype = RdfLiterals.datatype(term);
    if (datatype == null) {
      throw Errors.unsupported(null, "a value that is no RDF term in an RDF result");
    }
    field("{\"type\":\"literal\",\"value\":", RdfLiterals.lexical(term));
    if (!datatype.equals(Xsd.STRING)) {
      field(",\"datatype\":", datatype);
    }
  }

  private void field(String before, String text) throws IOException {
    out.append(before);
    string(text);
  }

  private void string(String text) throws IOException {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
