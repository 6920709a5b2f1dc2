package io.sabot.bench.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One question in every language, from a file `/graph/{name}.query`: what it asks in a line, then
/// a text below each line `=== language`.
///
/// @param texts by language: `cypher`, `sql`, `sparql`, and `kuzu` where its Cypher is another
public record GraphQuery(String name, String about, Map<String, String> texts) {
  private static final String SECTION = "=== ";

  /// The nine patterns of LDBC's Labelled Subgraph Query Benchmark, and reads like those of its
  /// Social Network Benchmark.
  public static final List<String> NAMES =
      List.of(
          "lsqb-1",
          "lsqb-2",
          "lsqb-3",
          "lsqb-4",
          "lsqb-5",
          "lsqb-6",
          "lsqb-7",
          "lsqb-8",
          "lsqb-9",
          "snb-friends",
          "snb-friends-of-friends",
          "snb-recent-messages",
          "snb-shortest-path",
          "snb-tag-statistics",
          "snb-popular-tags");

  public static GraphQuery read(String name) {
    Map<String, StringBuilder> sections = new LinkedHashMap<>();
    StringBuilder about = new StringBuilder();
    StringBuilder current = about;
    for (String line : resource(name + ".query").lines().toList()) {
      if (line.startsWith(SECTION)) {
        current = new StringBuilder();
        sections.put(line.substring(SECTION.length()).strip(), current);
      } else {
        current.append(line).append('\n');
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    sections.forEach((language, text) -> texts.put(language, text.toString().strip()));
    return new GraphQuery(name, about.toString().strip(), texts);
  }

  /// The text for a language; its Cypher for an engine without a text of its own.
  public String text(String language) {
    String text = texts.getOrDefault(language, texts.get("cypher"));
    if (text == null) {
      throw new IllegalStateException("query " + name + " has no Cypher");
    }
    return text;
  }

  static String resource(String name) {
    try (InputStream in = GraphQuery.class.getResourceAsStream("/graph/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource /graph/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
