package io.sabot.engine.fuzz;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;

/// A small database under narrow limits, and what running a query on it must come to.
final class Ordeal implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  /// How long a query may take that is to stop at the timeout; wide, for a busy machine.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long MEMORY = 64L << 20;
  private static final String CANARY = "SELECT count(*) FROM canary";

  private final Sabot database;

  Ordeal(Sabot database) {
    this.database = database;
    try (Session session = database.session()) {
      session.run(Language.SQL, "CREATE TABLE canary (id INTEGER PRIMARY KEY)").close();
      session.run(Language.SQL, "INSERT INTO canary VALUES (1), (2)").close();
    }
  }

  static Options limits() {
    return Options.defaults().withMemoryLimitBytes(MEMORY).withTimeout(TIMEOUT);
  }

  /// Runs a query to its end. Returns what is wrong with how it ended; empty for nothing.
  String run(Language language, String text) {
    long start = System.nanoTime();
    String complaint = "";
    try (Session session = database.session()) {
      session.setOptions(limits());
      try (Result result = session.run(language, text)) {
        while (result.hasNext()) {
          result.next();
        }
      }
    } catch (QueryException failed) {
      boolean ours = failed.code().category() == ErrorCode.Category.BUG;
      complaint = ours ? trace(failed) : failed.message().isBlank() ? "no message" : "";
    } catch (RuntimeException | Error escaped) {
      complaint = trace(escaped);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return complaint.isEmpty() && took.compareTo(PATIENCE) > 0 ? "took " + took : complaint;
  }

  /// Whether the database still answers, and holds what it held.
  String checkUp() {
    try (Session session = database.session();
        Result result = session.run(Language.SQL, CANARY)) {
      Object count = result.next().get(0);
      return Long.valueOf(2).equals(count) ? "" : "the canaries are " + count;
    } catch (QueryException failed) {
      // A query may have dropped the table, and may not have done anything else to it.
      return failed.code() == ErrorCode.UNKNOWN_TABLE ? "" : trace(failed);
    }
  }

  private static String trace(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    String text = out.toString();
    return text.substring(0, Math.min(text.length(), 3000));
  }

  @Override
  public void close() {
    database.close();
  }
}
