package io.sabot.engine.io;

import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.plan.error.Errors;
import io.sabot.plan.statement.Statement.ResultForm;
import io.sabot.plan.value.Value;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes results in W3C's SPARQL result formats: solutions in all four, the answer of an ASK in
/// JSON and XML.
public final class SparqlResults {
  private SparqlResults() {}

  /// W3C's formats, by media type.
  public enum Format {
    JSON("application/sparql-results+json"),
    XML("application/sparql-results+xml"),
    CSV("text/csv"),
    TSV("text/tab-separated-values");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }

    /// Whether the format has a form for the answer of an ASK.
    public boolean hasBooleans() {
      return this == JSON || this == XML;
    }
  }

  /// One format: a head, rows, an end; or an answer.
  interface Writer {
    void head(List<String> variables) throws IOException;

    /// @param terms one a variable, null for unbound
    void row(List<String> variables, List<Value> terms) throws IOException;

    void end() throws IOException;

    void answer(boolean yes) throws IOException;
  }

  /// Writes every row and returns how many there were. Does not close the result.
  public static long write(Result result, Format format, Appendable out) throws IOException {
    Writer writer =
        switch (format) {
          case JSON -> new SparqlJson(out);
          case XML -> new SparqlXml(out);
          case CSV -> SparqlText.csv(out);
          case TSV -> SparqlText.tsv(out);
        };
    if (result.form() == ResultForm.BOOLEAN) {
      if (!format.hasBooleans()) {
        throw Errors.unsupported(null, "the answer of an ASK as " + format);
      }
      writer.answer(Boolean.TRUE.equals(result.next().get(0)));
      return 1;
    }
    // A query that fails in its first batch writes nothing.
    boolean any = result.hasNext();
    writer.head(result.columns());
    Map<String, Value> blanks = new HashMap<>();
    long rows = 0;
    for (; any && result.hasNext(); rows++) {
      writer.row(result.columns(), renamed(result.next(), blanks));
    }
    writer.end();
    return rows;
  }

  /// Blank node labels mean something only within one result, and some formats allow few letters.
  private static List<Value> renamed(Row row, Map<String, Value> blanks) {
    return row.values().stream().map(value -> renamed(value, blanks)).toList();
  }

  private static Value renamed(Value value, Map<String, Value> blanks) {
    return switch (value) {
      case Value.BlankNode(String label) ->
          blanks.computeIfAbsent(label, l -> new Value.BlankNode("b" + blanks.size()));
      case Value.TripleTerm(Value subject, Value predicate, Value object) ->
          new Value.TripleTerm(renamed(subject, blanks), predicate, renamed(object, blanks));
      default -> value;
    };
  }
}
