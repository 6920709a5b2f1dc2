package io.sabot.parser.sparql;

import io.sabot.parser.sparql.R2rmlTerms.Role;
import io.sabot.plan.rdf.RdfMapping;
import io.sabot.plan.rdf.RdfMapping.Equal;
import io.sabot.plan.rdf.RdfMapping.Parent;
import io.sabot.plan.rdf.RdfMapping.Rule;
import io.sabot.plan.rdf.RdfMapping.Source;
import io.sabot.plan.rdf.TermMap;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.jspecify.annotations.Nullable;

/// Reads R2RML mapping documents in Turtle (W3C Recommendation of 27 September 2012).
public final class R2rmlFrontEnd {
  private static final String DEFAULT_SCHEMA = "main";
  private static final Value DEFAULT_GRAPH = new Value.Iri(R2rmlDocument.NS + "defaultGraph");
  private static final Value TYPE = new Value.Iri(Xsd.RDF_TYPE);

  private final String mapping;
  private final R2rmlDocument document;
  private final R2rmlTerms terms;
  private final Map<Node, Base> bases = new LinkedHashMap<>();
  private final Set<Rule> rules = new LinkedHashSet<>();

  /// What all triples of a triples map have in common.
  private record Base(String place, Source source, TermMap subject, Node subjectMap) {}

  private R2rmlFrontEnd(String mapping, R2rmlDocument document) {
    this.mapping = mapping;
    this.document = document;
    this.terms = new R2rmlTerms(document);
  }

  /// The rules of a mapping. Whether tables and columns exist is for others to say.
  ///
  /// @param mapping its name
  /// @param base of relative IRIs where the document declares none
  public static RdfMapping read(String mapping, String turtle, String base) {
    return new R2rmlFrontEnd(mapping, R2rmlDocument.read(turtle, base)).rules();
  }

  private RdfMapping rules() {
    for (Node subject : document.subjects()) {
      if (isTriplesMap(subject)) {
        bases.put(subject, base(subject));
      }
    }
    if (bases.isEmpty()) {
      throw R2rmlDocument.wrong(
          "mapping '" + mapping + "'", "it has no triples map", "one has an rr:logicalTable");
    }
    bases.forEach(this::triplesMap);
    return new RdfMapping(List.copyOf(rules));
  }

  private boolean isTriplesMap(Node node) {
    return document.isOfClass(node, "TriplesMap")
        || document.has(node, "logicalTable")
        || document.has(node, "subjectMap")
        || document.has(node, "predicateObjectMap");
  }

  private Base base(Node map) {
    String place = "triples map " + R2rmlDocument.place(map);
    Node table = document.optional(map, "logicalTable", place);
    if (table == null) {
      throw R2rmlDocument.wrong(place, "it has no rr:logicalTable", "");
    }
    List<TermMap> subjects = terms.all(map, Role.SUBJECT, place);
    if (subjects.size() != 1) {
      throw R2rmlDocument.wrong(
          place, "it has " + subjects.size() + " subject maps", "a triples map has one");
    }
    List<Node> nodes = document.objects(map, "subjectMap");
    return new Base(
        place, source(table, place), subjects.getFirst(), nodes.isEmpty() ? map : nodes.getFirst());
  }

  private Source source(Node table, String before) {
    String place = before + ", logical table";
    String name = document.text(table, "tableName", place);
    String query = document.text(table, "sqlQuery", place);
    if ((name == null) == (query == null)) {
      throw R2rmlDocument.wrong(
          place,
          "found " + (name == null ? "neither" : "both") + " rr:tableName and rr:sqlQuery",
          "a logical table has one of them");
    }
    if (query != null) {
      String text = query.strip();
      return new Source.Query(text.endsWith(";") ? text.substring(0, text.length() - 1) : text);
    }
    return table(String.valueOf(name), place);
  }

