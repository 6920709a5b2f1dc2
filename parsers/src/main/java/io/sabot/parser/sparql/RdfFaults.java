package io.sabot.parser.sparql;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.util.List;
import org.apache.jena.riot.system.ErrorHandler;

/// What becomes of the faults of an RDF document: errors carry the position. Warnings are ignored
/// but for those that W3C calls errors: RIOT is milder with them.
///
/// @param name of the document; empty when the reader adds it
public record RdfFaults(String name) implements ErrorHandler {
  private static final List<String> MALFORMED =
      List.of(
          "Illegal character in IRI",
          "Bad character in IRI",
          "Spaces are not legal in URIs",
          "Not a valid XML NCName",
          "Reuse of rdf:ID",
          "but no language tag",
          "Language not valid");

  @Override
  public void warning(String message, long line, long column) {
    if (MALFORMED.stream().anyMatch(message::contains)) {
      throw malformed(message, line, column);
    }
  }

  @Override
  public void error(String message, long line, long column) {
    throw malformed(message, line, column);
  }

  @Override
  public void fatal(String message, long line, long column) {
    throw malformed(message, line, column);
  }

  QueryException malformed(String message, long line, long column) {
    SourceSpan span = line > 0 ? SourceSpan.at((int) line, (int) Math.max(1, column)) : null;
    String text = name.isEmpty() ? message : name + ": " + message;
    return new QueryException(ErrorCode.MALFORMED_INPUT, span, text, "");
  }
}
