package io.sabot.engine.triangle;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The same question over the same rows has the same answer in SQL, openCypher and SPARQL, with the
/// optimizer on and off: six answers that are each other's oracle.
///
/// `-Dtriangle.seeds=N` asks N questions, `-Dseed=S` starts at that one.
class LanguageTriangleTest {
  private static final int QUESTIONS_A_DATABASE = 40;

  @Test
  void sixAnswersAreOne() {
    int seeds = Integer.getInteger("triangle.seeds", 2_000);
    long first = Long.getLong("seed", System.nanoTime());
    List<String> differences = new ArrayList<>();
    for (long seed = first; seed < first + seeds; seed += QUESTIONS_A_DATABASE) {
      long end = Math.min(first + seeds, seed + QUESTIONS_A_DATABASE);
      ask(seed, end, differences);
      if (differences.size() > 5) {
        break;
      }
    }
    assertThat(differences).as("-Dseed=%d", first).isEmpty();
  }

  private static void ask(long from, long to, List<String> differences) {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      List<String> data = TriangleRows.fill(session, new Random(from));
      for (long seed = from; seed < to; seed++) {
        Question question = new QuestionGenerator(new Random(seed)).next();
        String difference = difference(session, question);
        if (!difference.isEmpty()) {
          differences.add(
              "-Dseed=%d (rows of -Dseed=%d)%n%s%n%s"
                  .formatted(seed, from, String.join(";\n", data), difference));
        }
      }
    }
  }

  private static String text(Language language, Question question) {
    return switch (language) {
      case SQL -> SqlWriter.write(question);
      case CYPHER -> CypherWriter.write(question);
      case SPARQL -> SparqlWriter.write(question);
    };
  }

  /// Empty when all six agree.
  private static String difference(Session session, Question question) {
    Options options = session.options();
    List<String> answers = new ArrayList<>();
    StringBuilder report = new StringBuilder();
    for (Language language : Language.values()) {
      String text = text(language, question);
      report.append(language).append(": ").append(text).append('\n');
      for (boolean optimizer : new boolean[] {true, false}) {
        session.setOptions(options.withOptimizer(optimizer));
        String answer = answer(session, language, text);
        answers.add(answer);
        report.append(optimizer ? "  on:  " : "  off: ").append(answer).append('\n');
      }
    }
    session.setOptions(options);
    return answers.stream().distinct().count() == 1 && !answers.getFirst().startsWith("fails")
        ? ""
        : report.toString();
  }

  private static String answer(Session session, Language language, String text) {
    try (Result result = session.run(language, text)) {
      int width = result.columns().size();
      return result.toList().stream()
          .map(row -> {
            List<String> values = new ArrayList<>();
            for (int c = 0; c < width; c++) {
              values.add(String.valueOf(row.get(c)));
            }
            return values.toString();
          })
          .sorted()
          .collect(Collectors.joining(" "));
    } catch (RuntimeException failed) {
      return "fails: " + failed;
    }
  }
}
