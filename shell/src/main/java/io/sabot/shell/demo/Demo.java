package io.sabot.shell.demo;

import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.shell.ErrorText;
import io.sabot.shell.QueryPrinter;
import io.sabot.shell.demo.Questions.Question;
import io.sabot.shell.output.ResultFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Loads WordNet, asks, writes, closes, opens and asks again.
public final class Demo {
  private final Path place;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean debug;
  private int failures;

  public Demo(Path place, PrintStream out, PrintStream err, boolean debug) {
    this.place = place;
    this.out = out;
    this.err = err;
    this.debug = debug;
  }

  /// Returns how many questions failed.
  public int run() throws IOException {
    try (Sabot database = Sabot.open(place);
        Session session = database.session()) {
      load(database);
      title("The same rows as tables, as a graph, as triples");
      Questions.PLAIN.forEach(question -> ask(session, question));
      title("One question in three languages, one plan");
      Questions.SAME.forEach(question -> ask(session, ordered(question)));
      plans(session);
      title("Languages inside one another");
      Questions.MIXED.forEach(question -> ask(session, question));
      title("One transaction, written in three languages");
      session.begin();
      Questions.WRITES.forEach(question -> ask(session, question));
      session.commit();
      out.println("-- committed");
    }
    title("Closed, opened, asked again");
    try (Sabot database = Sabot.open(place);
        Session session = database.session()) {
      Questions.AFTERWARDS.forEach(question -> ask(session, question));
    }
    out.flush();
    return failures;
  }

  private void load(Sabot database) throws IOException {
    out.println("Data: " + WordNet.SOURCE);
    out.println("      " + WordNet.LICENCE);
    if (database.catalog().table("main", "synset").isPresent()) {
      out.println("The database in " + place + " has it already.");
      return;
    }
    long start = System.nanoTime();
    long rows = WordNetLoader.load(database);
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(
        Locale.ROOT, "Loaded %,d rows in %.1f s into %s%n", rows, seconds, place.toAbsolutePath());
  }

  private void title(String text) {
    out.println();
    out.println("== " + text);
    out.flush();
  }

  private void ask(Session session, Question question) {
    out.println();
    out.println("-- " + question.language() + ": " + question.title());
    question.text().strip().lines().forEach(line -> out.println("   " + line));
    long start = System.nanoTime();
    try {
      QueryPrinter printer = new QueryPrinter(session, out, err);
      printer.run(question.language(), question.text(), Map.of(), ResultFormat.Name.TABLE, false);
      out.printf(Locale.ROOT, "   (%.0f ms)%n", (System.nanoTime() - start) / 1e6);
    } catch (RuntimeException failed) {
      failures++;
      out.print(ErrorText.of(failed, question.text(), debug));
    }
    out.flush();
  }

  private static Question ordered(Question question) {
    String text = question.text().stripTrailing() + "\n" + Questions.order(question.language());
    return new Question(question.language(), question.title(), text);
  }

  /// The plans of one question after normalisation: one, if the languages agree.
  private void plans(Session session) {
    Set<String> plans = new LinkedHashSet<>();
    for (Question question : Questions.SAME) {
      try {
        plans.add(session.normalisedPlan(question.language(), question.text().strip(), Map.of()));
      } catch (RuntimeException failed) {
        failures++;
        out.print(ErrorText.of(failed, question.text(), debug));
      }
    }
    out.println();
    out.println(
        plans.size() == 1
            ? "-- the one normalised plan of all three (before ORDER BY and LIMIT):"
            : "-- the normalised plans differ (" + plans.size() + "):");
    failures += plans.size() == 1 ? 0 : 1;
    plans.forEach(out::println);
  }
}
