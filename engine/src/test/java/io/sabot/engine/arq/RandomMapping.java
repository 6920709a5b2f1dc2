package io.sabot.engine.arq;

import io.sabot.plan.function.RdfTermFunctions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.Quad;
import org.jspecify.annotations.Nullable;

/// Small tables and an R2RML mapping of them, drawn at random, with the quads that R2RML says they
/// give: each term map is drawn as its Turtle and as what it makes of a row.
///
/// @param statements in SQL: the tables, their rows, the mapping
/// @param quads what the mapping gives
record RandomMapping(List<String> statements, List<Quad> quads) {
  private static final String NS = RandomQuads.NS;
  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";
  private static final int ROWS_MAX = 6;
  private static final List<String> TEXTS = List.of("a", "b", "c", "d", "a b", "1", "a/b", "");

  /// A row by columns; null for null.
  private record Row(Map<String, @Nullable Object> cells) {
    @Nullable Object get(String column) {
      return cells.get(column);
    }
  }

  private record Table(String name, boolean keyed, List<Row> rows) {}

  /// A logical table.
  private record Logical(String turtle, List<Row> rows) {}

  /// A term map and what it gives for a row; null for no term.
  private record Term(String turtle, Function<Row, @Nullable Node> of) {}

  /// An object map and what it gives for a row.
  private record Objects(String turtle, Function<Row, List<Node>> of) {}

  private record Pair(Term predicate, Objects object, @Nullable Term graph) {}

  private record TriplesMap(
      String name,
      Logical logical,
      Term subject,
      @Nullable String type,
      @Nullable Term graph,
      List<Pair> pairs) {}

