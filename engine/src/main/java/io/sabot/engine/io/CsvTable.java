package io.sabot.engine.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Separated text. The types of its columns are recognised from the first rows. An empty field is
/// null.
final class CsvTable implements TableFile {
  private static final int PEEK_CHARS = 1 << 16;
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  private final String file;
  private final TextOptions options;
  private final BadRows badRows;
  private final long bytes;
  private final CsvReader<CsvRecord> csv;
  private final Iterator<CsvRecord> records;
  private final char separator;

  /// Rows that were looked at and not given yet.
  private final Deque<CsvRecord> ahead = new ArrayDeque<>();

  private @Nullable CsvRecord header;
  private boolean isStarted;
  private boolean isInOrder;
  private int width;
  private long sampledChars;
  private long sampledRows;
  private boolean isWhole;
  private List<ColumnDef> chosen = List.of();
  private int[] fields = {};

  /// @param file its name, for messages
  /// @param bytes how large the file is
  CsvTable(InputStream in, String file, long bytes, TextOptions options, BadRows badRows) {
    this.file = file;
    this.bytes = bytes;
    this.options = options;
    this.badRows = badRows;
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), PEEK_CHARS);
    Character given = options.separator();
    this.separator = given != null ? given : reading(() -> separator(reader));
    this.csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(reader);
    this.records = csv.iterator();
  }

  private interface Step<T extends @Nullable Object> {
    T run() throws IOException;
  }

  private <T extends @Nullable Object> T reading(Step<T> step) {
    try {
      return step.run();
    } catch (CsvParseException malformed) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT, null, file + ": " + malformed.getMessage(), "");
    } catch (IOException | UncheckedIOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, file + ": " + unreadable.getMessage(), "");
    }
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

  char separator() {
    return separator;
  }

  boolean hasHeader() {
    start(first -> looksLikeHeader(first.getFields()));
    return header != null;
  }

  /// Takes the first line for the names of columns if it names those of a table.
  void expect(List<ColumnDef> table) {
    start(first ->
        first.getFields().stream()
            .allMatch(
                name -> table.stream().anyMatch(c -> c.name().equalsIgnoreCase(name.strip()))));
    if (header == null) {
      width = table.size();
      isInOrder = true;
    }
  }

  private void start(Function<CsvRecord, Boolean> isHeader) {
    if (isStarted) {
      return;
    }
    isStarted = true;
    CsvRecord first = nextRecord();
    if (first == null) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT, null, file + " is empty", "the first line names the columns");
    }
    width = first.getFieldCount();
    Boolean given = options.header();
    if (given != null ? given : isHeader.apply(first)) {
      header = first;
    } else {
      ahead.add(first);
    }
  }

  private @Nullable CsvRecord nextRecord() {
    return this.<@Nullable CsvRecord>reading(() -> records.hasNext() ? records.next() : null);
  }

  /// A header has distinct texts that are not values.
  private static boolean looksLikeHeader(List<String> first) {
    long distinct = first.stream().map(String::strip).distinct().count();
    return distinct == first.size()
        && first.stream().noneMatch(name -> name.isBlank() || looksLikeValue(name));
  }

  private static boolean looksLikeValue(String text) {
    FieldTypes types = new FieldTypes();
    types.look(text);
    return types.type() != Type.STRING;
  }

  /// The name of a field, counted from 0.
  private String name(int field) {
    return header == null ? "column" + (field + 1) : header.getField(field).strip();
  }

  @Override
  public List<ColumnDef> columns() {
    hasHeader();
    FieldTypes[] types = new FieldTypes[width];
    for (int c = 0; c < width; c++) {
      types[c] = new FieldTypes();
    }
    ahead.forEach(row -> look(row, types));
    reading(() -> {
      while (sampledRows < options.sampleRows() && records.hasNext()) {
        CsvRecord row = records.next();
        ahead.add(row);
        look(row, types);
      }
      isWhole = !records.hasNext();
      return isWhole;
    });
    List<ColumnDef> columns = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      Type type = options.allText() ? Type.STRING : types[c].type();
      columns.add(new ColumnDef(c + 1, name(c), type, true));
    }
    return columns;
  }

  private void look(CsvRecord row, FieldTypes[] types) {
    sampledRows++;
    for (int c = 0; c < Math.min(types.length, row.getFieldCount()); c++) {
      types[c].look(row.getField(c));
      sampledChars += row.getField(c).length() + 1;
    }
  }

  @Override
  public long rows() {
    return isWhole ? sampledRows : bytes * sampledRows / Math.max(1, sampledChars);
  }

  @Override
  public boolean has(String name) {
    hasHeader();
    return field(name) >= 0;
  }

  /// The last field of a name; -1 for none.
  private int field(String name) {
    int found = -1;
    for (int f = 0; f < width; f++) {
      found = name(f).equalsIgnoreCase(name) ? f : found;
    }
    return found;
  }

  @Override
  public void choose(List<ColumnDef> wanted) {
    hasHeader();
    chosen = wanted;
    fields = new int[wanted.size()];
    for (int c = 0; c < fields.length; c++) {
      fields[c] = isInOrder ? c : field(wanted.get(c).name());
    }
  }

  @Override
  public int read(ColumnBuffer[] buffers, int max) {
    int rows = 0;
    while (rows < max) {
      CsvRecord row = ahead.poll();
      if (row == null) {
        row = nextRecord();
      }
      if (row == null) {
        break;
      }
      rows += add(row, buffers) ? 1 : 0;
    }
    return rows;
  }

  private boolean add(CsvRecord row, ColumnBuffer[] buffers) {
    int done = 0;
    try {
      if (row.getFieldCount() != width) {
        throw Errors.invalidArgument("found " + row.getFieldCount() + " fields, expected " + width);
      }
      for (; done < fields.length; done++) {
        String text = fields[done] < 0 ? "" : row.getField(fields[done]);
        FieldTypes.addField(text, chosen.get(done), buffers[done]);
      }
      return true;
    } catch (QueryException bad) {
      for (int c = 0; c < done; c++) {
        buffers[c].removeLast();
      }
      badRows.reject(row.getStartingLineNumber(), bad.message());
      return false;
    }
  }

  @Override
  public void close() {
    try {
      csv.close();
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, file + ": " + unreadable.getMessage(), "");
    }
  }
}
