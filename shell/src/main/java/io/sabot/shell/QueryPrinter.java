package io.sabot.shell;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Session;
import io.sabot.engine.Summary;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.statement.UnknownName;
import io.sabot.shell.output.ResultFormat;
import io.sabot.shell.output.TriplesFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs texts in a session and prints what comes back.
public final class QueryPrinter {
  private final Session session;
  private final boolean strict;
  private final Appendable out;
  private final PrintStream err;

  public QueryPrinter(Session session, Appendable out, PrintStream err) {
    this(session, out, err, false);
  }

  /// @param strict whether a query that can find nothing, because nothing has a name that it asks
  ///   for, is an error and not a warning
  QueryPrinter(Session session, Appendable out, PrintStream err, boolean strict) {
    this.strict = strict;
    this.session = session;
    this.out = out;
    this.err = err;
  }

  /// The statements of a text, whose results are printed one after the other. A SPARQL request is
  /// one: `;` is part of its syntax.
  static List<String> parts(Language language, String text) {
    QueryText query = QueryText.of(text);
    return switch (language) {
      case CYPHER -> query.statements();
      case SQL -> Session.statements(language, text);
      case SPARQL -> List.of(query.withoutLastSemicolon());
    };
  }

  public void run(
      Language language,
      String text,
      Map<String, @Nullable Object> parameters,
      ResultFormat.Name format,
      boolean timing) {
    for (String part : parts(language, text)) {
      warn(language, part);
      long start = System.nanoTime();
      try (Result result = session.run(language, part, parameters)) {
        long rows = write(result, format);
        if (timing) {
          err.println(summary(result, rows, System.nanoTime() - start));
        }
      }
    }
  }

  /// Tells of names that nothing has.
  private void warn(Language language, String text) {
    for (UnknownName name : session.unknownNames(language, text)) {
      if (strict && name.findsNothing()) {
        throw name.asError();
      }
      err.println("warning: " + name.message());
    }
    if (language == Language.CYPHER) {
      PropertyWarnings.of(text, session.catalog()).forEach(w -> err.println("warning: " + w));
    }
  }

  private long write(Result result, ResultFormat.Name format) {
    try {
      return switch (result.form()) {
        case NONE -> {
          while (result.hasNext()) {
            result.next();
          }
          yield -1;
        }
        case TRIPLES -> new TriplesFormat().write(result, out);
        case ROWS, BOOLEAN ->
            result.columns().equals(List.of("plan"))
                ? lines(result)
                : ResultFormat.of(format).write(result, out);
      };
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /// A plan is text, not a table.
  private long lines(Result result) throws IOException {
    while (result.hasNext()) {
      out.append(String.valueOf(result.next().get(0))).append('\n');
    }
    return -1;
  }

  private static String summary(Result result, long rows, long nanos) {
    List<String> parts = new ArrayList<>();
    if (rows >= 0 && (result.form() != ResultForm.ROWS || !result.columns().isEmpty())) {
      parts.add(counted(rows, result.form() == ResultForm.TRIPLES ? "triple" : "row"));
    }
    changes(result.summary(), parts);
    parts.add(String.format(Locale.ROOT, "%.1f ms", nanos / 1e6));
    return String.join(", ", parts);
  }

  private static void changes(Summary summary, List<String> parts) {
    add(parts, summary.nodesCreated(), "node", "created");
    add(parts, summary.nodesDeleted(), "node", "deleted");
    add(parts, summary.edgesCreated(), "relationship", "created");
    add(parts, summary.edgesDeleted(), "relationship", "deleted");
    add(parts, summary.propertiesSet(), "property", "set");
    add(parts, summary.labelsAdded(), "label", "added");
    add(parts, summary.labelsRemoved(), "label", "removed");
    add(parts, summary.rowsChanged(), "row", "changed");
    add(parts, summary.quadsInserted(), "triple", "inserted");
    add(parts, summary.quadsDeleted(), "triple", "deleted");
  }

  private static void add(List<String> parts, long count, String what, String how) {
    if (count > 0) {
      parts.add(counted(count, what) + " " + how);
    }
  }

  private static String counted(long count, String what) {
    String plural = what.endsWith("y") ? what.substring(0, what.length() - 1) + "ies" : what + "s";
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? what : plural);
  }
}
