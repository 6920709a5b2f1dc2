package io.sabot.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.sparql.RdfFaults;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.lang.LabelToNode;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.core.Quad;
import org.junit.jupiter.api.Test;

/// Compares what is read of each line, and which lines are wrong, with RIOT.
class RdfLinesTest {
  private static final String[] RESOURCES = {
    "<http://example.org/a>",
    "<https://example.org/a/b?x=1&y=2#frag>",
    "<http://example.org>",
    "<http://example.org:8080/p>",
    "<http://example.org/a#b#c>",
    "<http://example.org/a b>",
    "<http://EXAMPLE.org/A>",
    "<http:///nohost>",
    "<http://-x/>",
    "<http://example.org/%zz>",
    "<http://example.org/\u00e9>",
    "<http://example.org/\\u00e9>",
    "<http://example.org/../up/./here>",
    "<urn:isbn:123>",
    "<relative>",
    "<>",
    "<mailto:a@b.c>",
    "_:b1",
    "_:b.2",
    "_:",
    "<<( <http://e.org/s> <http://e.org/p> _:x )>>",
    "\"no resource\"",
  };

  private static final String[] OBJECTS = {
    "\"plain\"",
    "\"with \\\"quotes\\\" and \\\\ and \\n\\t\"",
    "\"\\u00e9 \\U0001F600\"",
    "\"\u00e9\u4e2d\"",
    "\"bad \\x escape\"",
    "\"open",
    "\"\"",
    "\"12\"^^<http://www.w3.org/2001/XMLSchema#integer>",
    "\"no number\"^^<http://www.w3.org/2001/XMLSchema#integer>",
    "\"x\"^^<http://example.org/type>",
    "\"x\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>",
    "\"x\"^^<relative>",
    "\"chat\"@fr",
    "\"chat\"@fr-BE",
    "\"chat\"@FR",
    "\"chat\"@x",
    "\"chat\"@abcd",
    "\"chat\"@abcdefghijk",
    "\"chat\"@en--ltr",
    "\"chat\"@",
    "\"a\"\"b\"",
    "'single'",
  };

  private static final String[] ENDS = {" .", ".", " . ", " . # said", "", " ..", " . x", "\t.\r"};

  private static final String[] LINES = {
    "", "   ", "# a comment", "nonsense", ".", "VERSION \"1.2\"", "<http://e.org/s> ."
  };

  private final Random random = new Random(7);

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  /// Mostly the first ones, which are plain.
  private String resource() {
    return random.nextInt(3) > 0 ? RESOURCES[random.nextInt(3)] : pick(RESOURCES);
  }

  private String line(boolean quads) {
    if (random.nextInt(12) == 0) {
      return pick(LINES);
    }
    String blank = random.nextInt(9) == 0 ? "\t " : " ";
    String object = random.nextBoolean() ? resource() : pick(OBJECTS);
    String graph = quads && random.nextBoolean() ? blank + resource() : "";
    String end = random.nextInt(3) == 0 ? pick(ENDS) : " .";
    return resource() + blank + resource() + blank + object + graph + end;
  }

  private static final class Collected extends StreamRDFBase {
    private final List<String> found = new ArrayList<>();

    @Override
    public void triple(Triple triple) {
      found.add(triple.toString());
    }

    @Override
    public void quad(Quad quad) {
      found.add(quad.isDefaultGraph() ? quad.asTriple().toString() : quad.toString());
    }
  }

  private static void riot(String text, Lang syntax, StreamRDF sink) {
    RDFParser.fromString(text, syntax)
        .strict(true)
        .labelToNode(LabelToNode.createUseLabelAsGiven())
        .errorHandler(new RdfFaults(""))
        .parse(sink);
  }

  @Test
  void readsEachLineAsRiotDoes() {
    for (int round = 0; round < 20; round++) {
      Lang syntax = round % 2 == 0 ? Lang.NTRIPLES : Lang.NQUADS;
      StringBuilder text = new StringBuilder();
      Collected expected = new Collected();
      List<String> badLines = new ArrayList<>();
      for (int number = 1; number <= 3000; number++) {
        String line = line(syntax.equals(Lang.NQUADS));
        text.append(line).append(number == 3000 && round % 4 < 2 ? "" : "\n");
        Collected one = new Collected();
        try {
          riot(line, syntax, one);
          expected.found.addAll(one.found);
        } catch (RuntimeException bad) {
          badLines.add("f:" + number + ":" + line);
        }
      }
      Collected actual = new Collected();
      List<String> rejected = new ArrayList<>();
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      BadRows badRows = new BadRows("f", Integer.MAX_VALUE, rejected::add);
      new RdfLines(new ByteArrayInputStream(bytes), syntax, actual, badRows).read();
      assertThat(actual.found).containsExactlyInAnyOrderElementsOf(expected.found);
      String[] lines = text.toString().split("\n", -1);
      assertThat(rejected.stream().map(m -> numbered(m, lines)))
          .containsExactlyElementsOf(badLines);
    }
  }

  private static String numbered(String message, String[] lines) {
    int number = Integer.parseInt(message.substring(2, message.indexOf(':', 2)));
    return "f:" + number + ":" + lines[number - 1];
  }

  @Test
  void aLineLongerThanTheBufferIsRead() {
    String line = "<http://e.org/s> <http://e.org/p> \"" + "x".repeat(3_000_000) + "\" .\n";
    Collected actual = new Collected();
    byte[] bytes = (line + line).getBytes(StandardCharsets.UTF_8);
    new RdfLines(
            new ByteArrayInputStream(bytes), Lang.NTRIPLES, actual, new BadRows("f", 0, bad -> {}))
        .read();
    assertThat(actual.found).hasSize(2);
  }
}
