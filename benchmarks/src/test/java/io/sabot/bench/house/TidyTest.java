package io.sabot.bench.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How the sources look, where a formatter cannot tell: sizes, package essays, forbidden marks, and
/// that the architecture page names classes that exist.
class TidyTest {
  private static final int MAX_METHOD_LINES = 70;
  private static final int MAX_FILE_LINES = 800;
  private static final int MAX_COLUMNS = 100;

  /// Spelled so that this file does not contain the marks itself.
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final String AUTHOR = "@auth" + "or";

  /// A type's name in backticks, perhaps with a package before and a member after.
  private static final Pattern NAMED_TYPE =
      Pattern.compile("`(?:[a-z][a-z0-9]*\\.)*([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)[^`]*`");

  /// Methods that are one exhaustive switch over all kinds of plan node: a table of cases.
  /// Splitting one would need a `default`, and then the compiler would no longer find a node kind
  /// that was forgotten.
  private static final Set<String> CASE_TABLES =
      Set.of(
          "PhysicalPlanner.java plan", //
          "PlanExprs.java rebuild",
          "FreeColumns.java visit",
          "LogicalText.java line",
          "PhysicalText.java line");

  private static SourceTree tree;
  private static List<Path> java;

  @BeforeAll
  static void listFiles() throws IOException, InterruptedException {
    tree = SourceTree.find();
    java = tree.withSuffix(".java");
  }

  @Test
  void methodsFitOnAPage() throws IOException {
    List<String> tooLong =
        JavaSources.parse(java).methods().stream()
            .filter(method -> method.lineCount() > MAX_METHOD_LINES)
            .filter(
                method -> !CASE_TABLES.contains(method.file().getFileName() + " " + method.name()))
            .map(method ->
                "%s:%d %s has %d lines"
                    .formatted(
                        tree.relative(method.file()),
                        method.firstLine(),
                        method.name(),
                        method.lineCount()))
            .toList();
    assertThat(tooLong).as("methods of more than " + MAX_METHOD_LINES + " lines").isEmpty();
  }

  @Test
  void filesAreShort() {
    List<String> tooLong =
        java.stream()
            .filter(file -> SourceTree.lines(file).size() > MAX_FILE_LINES)
            .map(tree::relative)
            .toList();
    assertThat(tooLong).as("files of more than " + MAX_FILE_LINES + " lines").isEmpty();
  }

  @Test
  void linesAreNarrow() {
    assertNoLine(java, "lines of more than 100 columns", TidyTest::isTooWide);
  }

  @Test
  void nothingIsMarkedAsUnfinished() {
    assertNoLine(
        tree.withSuffix(".java", ".g4", ".sh", "sabot", "mvnw"),
        "unfinished work: open an issue, and write code that is whole",
        line -> UNFINISHED.matcher(line).find());
  }

  @Test
  void nobodySigns() {
    assertNoLine(java, "author tags: git knows", line -> line.contains(AUTHOR));
  }

  @Test
  void tabsStayOut() {
    assertNoLine(
        tree.withSuffix(".java", ".g4", ".xml", ".sh", ".slt"),
        "tabs",
        line -> line.indexOf('\t') >= 0);
  }

  @Test
  void everyMainPackageIsDescribedAndNullMarked() {
    Set<Path> packages =
        java.stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .map(Path::getParent)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> undescribed =
        packages.stream()
            .filter(folder -> !isDescribed(folder.resolve("package-info.java")))
            .map(tree::relative)
            .toList();
    assertThat(undescribed).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  @Test
  void theArchitecturePageNamesRealTypes() throws IOException {
    Path page = tree.root().resolve("ARCHITECTURE.md");
    if (!Files.exists(page)) {
      return;
    }
    JavaSources sources = JavaSources.parse(java);
    List<String> unknown =
        NAMED_TYPE
            .matcher(Files.readString(page))
            .results()
            .map((MatchResult match) -> match.group(1))
            .distinct()
            .filter(name -> !sources.declaredTypes().contains(name))
            .filter(name -> !sources.importedTypes().contains(name))
            .toList();
    assertThat(unknown).as("names in backticks that no source declares or imports").isEmpty();
  }

  /// The formatter leaves imports and links alone, so they may be wide.
  private static boolean isTooWide(String line) {
    return line.codePointCount(0, line.length()) > MAX_COLUMNS
        && !line.startsWith("import ")
        && !line.startsWith("package ")
        && !line.contains("://");
  }

  private static boolean isDescribed(Path packageInfo) {
    return Files.exists(packageInfo)
        && SourceTree.lines(packageInfo).stream().anyMatch(line -> line.startsWith("@NullMarked"));
  }

  private static void assertNoLine(List<Path> files, String what, Predicate<String> isBad) {
    List<String> bad = new ArrayList<>();
    for (Path file : files) {
      int number = 0;
      for (String line : SourceTree.lines(file)) {
        number++;
        if (isBad.test(line)) {
          bad.add(tree.relative(file) + ":" + number + ": " + line.strip());
        }
      }
    }
    assertThat(bad).as(what).isEmpty();
  }
}
