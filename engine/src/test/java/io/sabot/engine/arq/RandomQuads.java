package io.sabot.engine.arq;

import io.sabot.engine.Sabot;
import io.sabot.engine.io.JenaTerms;
import io.sabot.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Quad;

/// A few random quads of a few terms, so that patterns meet often, with literals of every kind.
final class RandomQuads {
  static final String NS = "http://x/";
  static final List<String> RESOURCES = List.of("a", "b", "c", "d", "e");
  static final List<String> PREDICATES = List.of("p", "q", "r");
  static final List<String> GRAPHS = List.of("g", "h");

  /// Ill-typed: on it each operator is an error, but ARQ takes two that are the same for equal.
  private static final String NO_NUMBER = "many integer";

  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";
  private static final int QUADS_MAX = 36;
  private static final List<String> NUMBERS =
      List.of(
          "0 integer",
          "1 integer",
          "2 integer",
          "3 integer",
          "-2 integer",
          "01 integer",
          "1.0 decimal",
          "2.50 decimal",
          "-0.5 decimal",
          "1.0e0 double",
          "2E0 double",
          "1.5E0 double",
          "-2.5e0 double",
          "1 float",
          "2.5 float",
          "1 int",
          "3 long",
          "7 byte",
          NO_NUMBER);
  private static final List<String> TEXTS = List.of("", "a", "ab", "b", "1", "A", "a b", "\u00e9");
  private static final List<String> LANGUAGES = List.of("en", "fr", "en-gb");
  private static final List<String> OTHERS =
      List.of(
          "true boolean",
          "false boolean",
          "1 boolean",
          "2024-02-29 date",
          "2024-03-01 date",
          "2024-03-01Z date",
          "2024-02-29T12:30:15 dateTime",
          "2024-02-29T12:30:15Z dateTime",
          "2024-02-29T12:30:15.5+02:00 dateTime");

  private RandomQuads() {}

  /// @param blankNodes whether there may be any
  static List<Quad> draw(Draw draw, boolean blankNodes) {
    List<Quad> quads = new ArrayList<>();
    int count = draw.chance(5) ? 0 : 4 + draw.below(QUADS_MAX - 3);
    for (int i = 0; i < count; i++) {
      Node graph = draw.chance(65) ? Quad.defaultGraphNodeGenerated : iri(draw.one(GRAPHS));
      Node subject = resource(draw, blankNodes);
      Node object = draw.chance(60) ? resource(draw, blankNodes) : literal(draw);
      quads.add(new Quad(graph, subject, iri(draw.one(PREDICATES)), object));
    }
    return quads.stream().distinct().collect(Collectors.toCollection(ArrayList::new));
  }

  static boolean hasBlankNodes(List<Quad> quads) {
    return quads.stream().anyMatch(q -> q.getSubject().isBlank() || q.getObject().isBlank());
  }

  static Node iri(String name) {
    return NodeFactory.createURI(NS + name);
  }

  private static Node resource(Draw draw, boolean blankNodes) {
    return blankNodes && draw.chance(30)
        ? NodeFactory.createBlankNode("n" + draw.below(3))
        : iri(draw.one(RESOURCES));
  }

  static Node literal(Draw draw) {
    return switch (draw.below(8)) {
      case 0, 1, 2, 3 -> typed(draw.one(NUMBERS));
      case 4 -> NodeFactory.createLiteralString(draw.one(TEXTS));
      case 5 -> NodeFactory.createLiteralLang(draw.one(TEXTS), draw.one(LANGUAGES));
      case 6 -> typed(draw.one(OTHERS));
      default ->
          NodeFactory.createLiteralDT(
              draw.one(TEXTS), TypeMapper.getInstance().getSafeTypeByName(NS + "type"));
    };
  }

  /// A literal of a kind that `<` knows.
  static Node plain(Draw draw) {
    return switch (draw.below(3)) {
      case 0 -> {
        String number = draw.one(NUMBERS);
        yield typed(number.equals(NO_NUMBER) ? NUMBERS.getFirst() : number);
      }
      case 1 -> NodeFactory.createLiteralString(draw.one(TEXTS));
      default -> typed(draw.one(OTHERS));
    };
  }

  static Node number(Draw draw) {
    return typed(draw.one(NUMBERS));
  }

  private static Node typed(String text) {
    int space = text.lastIndexOf(' ');
    return NodeFactory.createLiteralDT(
        text.substring(0, space),
        TypeMapper.getInstance().getSafeTypeByName(XSD + text.substring(space + 1)));
  }

  static String text(Node node) {
    return NodeFmtLib.strNT(node);
  }

  static String text(List<Quad> quads) {
    return quads.stream()
        .map(quad -> {
          String triple =
              NodeFmtLib.strNodesNT(quad.getSubject(), quad.getPredicate(), quad.getObject());
          return quad.isDefaultGraph()
              ? triple + " ."
              : "GRAPH " + text(quad.getGraph()) + " { " + triple + " }";
        })
        .collect(Collectors.joining("\n", "INSERT DATA {\n", " }"));
  }

  static DatasetGraph dataset(List<Quad> quads) {
    DatasetGraph dataset = DatasetGraphFactory.createTxnMem();
    dataset.executeWrite(() -> quads.forEach(dataset::add));
    return dataset;
  }

  /// Blank nodes keep their labels, so that those of two answers compare.
  static void load(Sabot database, List<Quad> quads) {
    try (Transaction transaction = database.store().begin()) {
      for (Quad quad : quads) {
        transaction
            .quads()
            .insert(
                quad.isDefaultGraph() ? 0 : id(transaction, quad.getGraph()),
                id(transaction, quad.getSubject()),
                id(transaction, quad.getPredicate()),
                id(transaction, quad.getObject()));
      }
      transaction.commit();
    }
  }

  private static long id(Transaction transaction, Node node) {
    return transaction.intern(JenaTerms.value(node, ""));
  }
}
