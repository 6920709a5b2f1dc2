package io.sabot.tck.sparql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// The files of a suite in a folder: a checkout, or unpacked from a jar on the class path.
final class SuiteFiles {
  private SuiteFiles() {}

  /// Unpacks a folder of a jar to a temporary folder and returns it.
  static Path unpack(String folder, String marker) {
    URL resource = SuiteFiles.class.getResource("/" + folder + "/" + marker);
    if (resource == null) {
      throw new IllegalStateException("the suite '" + folder + "' is not on the class path");
    }
    String jar = resource.toString().split("!")[0];
    try (FileSystem files = FileSystems.newFileSystem(new URI(jar), Map.of())) {
      Path target = Files.createTempDirectory("sabot-suite");
      Path source = files.getPath("/" + folder);
      try (Stream<Path> paths = Files.walk(source)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          Path copy = target.resolve(source.relativize(path).toString());
          if (Files.isDirectory(path)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(path, copy);
          }
        }
      }
      return target;
    } catch (IOException cannotRead) {
      throw new UncheckedIOException(cannotRead);
    } catch (URISyntaxException malformed) {
      throw new IllegalStateException(malformed);
    }
  }
}
