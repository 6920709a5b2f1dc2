package io.sabot.bench.sparql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A query of the benchmark, with its prefixes.
record SparqlQuery(String name, String text) {
  private static final String SECTION = "=== ";

  /// All of them, from the resource where each follows a line `=== name`.
  static List<SparqlQuery> all() {
    List<SparqlQuery> all = new ArrayList<>();
    String prefixes = resource("prefixes.rq");
    for (String section : ("\n" + resource("queries.rq")).split("\n" + SECTION)) {
      int end = section.indexOf('\n');
      if (end > 0) {
        all.add(new SparqlQuery(section.substring(0, end), prefixes + section.substring(end + 1)));
      }
    }
    return all;
  }

  private static String resource(String name) {
    try (InputStream in = SparqlQuery.class.getResourceAsStream("/sparql/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource /sparql/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
