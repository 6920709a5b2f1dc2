package io.sabot.engine.io;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.io.IOException;
import java.util.List;

/// SPARQL 1.1 Query Results CSV and TSV Formats. CSV drops what kind of term a text was; TSV writes
/// terms as Turtle does.
final class SparqlText implements SparqlResults.Writer {
  private final Appendable out;
  private final boolean isCsv;

  private SparqlText(Appendable out, boolean isCsv) {
    this.out = out;
    this.isCsv = isCsv;
  }

  static SparqlText csv(Appendable out) {
    return new SparqlText(out, true);
  }

  static SparqlText tsv(Appendable out) {
    return new SparqlText(out, false);
  }

  @Override
  public void head(List<String> variables) throws IOException {
    for (int i = 0; i < variables.size(); i++) {
      out.append(i == 0 ? "" : isCsv ? "," : "\t");
      out.append(isCsv ? quote(variables.get(i)) : "?" + variables.get(i));
    }
    out.append(isCsv ? "\r\n" : "\n");
  }

  @Override
  public void row(List<String> variables, List<Value> terms) throws IOException {
    for (int i = 0; i < terms.size(); i++) {
      out.append(i == 0 ? "" : isCsv ? "," : "\t");
      Value term = terms.get(i);
      if (!term.isNull()) {
        out.append(isCsv ? quote(plain(term)) : turtle(term));
      }
    }
    out.append(isCsv ? "\r\n" : "\n");
  }

  @Override
  public void end() {}

  @Override
  public void answer(boolean yes) {
    throw Errors.unsupported(null, "the answer of an ASK as CSV or TSV");
  }

  private static String quote(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static String plain(Value term) {
    return switch (term) {
      case Value.Iri(String iri) -> iri;
      case Value.BlankNode(String label) -> "_:" + label;
      case Value.TripleTerm triple -> turtle(triple);
      default -> {
        checkLiteral(term);
        yield RdfLiterals.lexical(term);
      }
    };
  }

  /// A term as N-Triples and Turtle write it.
  static String turtle(Value term) {
    return switch (term) {
      case Value.Iri(String iri) -> "<" + iri + ">";
      case Value.BlankNode(String label) -> "_:" + label;
      case Value.LangString(String text, String language, String direction) ->
          string(text) + "@" + language + (direction.isEmpty() ? "" : "--" + direction);
      case Value.TripleTerm(Value subject, Value predicate, Value object) ->
          "<<( " + turtle(subject) + " " + turtle(predicate) + " " + turtle(object) + " )>>";
      case Value.Int(long number) -> Long.toString(number);
      default -> {
        String datatype = checkLiteral(term);
        String text = string(RdfLiterals.lexical(term));
        yield datatype.equals(Xsd.STRING) ? text : text + "^^<" + datatype + ">";
      }
    };
  }

  private static String checkLiteral(Value term) {
    String datatype = RdfLiterals.datatype(term);
    if (datatype == null) {
      throw Errors.unsupported(null, "a value that is no RDF term in an RDF result");
    }
    return datatype;
  }

  private static String string(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
