package io.sabot.engine.infer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What follows from what. Both sides are SPARQL: the conclusion a template, the premise a group
/// graph pattern, empty for an axiom.
///
/// A file of rules has one part a line: `rule NAME`, then `if ...` and `then ...`, each going on
/// over indented lines; `axiom ...` for a rule without a premise; `include SET`; `#` before
/// remarks.
record Rule(String name, String premise, String conclusion) {
  private static final String PREFIXES =
      """
      PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      PREFIX owl: <http://www.w3.org/2002/07/owl#>
      PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
      """;

  /// The update that adds to a graph what follows and is not there yet.
  String update(String graph) {
    String what = " { " + conclusion + " }";
    return PREFIXES
        + ("INSERT { GRAPH <" + graph + ">" + what + " } WHERE { ")
        + (premise + " FILTER NOT EXISTS" + what + " }");
  }

  static List<Rule> of(RuleSet set) {
    List<Rule> rules = new ArrayList<>();
    read(set.word(), rules);
    return List.copyOf(rules);
  }

  private static void read(String set, List<Rule> rules) {
    String name = "";
    String premise = "";
    for (String part : parts(set)) {
      int blank = part.indexOf(' ');
      String text = part.substring(blank + 1).strip();
      switch (part.substring(0, blank)) {
        case "include" -> read(text, rules);
        case "axiom" -> rules.add(new Rule("axiom", "", text));
        case "rule" -> name = text;
        case "if" -> premise = text;
        case "then" -> rules.add(new Rule(name, premise, text));
        default -> throw new IllegalStateException(set + ": " + part);
      }
    }
  }

  /// Lines with their continuations.
  private static List<String> parts(String set) {
    List<String> parts = new ArrayList<>();
    for (String line : text(set).lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ")) {
        parts.set(parts.size() - 1, parts.getLast() + " " + line.strip());
      } else {
        parts.add(line.strip());
      }
    }
    return parts;
  }

  private static String text(String set) {
    try (InputStream in = Rule.class.getResourceAsStream(set + ".rules")) {
      if (in == null) {
        throw new IllegalStateException("no rules are called " + set);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
