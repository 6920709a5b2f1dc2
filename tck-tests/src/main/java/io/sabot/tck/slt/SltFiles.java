package io.sabot.tck.slt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The test files on the class path: SQLite's, in the artefact of `net.hydromatic`.
final class SltFiles {
  private static final String ROOT = "test/";

  private SltFiles() {}

  /// All files by their path below the root, in order.
  static List<String> list() {
    URL one = SltFiles.class.getResource("/" + ROOT + "select1.test");
    if (one == null) {
      throw new IllegalStateException("sql-logic-test is not on the class path");
    }
    try {
      JarURLConnection connection = (JarURLConnection) one.openConnection();
      return connection.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(ROOT) && name.endsWith(".test"))
          .map(name -> name.substring(ROOT.length()))
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static SltReader open(String file) {
    InputStream in = SltFiles.class.getResourceAsStream("/" + ROOT + file);
    if (in == null) {
      throw new IllegalArgumentException("no test file " + file);
    }
    return new SltReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
  }
}
