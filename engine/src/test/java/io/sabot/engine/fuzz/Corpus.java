package io.sabot.engine.fuzz;

import io.sabot.engine.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Well-formed queries that the mutations start from: those of the scripts, and lines of their own.
record Corpus(List<String> texts) {
  private static final Path RESOURCES = Path.of("src/test/resources");

  static Corpus of(Language language) {
    List<String> texts = new ArrayList<>();
    String name = language.name().toLowerCase(Locale.ROOT);
    try {
      Path own = RESOURCES.resolve("fuzz/" + name + ".txt");
      if (Files.exists(own)) {
        texts.addAll(Files.readAllLines(own));
      }
      Path scripts = RESOURCES.resolve(name);
      if (Files.isDirectory(scripts)) {
        try (Stream<Path> files = Files.list(scripts)) {
          for (Path file : files.sorted().toList()) {
            texts.addAll(statements(Files.readString(file)));
          }
        }
      }
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
    return new Corpus(List.copyOf(texts));
  }

  /// The blocks that start with `statement`, `query` or `error`, without what they expect.
  private static List<String> statements(String script) {
    List<String> statements = new ArrayList<>();
    for (String block : script.split("\n\\s*\n")) {
      String[] lines = block.strip().split("\n", 2);
      if (lines.length == 2 && lines[0].matches("(statement|query|error).*")) {
        statements.add(lines[1].split("\n----")[0].strip());
      }
    }
    return statements;
  }
}
