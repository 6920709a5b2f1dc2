package io.sabot.exec.run;

import io.sabot.plan.catalog.FileSource;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.logical.LogicalNode.FileRead;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ColumnData;
import java.util.List;
import java.util.function.Consumer;

/// What a query reaches beyond the store.
public record Outside(Procedures procedures, Documents documents, Files files) {

  /// Nothing can be reached.
  public static final Outside NOTHING =
      new Outside(
          Procedures.NONE,
          (iri, sink) -> {
            throw Errors.unsupported(null, "reading <" + iri + ">");
          },
          (source, reads, bounds, rowsMax) -> {
            throw Errors.unsupported(null, "reading '" + source.path() + "'");
          });

  /// Documents that `LOAD` reads.
  @FunctionalInterface
  public interface Documents {
    /// Hands every quad of a document to `sink`; a document is read to its end or fails.
    void read(String iri, Consumer<Quad> sink);
  }

  /// A quad of values; `graph` is null for the default graph.
  public record Quad(Value graph, Value subject, Value predicate, Value object) {}

  /// Files that are read as tables.
  @FunctionalInterface
  public interface Files {
    /// @param bounds what the rows that are wanted satisfy; others may be left out
    /// @param rowsMax how many rows a batch may have
    FileRows open(FileSource source, List<FileRead> reads, List<Bound> bounds, int rowsMax);
  }

  /// A comparison of a column of whole numbers or dates (in days) with a constant.
  public record Bound(String field, Op op, long operand) {
    /// Whether a value between these two, or one of them, can satisfy it.
    public boolean overlaps(long min, long max) {
      return switch (op) {
        case EQ -> min <= operand && operand <= max;
        case NE -> min != operand || max != operand;
        case LT -> min < operand;
        case LE -> min <= operand;
        case GT -> max > operand;
        case GE -> max >= operand;
      };
    }
  }

  /// The rows of a file, from its start to its end. Confined to one thread at a time.
  public interface FileRows extends AutoCloseable {
    /// Goes on to the next rows and returns how many there are; 0 at the end.
    int next();

    /// The values of one of the reads; valid until the next call of {@link #next}.
    ColumnData column(int read);

    @Override
    void close();
  }
}
