package io.sabot.bench.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files of the working tree that belong to the project.
record SourceTree(Path root, List<Path> files) {
  private static final Set<String> FOREIGN_FOLDERS = Set.of(".git", "target", ".idea", ".sabot");

  /// Finds the tree from the folder of the module under test.
  static SourceTree find() throws IOException, InterruptedException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
      if (root == null) {
        throw new IllegalStateException("not inside the project: " + Path.of("").toAbsolutePath());
      }
    }
    List<Path> known = listedByGit(root);
    return new SourceTree(root, known.isEmpty() ? walked(root) : known);
  }

  List<Path> withSuffix(String... suffixes) {
    return files.stream()
        .filter(file -> Stream.of(suffixes).anyMatch(file.toString()::endsWith))
        .toList();
  }

  String relative(Path file) {
    return root.relativize(file).toString();
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /// Tracked files and new ones that are not ignored; empty where there is no git or no repository.
  private static List<Path> listedByGit(Path root) throws InterruptedException {
    String[] command = {"git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"};
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String listing = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() != 0
          ? List.of()
          : Stream.of(listing.split("\0", -1))
              .filter(name -> !name.isEmpty())
              .map(root::resolve)
              .filter(Files::isRegularFile)
              .toList();
    } catch (IOException gitIsMissing) {
      return List.of();
    }
  }

  private static List<Path> walked(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> isOurs(root.relativize(file)))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static boolean isOurs(Path relative) {
    for (Path part : relative) {
      if (FOREIGN_FOLDERS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
