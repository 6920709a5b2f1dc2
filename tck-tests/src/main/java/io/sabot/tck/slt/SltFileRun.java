package io.sabot.tck.slt;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.tck.report.SuiteReport.Outcome;
import io.sabot.tck.report.SuiteReport.Status;
import io.sabot.tck.slt.SltRecord.Query;
import io.sabot.tck.slt.SltRecord.Statement;
import io.sabot.tck.slt.SltSample.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs one file, or a sample of its queries, on a database of its own.
final class SltFileRun {
  /// What a record did instead of what it should.
  ///
  /// @param code of the error that ended it; null when its result was wrong
  record Failure(SltRecord record, @Nullable ErrorCode code, String message) {}

  private final Part part;
  private final List<Outcome> outcomes = new ArrayList<>();

  /// Since a statement was left out for a difference between the dialects, what the file says of
  /// the rows is no longer true.
  private @Nullable Difference leftOut;

  SltFileRun(Part part) {
    this.part = part;
  }

  List<Outcome> run(Options options) {
    try (Sabot database = Sabot.inMemory(options);
        Session session = database.session();
        SltReader reader = SltFiles.open(part.file())) {
      int queries = 0;
      int last = part.queries() == null ? Integer.MAX_VALUE : part.queries().length() - 1;
      for (SltRecord next = reader.next(); next != null; next = reader.next()) {
        switch (next) {
          case Statement statement -> run(session, statement);
          case Query query -> {
            if (part.queries() == null || part.queries().get(queries)) {
              run(session, query);
            }
            if (queries++ >= last) {
              return outcomes;
            }
          }
        }
      }
    }
    return outcomes;
  }

  private void run(Session session, Statement statement) {
    long start = System.nanoTime();
    ErrorCode code = null;
    String message = statement.fails() ? "ends without an error" : "";
    try {
      session.run(Language.SQL, statement.sql()).close();
    } catch (QueryException failed) {
      code = failed.code();
      message = failed.code() + ": " + failed.message();
    }
    boolean internal = code != null && code.category() == ErrorCode.Category.BUG;
    if (internal || statement.fails() == (code == null)) {
      leftOut = add(new Failure(statement, code, message), start).orElse(leftOut);
    } else if (part.queries() == null) {
      add(statement, start, Status.PASSED, "");
    }
  }

  private void run(Session session, Query query) {
    long start = System.nanoTime();
    SltResult found = new SltResult(query.types());
    try (Result result = session.run(Language.SQL, NullOrder.asInSqlite(query))) {
      while (result.hasNext()) {
        found.add(result.next().objects());
      }
    } catch (QueryException failed) {
      add(new Failure(query, failed.code(), failed.code() + ": " + failed.message()), start);
      return;
    }
    String difference = found.difference(query);
    if (difference.isEmpty()) {
      add(query, start, Status.PASSED, "");
    } else {
      add(new Failure(query, null, difference), start);
    }
  }

  /// Adds a failure. The difference of the dialects that explains it, if one does.
  private Optional<Difference> add(Failure failure, long start) {
    Optional<Difference> difference = Difference.of(failure);
    if (difference.isEmpty() && failure.record() instanceof Query && failure.code() == null) {
      difference = Optional.ofNullable(leftOut);
    }
    String message = failure.record().sql() + "\n" + failure.message();
    if (difference.isPresent()) {
      add(
          failure.record(),
          start,
          Status.EXPECTED_FAILURE,
          difference.get().reason() + "\n" + message);
    } else {
      add(failure.record(), start, Status.FAILED, message);
    }
    return difference;
  }

  private void add(SltRecord record, long start, Status status, String message) {
    long millis = (System.nanoTime() - start) / 1_000_000;
    outcomes.add(new Outcome(part.file(), "line " + record.line(), status, message, millis));
  }
}
