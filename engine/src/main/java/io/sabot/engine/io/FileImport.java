package io.sabot.engine.io;

import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import io.sabot.store.Transaction;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Reads files into a transaction, each by its ending: `.csv`, `.tsv`, `.jsonl`, `.parquet` and
/// `.arrow` into tables, RDF syntaxes into a graph; all but Parquet and Arrow files may be
/// compressed.
///
/// @param table name of the table; null for the name of the file
/// @param graph where triples go; null for the default graph
/// @param errorsMax how many bad rows of a file are left out before the import fails
public record FileImport(
    @Nullable String table,
    @Nullable String graph,
    int errorsMax,
    Consumer<String> badRows,
    Progress progress) {

  /// Is told how far the import is.
  public interface Progress {
    void at(Path file, long rows, long bytesRead, long bytesTotal);
  }

  /// Returns the number of rows or quads read.
  public long read(Path file, Transaction transaction) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    String plain = Compression.strip(name);
    if (!Files.isRegularFile(file)) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "file '" + file + "' does not exist", "");
    }
    String into = table == null ? tableName(plain) : table;
    try (Counted counted = new Counted(Files.newInputStream(file));
        InputStream in = Compression.of(name).open(counted)) {
      long size = Files.size(file);
      LongConsumer rows = count -> progress.at(file, count, counted.count, size);
      BadRows rejected = new BadRows(file.toString(), errorsMax, badRows);
      return switch (FileTables.format(plain)) {
        case "csv" -> {
          CsvTable table =
              new CsvTable(in, file.toString(), size, TextOptions.RECOGNISED, rejected);
          TableSink.existing(transaction, into).ifPresent(t -> table.expect(t.columns()));
          yield read(table, into, transaction, rows);
        }
        case "jsonl" -> {
          TextOptions options = TextOptions.RECOGNISED;
          yield read(
              new JsonLinesTable(in, file.toString(), size, options, rejected),
              into,
              transaction,
              rows);
        }
        case "arrow" -> read(new ArrowTable(file), into, transaction, rows);
        case "parquet" -> read(new ParquetTable(file, List.of()), into, transaction, rows);
        default -> rdf(file, plain, transaction, in, rejected, rows);
      };
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "file '" + file + "': " + unreadable.getMessage(), "");
    }
  }

  /// Reads a file into a table; one that does not exist is made with the columns of the file, one
  /// that does takes those of its names.
  private static long read(
      TableFile file, String name, Transaction transaction, LongConsumer progress) {
    try (file) {
      TableDef table =
          TableSink.existing(transaction, name)
              .orElseGet(() -> TableSink.create(transaction, name, file.columns()));
      file.choose(table.columns());
      TableSink sink = new TableSink(transaction, table, progress);
      sink.addAll(file);
      return sink.finish();
    }
  }

  private long rdf(
      Path file,
      String plain,
      Transaction transaction,
      InputStream in,
      BadRows rejected,
      LongConsumer quads) {
    if (!RdfImport.isRdfFile(plain)) {
      throw new QueryException(
          ErrorCode.UNSUPPORTED,
          null,
          "file '" + file + "' has no ending that says what is in it",
          "known endings are .csv .tsv .jsonl .parquet .arrow .ttl .nt .nq .trig .rdf, each but"
              + " .parquet and .arrow also with .gz, .bz2 or .zst");
    }
    Value into = graph == null ? Value.NULL : new Value.Iri(graph);
    return new RdfImport(transaction, into, rejected, quads)
        .read(in, plain, file.toUri().toString());
  }

  private static String tableName(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return stem.replaceAll("[^A-Za-z0-9_]", "_");
  }

  /// Knows how much was read of the file as it is on disk.
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
