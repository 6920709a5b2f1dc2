package io.sabot.exec.run;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.util.function.Consumer;

/// What a query reaches beyond the store.
public record Outside(Procedures procedures, Documents documents) {

  /// Nothing can be reached.
  public static final Outside NOTHING =
      new Outside(
          Procedures.NONE,
          (iri, sink) -> {
            throw Errors.unsupported(null, "reading <" + iri + ">");
          });

  /// Documents that `LOAD` reads.
  @FunctionalInterface
  public interface Documents {
    /// Hands every quad of a document to `sink`; a document is read to its end or fails.
    void read(String iri, Consumer<Quad> sink);
  }

  /// A quad of values; `graph` is null for the default graph.
  public record Quad(Value graph, Value subject, Value predicate, Value object) {}
}
