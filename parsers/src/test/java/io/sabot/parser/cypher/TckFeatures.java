package io.sabot.parser.cypher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// The openCypher TCK as plain Gherkin text, outlines expanded.
final class TckFeatures {
  private TckFeatures() {}

  /// A line of a scenario with the text block below it, if any.
  record Step(String text, String block) {
    boolean isQuery() {
      return text.startsWith("When executing query");
    }
  }

  record Scenario(String feature, String name, List<Step> steps) {
    /// The text after `Then`, when an error is expected, else an empty text.
    String expectedError() {
      return steps.stream()
          .map(Step::text)
          .filter(text -> text.contains(" should be raised at "))
          .findFirst()
          .orElse("");
    }

    boolean failsAtCompileTime() {
      return expectedError().contains("compile time");
    }

    String expectedDetail() {
      return expectedError().substring(expectedError().lastIndexOf(':') + 1).strip();
    }

    String query() {
      return steps.stream().filter(Step::isQuery).findFirst().orElseThrow().block();
    }

    @Override
    public String toString() {
      return feature + " " + name;
    }
  }

  /// Every scenario, with each row of an outline as a scenario of its own.
  static List<Scenario> scenarios() {
    URL marker = TckFeatures.class.getResource("/features/clauses/match/Match1.feature");
    if (marker == null) {
      throw new IllegalStateException("the TCK is not on the class path");
    }
    String file = marker.getPath().substring("file:".length(), marker.getPath().indexOf("!"));
    List<Scenario> scenarios = new ArrayList<>();
    try (JarFile jar = new JarFile(Path.of(new URI("file:" + file)).toFile())) {
      for (var entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".feature")) {
          String text =
              new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
          String name = entry.getName();
          read(name.substring(name.lastIndexOf('/') + 1), text.lines().toList(), scenarios);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return scenarios;
  }

  private static void read(String feature, List<String> lines, List<Scenario> out) {
    String name = null;
    List<Step> steps = new ArrayList<>();
    List<Map<String, String>> examples = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at).strip();
      if (line.startsWith("Scenario")) {
        flush(feature, name, steps, examples, out);
        name = line.substring(line.indexOf(':') + 1).strip();
      } else if (line.startsWith("Examples")) {
        at = table(lines, at + 1, examples);
        continue;
      } else if (name != null && line.matches("(Given|When|Then|And|But) .*")) {
        if (at + 1 < lines.size() && lines.get(at + 1).strip().equals("\"\"\"")) {
          int end = at + 2;
          while (!lines.get(end).strip().equals("\"\"\"")) {
            end++;
          }
          steps.add(new Step(line, block(lines.subList(at + 2, end))));
          at = end;
        } else if (line.contains("parameters are")) {
          int end = at + 1;
          while (lines.get(end).strip().startsWith("|")) {
            end++;
          }
          steps.add(new Step(line, block(lines.subList(at + 1, end))));
          at = end - 1;
        } else {
          steps.add(new Step(line, ""));
        }
      }
      at++;
    }
    flush(feature, name, steps, examples, out);
  }

  private static String block(List<String> lines) {
    return String.join("\n", lines).stripIndent();
  }

  private static int table(List<String> lines, int start, List<Map<String, String>> out) {
    List<String> header = null;
    int at = start;
    for (; at < lines.size(); at++) {
      String line = lines.get(at).strip();
      if (line.startsWith("|")) {
        List<String> cells = cells(line);
        if (header == null) {
          header = cells;
        } else {
          Map<String, String> row = new HashMap<>();
          for (int i = 0; i < header.size(); i++) {
            row.put(header.get(i), cells.get(i));
          }
          out.add(row);
        }
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        break;
      }
    }
    return at;
  }

  private static List<String> cells(String row) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    for (int i = 1; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '\\' && i + 1 < row.length()) {
        char next = row.charAt(++i);
        cell.append(next == '|' || next == '\\' ? "" : "\\").append(next);
      } else if (c == '|') {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    return cells;
  }

  private static void flush(
      String feature,
      @Nullable String name,
      List<Step> steps,
      List<Map<String, String>> examples,
      List<Scenario> out) {
    if (name != null && !steps.isEmpty()) {
      List<Map<String, String>> rows = examples.isEmpty() ? List.of(Map.of()) : examples;
      for (Map<String, String> row : rows) {
        List<Step> filled =
            steps.stream().map(s -> new Step(fill(s.text(), row), fill(s.block(), row))).toList();
        out.add(new Scenario(feature, fill(name, row), filled));
      }
    }
    steps.clear();
    examples.clear();
  }

  private static String fill(String text, Map<String, String> row) {
    String filled = text;
    for (var entry : row.entrySet()) {
      filled = filled.replace("<" + entry.getKey() + ">", entry.getValue());
    }
    return filled;
  }
}
