package io.sabot.parser.sparql;

import io.sabot.plan.rdf.IriText;
import io.sabot.plan.rdf.TermMap;
import io.sabot.plan.rdf.TermMap.Form;
import io.sabot.plan.rdf.TermTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.jspecify.annotations.Nullable;

/// Reads term maps: R2RML §7.
final class R2rmlTerms {
  /// BCP 47: two or three letters, or what begins with `i` or `x`, then subtags.
  private static final Pattern LANGUAGE =
      Pattern.compile("([A-Za-z]{2,3}|[iIxX](?=-))(-[A-Za-z0-9]{1,8})*");

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

  /// What the term is in its triple.
  enum Role {
    SUBJECT("subject", List.of("IRI", "BlankNode")),
    PREDICATE("predicate", List.of("IRI")),
    OBJECT("object", List.of("IRI", "BlankNode", "Literal")),
    GRAPH("graph", List.of("IRI"));

    private final String word;
    private final List<String> termTypes;

    Role(String word, List<String> termTypes) {
      this.word = word;
      this.termTypes = termTypes;
    }
  }

  private final R2rmlDocument document;

  R2rmlTerms(R2rmlDocument document) {
    this.document = document;
  }

  /// All maps of a role that a node has, in both notations.
  List<TermMap> all(Node of, Role role, String place) {
    List<TermMap> maps = new ArrayList<>();
    for (Node constant : document.objects(of, role.word)) {
      maps.add(constant(constant, role, place + ", rr:" + role.word));
    }
    for (Node map : document.objects(of, role.word + "Map")) {
      maps.add(read(map, role, place));
    }
    return maps;
  }

  TermMap read(Node map, Role role, String before) {
    String place = before + ", " + role.word + " map";
    Node constant = document.optional(map, "constant", place);
    String column = document.text(map, "column", place);
    String template = document.text(map, "template", place);
    long given = Stream.of(constant, column, template).filter(x -> x != null).count();
    if (given != 1) {
      throw R2rmlDocument.wrong(
          place,
          given == 0
              ? "found none of rr:constant, rr:column and rr:template"
              : "found more than one of rr:constant, rr:column and rr:template",
          "a term map has one of them");
    }
    if (constant != null) {
      return constant(constant, role, place);
    }
    Form form = form(map, role, column != null, place);
    if (column != null) {
      return new TermMap.OfColumn(place, name(column, place), form);
    }
    return template(String.valueOf(template), form, place);
  }

  private static TermMap constant(Node value, Role role, String place) {
    boolean fits = value.isURI() || role == Role.OBJECT && value.isLiteral();
    if (!fits) {
      throw R2rmlDocument.wrong(
          place,
          "a constant " + role.word + " is an IRI" + (role == Role.OBJECT ? " or a literal" : ""),
          "");
    }
    return new TermMap.Constant(RdfTerms.value(value));
  }

  private Form form(Node map, Role role, boolean isColumn, String place) {
    String language = document.text(map, "language", place);
    Node datatype = document.optional(map, "datatype", place);
    boolean saysLiteral = language != null || datatype != null;
    boolean literal = role == Role.OBJECT && (isColumn || saysLiteral);
    String type = termType(map, role, literal ? "Literal" : "IRI", place);
    if (saysLiteral && !type.equals("Literal")) {
      throw R2rmlDocument.wrong(
          place, "rr:language and rr:datatype are for literals, and this is no literal", "");
    }
    return switch (type) {
      case "IRI" -> new Form.Iri(document.base());
      case "BlankNode" -> new Form.Blank();
      default -> literal(language, datatype, place);
    };
  }

  private String termType(Node map, Role role, String standard, String place) {
    Node given = document.optional(map, "termType", place);
    if (given == null) {
      return standard;
    }
    for (String type : role.termTypes) {
      if (given.isURI() && given.getURI().equals(R2rmlDocument.NS + type)) {
        return type;
      }
    }
    throw R2rmlDocument.wrong(
        place,
        "the term type of a " + role.word + " is not " + given,
        "it is one of rr:" + String.join(", rr:", role.termTypes));
  }

  private static Form literal(@Nullable String language, @Nullable Node datatype, String place) {
    if (language != null && datatype != null) {
      throw R2rmlDocument.wrong(place, "found both rr:language and rr:datatype", "use one");
    }
    if (language != null && !LANGUAGE.matcher(language).matches()) {
      throw R2rmlDocument.wrong(place, "'" + language + "' is not a language tag", "as in 'en-GB'");
    }
    if (datatype != null && !datatype.isURI()) {
      throw R2rmlDocument.wrong(place, "rr:datatype is not an IRI", "");
    }
    return new Form.Literal(datatype == null ? null : datatype.getURI(), language);
  }

  // ---- templates

  private static TermMap template(String text, Form form, String place) {
    List<String> texts = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    boolean inColumn = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        current.append(text.charAt(++i));
      } else if (c == '{' && !inColumn || c == '}' && inColumn) {
        if (inColumn) {
          columns.add(name(current.toString(), place));
        } else {
          texts.add(current.toString());
        }
        current.setLength(0);
        inColumn = !inColumn;
      } else if (c == '{' || c == '}') {
        throw unbalanced(text, place);
      } else {
        current.append(c);
      }
    }
    if (inColumn) {
      throw unbalanced(text, place);
    }
    texts.add(current.toString());
    return form instanceof Form.Iri(String base) && base != null
        ? iri(texts, columns, base, place)
        : new TermMap.OfTemplate(place, new TermTemplate(texts, false), columns, form);
  }

  private static io.sabot.plan.error.QueryException unbalanced(String text, String place) {
    return R2rmlDocument.wrong(
        place, "the braces of the template '" + text + "' do not match", "write \\\\{ for a brace");
  }

  /// A template that is never relative, with the base before it where it always is; where only a
  /// row can tell, the base is left to the row.
  private static TermMap iri(List<String> texts, List<String> columns, String base, String place) {
    String first = texts.getFirst();
    String fixed = String.join("", texts);
    if (!IriText.isIri("x:" + fixed)) {
      throw R2rmlDocument.wrong(
          place, "the template has characters that no IRI has", "percent-encode them");
    }
    boolean open = !columns.isEmpty() && (first.isEmpty() || WORD.matcher(first).matches());
    if (open) {
      return new TermMap.OfTemplate(
          place, new TermTemplate(texts, true), columns, new Form.Iri(base));
    }
    List<String> whole = new ArrayList<>(texts);
    if (!IriText.isAbsolute(first)) {
      whole.set(0, base + first);
    }
    return new TermMap.OfTemplate(
        place, new TermTemplate(whole, true), columns, new Form.Iri(null));
  }

  /// The name of a column, which may be quoted as in SQL.
  static String name(String given, String place) {
    String name = given.strip();
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    String plain = quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    if (plain.isEmpty()) {
      throw R2rmlDocument.wrong(place, "a column without a name", "");
    }
    return plain;
  }
}