  /// `table` or `schema.table`, each perhaps in double quotes.
  private static Source table(String name, String place) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (char c : name.toCharArray()) {
      quoted ^= c == '"';
      if (c == '.' && !quoted) {
        parts.add(R2rmlTerms.name(part.toString(), place));
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(R2rmlTerms.name(part.toString(), place));
    if (parts.size() > 2) {
      throw R2rmlDocument.wrong(
          place, "'" + name + "' has more parts than a schema and a table", "");
    }
    return new Source.Table(parts.size() == 2 ? parts.getFirst() : DEFAULT_SCHEMA, parts.getLast());
  }

  private void triplesMap(Node map, Base base) {
    List<TermMap> graphs = terms.all(base.subjectMap(), Role.GRAPH, base.place());
    boolean isShortcut = base.subjectMap().equals(map);
    List<TermMap> ofSubject = isShortcut ? List.of() : graphs;
    for (Node type : document.objects(base.subjectMap(), "class")) {
      if (!type.isURI()) {
        throw R2rmlDocument.wrong(base.place(), "the class " + type + " is not an IRI", "");
      }
      TermMap object = new TermMap.Constant(RdfTerms.value(type));
      add(base, new TermMap.Constant(TYPE), object, null, ofSubject);
    }
    int number = 0;
    for (Node pair : document.objects(map, "predicateObjectMap")) {
      number++;
      pair(base, pair, ofSubject, base.place() + ", predicate-object map " + number);
    }
  }

  private void pair(Base base, Node pair, List<TermMap> ofSubject, String place) {
    List<TermMap> predicates = terms.all(pair, Role.PREDICATE, place);
    List<TermMap> objects = new ArrayList<>();
    List<@Nullable Parent> parents = new ArrayList<>();
    for (Node map : document.objects(pair, "objectMap")) {
      boolean isReference = document.has(map, "parentTriplesMap");
      objects.add(isReference ? parent(map, place).subject() : terms.read(map, Role.OBJECT, place));
      parents.add(isReference ? join(base, map, place) : null);
    }
    for (Node constant : document.objects(pair, "object")) {
      objects.add(new TermMap.Constant(constantObject(constant, place)));
      parents.add(null);
    }
    if (predicates.isEmpty() || objects.isEmpty()) {
      throw R2rmlDocument.wrong(
          place, "it has no " + (predicates.isEmpty() ? "predicate" : "object"), "it needs both");
    }
    List<TermMap> graphs = new ArrayList<>(ofSubject);
    graphs.addAll(terms.all(pair, Role.GRAPH, place));
    for (TermMap predicate : predicates) {
      for (int i = 0; i < objects.size(); i++) {
        add(base, predicate, objects.get(i), parents.get(i), graphs);
      }
    }
  }

  private static Value constantObject(Node constant, String place) {
    if (constant.isBlank()) {
      throw R2rmlDocument.wrong(
          place,
          "rr:object is a blank node",
          "it takes an IRI or a literal; a map is rr:objectMap");
    }
    return RdfTerms.value(constant);
  }

  private void add(
      Base base, TermMap predicate, TermMap object, @Nullable Parent parent, List<TermMap> graphs) {
    List<@Nullable TermMap> all = new ArrayList<>();
    for (TermMap graph : graphs) {
      all.add(
          graph instanceof TermMap.Constant(Value iri) && iri.equals(DEFAULT_GRAPH) ? null : graph);
    }
    if (all.isEmpty()) {
      all.add(null);
    }
    for (TermMap graph : all) {
      rules.add(
          new Rule(
              mapping,
              base.place(),
              base.source(),
              base.subject(),
              predicate,
              object,
              graph,
              parent));
    }
  }

  // ---- referencing object maps

  private Base parent(Node map, String place) {
    Node parent = document.optional(map, "parentTriplesMap", place);
    Base base = parent == null ? null : bases.get(parent);
    if (base == null) {
      throw R2rmlDocument.wrong(
          place, "rr:parentTriplesMap names no triples map of the document: " + parent, "");
    }
    return base;
  }

  /// How the parent's rows are found; null where they are the child's own.
  private @Nullable Parent join(Base child, Node map, String place) {
    Base parent = parent(map, place);
    List<Equal> joins = new ArrayList<>();
    for (Node condition : document.objects(map, "joinCondition")) {
      String childColumn = document.text(condition, "child", place);
      String parentColumn = document.text(condition, "parent", place);
      if (childColumn == null || parentColumn == null) {
        throw R2rmlDocument.wrong(
            place, "a join condition without rr:child or rr:parent", "it needs both");
      }
      joins.add(
          new Equal(R2rmlTerms.name(childColumn, place), R2rmlTerms.name(parentColumn, place)));
    }
    if (!joins.isEmpty()) {
      return new Parent(parent.source(), joins);
    }
    if (!parent.source().equals(child.source())) {
      throw R2rmlDocument.wrong(
          place,
          "no join condition, and the parent has another logical table",
          "add an rr:joinCondition");
    }
    return null;
  }
}
