package io.sabot.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Statements that end in `;`, with `$DIR` for the folder of the CSV files.
final class Scripts {
  private Scripts() {}

  static List<String> statements(String name, Path files) {
    try (InputStream in = Scripts.class.getResourceAsStream("/peers/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource /peers/" + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.replace("$DIR", files.toAbsolutePath().toString()).split(";\\s*"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
