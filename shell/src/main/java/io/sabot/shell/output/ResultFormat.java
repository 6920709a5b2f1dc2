package io.sabot.shell.output;

import io.sabot.engine.Result;
import io.sabot.engine.io.SparqlResults;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// Writes a result; one instance writes one result.
public interface ResultFormat {
  /// Writes every row and returns how many there were. Does not close the result.
  long write(Result result, Appendable out) throws IOException;

  /// The formats by name.
  enum Name {
    TABLE,
    CSV,
    TSV,
    JSON,
    JSONL,
    MARKDOWN,
    SPARQL_JSON,
    SPARQL_XML,
    SPARQL_CSV,
    SPARQL_TSV;

    public static Optional<Name> of(String text) {
      for (Name name : values()) {
        if (name.toString().equalsIgnoreCase(text)) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static ResultFormat of(Name name) {
    return switch (name) {
      case TABLE -> new TableFormat();
      case CSV -> DelimitedFormat.csv();
      case TSV -> DelimitedFormat.tsv();
      case JSON -> new JsonFormat();
      case JSONL -> new JsonLinesFormat();
      case MARKDOWN -> new MarkdownFormat();
      case SPARQL_JSON -> w3c(SparqlResults.Format.JSON);
      case SPARQL_XML -> w3c(SparqlResults.Format.XML);
      case SPARQL_CSV -> w3c(SparqlResults.Format.CSV);
      case SPARQL_TSV -> w3c(SparqlResults.Format.TSV);
    };
  }

  /// A format as W3C defines it, for rows that are RDF terms.
  private static ResultFormat w3c(SparqlResults.Format format) {
    return (result, out) -> SparqlResults.write(result, format, out);
  }
}
