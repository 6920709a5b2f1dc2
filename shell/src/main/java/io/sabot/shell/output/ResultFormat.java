package io.sabot.shell.output;

import io.sabot.engine.Result;
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
    MARKDOWN;

    public static Optional<Name> of(String text) {
      for (Name name : values()) {
        if (name.name().equalsIgnoreCase(text)) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
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
    };
  }
}
