package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The cases under `scripts/`, with the optimizer on and off and in batches of three rows.
final class ScriptFileTest {
  @TempDir Path directory;

  private enum Way {
    OPTIMIZED,
    AS_WRITTEN,
    BATCHES_OF_THREE;

    Options options() {
      Options options = Options.defaults().withDurable(false);
      return switch (this) {
        case OPTIMIZED -> options;
        case AS_WRITTEN -> options.withOptimizer(false);
        case BATCHES_OF_THREE -> options.withBatchRows(3);
      };
    }
  }

  @TestFactory
  List<DynamicTest> everyCase() throws IOException, URISyntaxException {
    List<DynamicTest> tests = new ArrayList<>();
    for (ScriptFile file : files()) {
      for (Way way : Way.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                file.name() + " " + way,
                () -> {
                  Path database = directory.resolve(file.name().replace('/', '-') + way);
                  Files.createDirectories(database);
                  assertThat(file.run(database, way.options())).isEmpty();
                }));
      }
    }
    return tests;
  }

  @Test
  void thereAreAsManyCasesOfCypherAsPromised() throws IOException, URISyntaxException {
    int cases =
        files().stream()
            .filter(file -> file.language() == Language.CYPHER)
            .mapToInt(ScriptFile::cases)
            .sum();
    assertThat(cases).isGreaterThanOrEqualTo(400);
  }

  private static List<ScriptFile> files() throws IOException, URISyntaxException {
    URL folder = ScriptFileTest.class.getResource("/scripts");
    if (folder == null) {
      return List.of();
    }
    Path root = Path.of(folder.toURI());
    try (Stream<Path> paths = Files.walk(root)) {
      List<ScriptFile> files = new ArrayList<>();
      for (Path path : paths.filter(p -> p.toString().endsWith(".test")).sorted().toList()) {
        files.add(ScriptFile.parse(root.relativize(path).toString(), Files.readString(path)));
      }
      return files;
    }
  }
}
