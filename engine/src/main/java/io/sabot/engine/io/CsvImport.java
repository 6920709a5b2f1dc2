package io.sabot.engine.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.store.Transaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Reads separated text into a table of a transaction. A table that does not exist is made: its
/// column types are recognised from the first rows. An empty field is null.
public final class CsvImport {
  private static final int SAMPLE_ROWS = 10_000;
  private static final int PEEK_CHARS = 1 << 16;
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  private final Transaction transaction;
  private final String file;
  private final String tableName;
  private final BadRows badRows;
  private final LongConsumer progress;

  /// @param file its name, for messages
  /// @param progress is told the number of rows now and then
  public CsvImport(
      Transaction transaction,
      String file,
      String tableName,
      BadRows badRows,
      LongConsumer progress) {
    this.transaction = transaction;
    this.file = file;
    this.tableName = tableName;
    this.badRows = badRows;
    this.progress = progress;
  }

  /// Reads a whole file and returns how many rows it gave.
  public long read(InputStream in) {
    try {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), PEEK_CHARS);
      char separator = separator(reader);
      try (CsvReader<CsvRecord> csv =
          CsvReader.builder()
              .fieldSeparator(separator)
              .allowExtraFields(true)
              .allowMissingFields(true)
              .ofCsvRecord(reader)) {
        return read(csv.iterator());
      }
    } catch (CsvParseException malformed) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT, null, file + ": " + malformed.getMessage(), "");
    } catch (IOException | UncheckedIOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, file + ": " + unreadable.getMessage(), "");
    }
  }

  private long read(Iterator<CsvRecord> records) {
    List<CsvRecord> sample = new ArrayList<>();
    while (sample.size() < SAMPLE_ROWS && records.hasNext()) {
      sample.add(records.next());
    }
    if (sample.isEmpty()) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT, null, file + " is empty", "the first line names the columns");
    }
    Optional<TableDef> existing = TableSink.existing(transaction, tableName);
    boolean hasHeader = hasHeader(sample, existing);
    TableDef table = existing.orElseGet(() -> create(sample, hasHeader));
    int[] fields = hasHeader ? fieldsByName(sample.getFirst(), table) : fieldsInOrder(table);
    int width = hasHeader ? sample.getFirst().getFieldCount() : table.columns().size();
    Loader loader = new Loader(table, fields, width);
    (hasHeader ? sample.subList(1, sample.size()) : sample).forEach(loader::add);
    sample.clear();
    records.forEachRemaining(loader::add);
    return loader.sink.finish();
  }

  /// The separator that occurs most often in the first line.
  private static char separator(BufferedReader reader) throws IOException {
    reader.mark(PEEK_CHARS);
    String line = reader.readLine();
    reader.reset();
    char best = ',';
    long most = 0;
    for (char candidate : SEPARATORS) {
      long found = line == null ? 0 : line.chars().filter(c -> c == candidate).count();
      if (found > most) {
        most = found;
        best = candidate;
      }
    }
    return best;
  }

  /// The first line is a header when it names columns of the table; for a new table, when its
  /// fields are distinct texts that are not values.
  private static boolean hasHeader(List<CsvRecord> sample, Optional<TableDef> existing) {
    List<String> first = sample.getFirst().getFields();
    if (existing.isPresent()) {
      return first.stream().allMatch(name -> existing.get().column(name.strip()).isPresent());
    }
    long distinct = first.stream().map(String::strip).distinct().count();
    return distinct == first.size()
        && first.stream().noneMatch(name -> name.isBlank() || looksLikeValue(name));
  }

  private static boolean looksLikeValue(String text) {
    FieldTypes types = new FieldTypes();
    types.look(text);
    return types.type() != Type.STRING;
  }

  private TableDef create(List<CsvRecord> sample, boolean hasHeader) {
    CsvRecord first = sample.getFirst();
    List<ColumnDef> columns = new ArrayList<>();
    for (int c = 0; c < first.getFieldCount(); c++) {
      FieldTypes types = new FieldTypes();
      for (CsvRecord row : hasHeader ? sample.subList(1, sample.size()) : sample) {
        if (c < row.getFieldCount()) {
          types.look(row.getField(c));
        }
      }
      String name = hasHeader ? first.getField(c).strip() : "column" + (c + 1);
      columns.add(new ColumnDef(c + 1, name, types.type(), true));
    }
    return TableSink.create(transaction, tableName, columns);
  }

  /// For each column of the table the field that fills it, -1 when none does.
  private int[] fieldsByName(CsvRecord header, TableDef table) {
    int[] fields = new int[table.columns().size()];
    for (int c = 0; c < fields.length; c++) {
      fields[c] = -1;
      for (int f = 0; f < header.getFieldCount(); f++) {
        if (header.getField(f).strip().equalsIgnoreCase(table.columns().get(c).name())) {
          fields[c] = f;
        }
      }
    }
    return fields;
  }

  private static int[] fieldsInOrder(TableDef table) {
    int[] fields = new int[table.columns().size()];
    for (int c = 0; c < fields.length; c++) {
      fields[c] = c;
    }
    return fields;
  }

  /// Rows on their way into the table.
  private final class Loader {
    private final int[] fields;
    private final int width;
    private final TableSink sink;

    Loader(TableDef table, int[] fields, int width) {
      this.fields = fields;
      this.width = width;
      this.sink = new TableSink(transaction, table, progress);
    }

    void add(CsvRecord row) {
      int done = 0;
      try {
        if (row.getFieldCount() != width) {
          throw Errors.invalidArgument(
              "found " + row.getFieldCount() + " fields, expected " + width);
        }
        for (; done < fields.length; done++) {
          addField(row, done);
        }
      } catch (QueryException bad) {
        sink.removeLast(done);
        badRows.reject(row.getStartingLineNumber(), bad.message());
        return;
      }
      sink.added(1);
    }

    private void addField(CsvRecord row, int c) {
      String text = fields[c] < 0 ? "" : row.getField(fields[c]);
      FieldTypes.addField(text, sink.table().columns().get(c), sink.buffer(c));
    }
  }
}