  static RandomMapping draw(Draw draw) {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tables.add(table("t" + i, draw.chance(65), draw));
    }
    List<TriplesMap> maps = new ArrayList<>();
    for (Table table : tables) {
      maps.add(triplesMap("m" + maps.size(), logical(table, draw), maps, draw));
    }
    while (draw.chance(50)) {
      maps.add(triplesMap("m" + maps.size(), logical(draw.one(tables), draw), maps, draw));
    }
    List<String> statements = new ArrayList<>();
    tables.forEach(table -> statements.addAll(sql(table)));
    statements.add("CREATE RDF MAPPING m AS '" + turtle(maps).replace("'", "''") + "'");
    return new RandomMapping(statements, quads(maps));
  }

  // ---- tables

  private static Table table(String name, boolean keyed, Draw draw) {
    List<Row> rows = new ArrayList<>();
    int count = draw.below(ROWS_MAX);
    for (int i = 0; i < count; i++) {
      Map<String, @Nullable Object> cells = new TreeMap<>();
      cells.put("id", (long) (keyed ? i : draw.below(3)));
      cells.put("a", draw.one(TEXTS));
      cells.put("b", draw.chance(25) ? null : Long.valueOf(draw.below(4)));
      cells.put("c", draw.chance(25) ? null : draw.one(RandomQuads.RESOURCES));
      rows.add(new Row(cells));
    }
    return new Table(name, keyed, rows);
  }

  private static List<String> sql(Table table) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE "
            + table.name()
            + " (id INTEGER"
            + (table.keyed() ? " PRIMARY KEY" : "")
            + ", a VARCHAR(20) NOT NULL, b INTEGER, c VARCHAR(20))");
    for (Row row : table.rows()) {
      String values =
          List.of("id", "a", "b", "c").stream()
              .map(column -> literal(row.get(column)))
              .collect(Collectors.joining(", "));
      statements.add("INSERT INTO " + table.name() + " VALUES (" + values + ")");
    }
    return statements;
  }

  private static String literal(@Nullable Object value) {
    return value == null
        ? "NULL"
        : value instanceof Long number ? number.toString() : "'" + value + "'";
  }

  private static Logical logical(Table table, Draw draw) {
    if (draw.chance(70)) {
      return new Logical("rr:tableName \"" + table.name() + "\"", table.rows());
    }
    if (draw.chance(50)) {
      List<Row> some =
          table.rows().stream().filter(row -> row.get("b") instanceof Long b && b > 0).toList();
      return new Logical("rr:sqlQuery \"SELECT * FROM " + table.name() + " WHERE b > 0\"", some);
    }
    List<Row> changed =
        table.rows().stream()
            .map(row -> {
              Map<String, @Nullable Object> cells = new TreeMap<>(row.cells());
              cells.put("id", row.get("id") instanceof Long id ? Long.valueOf(id + 1) : null);
              return new Row(cells);
            })
            .toList();
    return new Logical(
        "rr:sqlQuery \"SELECT id + 1 AS id, a, b, c FROM " + table.name() + "\"", changed);
  }

  // ---- term maps

  private static TriplesMap triplesMap(
      String name, Logical logical, List<TriplesMap> before, Draw draw) {
    Term subject = draw.chance(15) ? blank(draw) : resource(draw);
    String type = draw.chance(40) ? NS + draw.one(RandomQuads.RESOURCES) : null;
    Term graph = draw.chance(20) ? graph(draw) : null;
    List<Pair> pairs = new ArrayList<>();
    do {
      Term predicate =
          draw.chance(85) ? constant(iri(draw.one(RandomQuads.PREDICATES))) : resource(draw);
      Objects object =
          !before.isEmpty() && draw.chance(25)
              ? reference(draw.one(before), logical, draw)
              : single(object(draw));
      pairs.add(new Pair(predicate, object, draw.chance(12) ? graph(draw) : null));
    } while (draw.chance(60));
    return new TriplesMap(name, logical, subject, type, graph, pairs);
  }

  private static Term resource(Draw draw) {
    return switch (draw.below(6)) {
      case 0 -> template("", "http://x/", "c");
      case 1 -> template("", "http://x/", "a");
      case 2 -> template("", "http://x/t/", "id");
      case 3 -> template("", "http://x/", "c", "/", "b");
      // The base of the document is http://x/.
      case 4 ->
          new Term(
              "rr:template \"{c}\"",
              row -> row.get("c") instanceof String c ? iri(encode(c)) : null);
      default ->
          new Term(
              "rr:column \"c\" ; rr:termType rr:IRI",
              row -> row.get("c") instanceof String c ? iri(c) : null);
    };
  }

  /// @param parts texts and columns in turn
  private static Term template(String more, String... parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      text.append(i % 2 == 0 ? parts[i] : "{" + parts[i] + "}");
    }
    return new Term(
        "rr:template \"" + text + "\"" + more,
        row -> {
          String filled = fill(row, true, parts);
          return filled == null ? null : NodeFactory.createURI(filled);
        });
  }

  private static @Nullable String fill(Row row, boolean encoded, String... parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      Object value = i % 2 == 0 ? parts[i] : row.get(parts[i]);
      if (value == null) {
        return null;
      }
      text.append(i % 2 == 1 && encoded ? encode(value.toString()) : value.toString());
    }
    return text.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Term blank(Draw draw) {
    String column = draw.one(List.of("a", "b", "id"));
    return new Term(
        "rr:template \"n{" + column + "}\" ; rr:termType rr:BlankNode",
        row -> {
          String filled = fill(row, false, "n", column);
          return filled == null
              ? null
              : NodeFactory.createBlankNode(RdfTermFunctions.blank(filled).label());
        });
  }

  private static Term constant(Node node) {
    return new Term("rr:constant " + RandomQuads.text(node), _ -> node);
  }

  private static Term graph(Draw draw) {
    return draw.chance(60)
        ? constant(iri(draw.one(RandomQuads.GRAPHS)))
        : template("", "http://x/", "c");
  }

  private static Term object(Draw draw) {
    return switch (draw.below(9)) {
      case 0, 1, 2 -> column(draw.one(List.of("id", "a", "b", "c")));
      case 3 ->
          text(
              "rr:column \"a\" ; rr:language \"en\"",
              row -> String.valueOf(row.get("a")),
              text -> NodeFactory.createLiteralLang(text, "en"));
      case 4 ->
          text(
              "rr:column \"b\" ; rr:datatype <" + XSD + "string>",
              RandomMapping::b,
              NodeFactory::createLiteralString);
      case 5 ->
          text(
              "rr:column \"b\" ; rr:datatype <" + XSD + "long>",
              RandomMapping::b,
              text -> typed(text, "long"));
      case 6 ->
          text(
              "rr:template \"{a}_{b}\" ; rr:termType rr:Literal",
              row -> fill(row, false, "", "a", "_", "b"),
              NodeFactory::createLiteralString);
      case 7 -> draw.chance(30) ? blank(draw) : constant(RandomQuads.literal(draw));
      default -> resource(draw);
    };
  }

  private static @Nullable String b(Row row) {
    Object value = row.get("b");
    return value == null ? null : value.toString();
  }

  private static Term text(
      String turtle, Function<Row, @Nullable String> of, Function<String, Node> node) {
    return new Term(
        turtle,
        row -> {
          String text = of.apply(row);
          return text == null ? null : node.apply(text);
        });
  }

  private static Term column(String name) {
    return new Term(
        "rr:column \"" + name + "\"",
        row ->
            switch (row.get(name)) {
              case Long number -> typed(number.toString(), "integer");
              case String text -> NodeFactory.createLiteralString(text);
              case null, default -> null;
            });
  }

  private static Node typed(String text, String type) {
    return NodeFactory.createLiteralDT(
        text, TypeMapper.getInstance().getSafeTypeByName(XSD + type));
  }

  private static Node iri(String name) {
    return NodeFactory.createURI(NS + name);
  }

  private static Objects single(Term term) {
    return new Objects(
        term.turtle(),
        row -> {
          Node node = term.of().apply(row);
          return node == null ? List.of() : List.of(node);
        });
  }

  private static Objects reference(TriplesMap parent, Logical child, Draw draw) {
    String start = "rr:parentTriplesMap <" + parent.name() + ">";
    if (parent.logical().turtle().equals(child.turtle()) && draw.chance(40)) {
      return new Objects(start, single(parent.subject()).of());
    }
    List<String> columns =
        draw.chance(70) ? List.of(draw.one(List.of("id", "b"))) : List.of("a", "c");
    String to = columns.getFirst().equals("b") ? "id" : columns.getFirst();
    List<String> others = new ArrayList<>(columns);
    others.set(0, to);
    StringBuilder text = new StringBuilder(start);
    for (int i = 0; i < columns.size(); i++) {
      text.append(" ; rr:joinCondition [ rr:child \"").append(columns.get(i));
      text.append("\" ; rr:parent \"").append(others.get(i)).append("\" ]");
    }
    return new Objects(
        text.toString(),
        row -> {
          List<Node> found = new ArrayList<>();
          for (Row other : parent.logical().rows()) {
            Node node =
                meet(row, columns, other, others) ? parent.subject().of().apply(other) : null;
            if (node != null) {
              found.add(node);
            }
          }
          return found;
        });
  }

  private static boolean meet(Row row, List<String> columns, Row other, List<String> others) {
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.get(columns.get(i));
      if (value == null || !value.equals(other.get(others.get(i)))) {
        return false;
      }
    }
    return true;
  }

  // ---- the whole

  private static String turtle(List<TriplesMap> maps) {
    StringBuilder out = new StringBuilder();
    out.append("@prefix rr: <http://www.w3.org/ns/r2rml#> .\n@base <http://x/> .\n");
    for (TriplesMap map : maps) {
      out.append("<").append(map.name()).append("> rr:logicalTable [ ");
      out.append(map.logical().turtle()).append(" ]\n ; rr:subjectMap [ ");
      out.append(map.subject().turtle());
      if (map.type() != null) {
        out.append(" ; rr:class <").append(map.type()).append(">");
      }
      graph(map.graph(), out);
      out.append(" ]");
      for (Pair pair : map.pairs()) {
        out.append("\n ; rr:predicateObjectMap [ rr:predicateMap [ ");
        out.append(pair.predicate().turtle()).append(" ] ; rr:objectMap [ ");
        out.append(pair.object().turtle()).append(" ]");
        graph(pair.graph(), out);
        out.append(" ]");
      }
      out.append(" .\n");
    }
    return out.toString();
  }

  private static void graph(@Nullable Term graph, StringBuilder out) {
    if (graph != null) {
      out.append(" ; rr:graphMap [ ").append(graph.turtle()).append(" ]");
    }
  }

  private static List<Quad> quads(List<TriplesMap> maps) {
    List<Quad> quads = new ArrayList<>();
    for (TriplesMap map : maps) {
      for (Row row : map.logical().rows()) {
        Node subject = map.subject().of().apply(row);
        if (subject != null) {
          quads(map, row, subject, quads);
        }
      }
    }
    return quads.stream().distinct().collect(Collectors.toCollection(ArrayList::new));
  }

  private static void quads(TriplesMap map, Row row, Node subject, List<Quad> quads) {
    List<Term> ofSubject = map.graph() == null ? List.of() : List.of(map.graph());
    if (map.type() != null) {
      Node type = NodeFactory.createURI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
      add(subject, type, NodeFactory.createURI(map.type()), ofSubject, row, quads);
    }
    for (Pair pair : map.pairs()) {
      List<Term> graphs = new ArrayList<>(ofSubject);
      if (pair.graph() != null) {
        graphs.add(pair.graph());
      }
      Node predicate = pair.predicate().of().apply(row);
      if (predicate != null) {
        for (Node object : pair.object().of().apply(row)) {
          add(subject, predicate, object, graphs, row, quads);
        }
      }
    }
  }

  private static void add(
      Node subject, Node predicate, Node object, List<Term> graphs, Row row, List<Quad> quads) {
    if (graphs.isEmpty()) {
      quads.add(new Quad(Quad.defaultGraphNodeGenerated, subject, predicate, object));
    }
    for (Term graph : graphs) {
      Node name = graph.of().apply(row);
      if (name != null) {
        quads.add(new Quad(name, subject, predicate, object));
      }
    }
  }
}
