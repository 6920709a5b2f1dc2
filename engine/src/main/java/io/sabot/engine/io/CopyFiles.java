package io.sabot.engine.io;

import io.sabot.engine.Access;
import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.Casts;
import io.sabot.plan.value.Value;
import io.sabot.store.Transaction;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// COPY: files below the folder that statements may read and write.
public final class CopyFiles {
  private final Access access;

  public CopyFiles(Access access) {
    this.access = access;
  }

  /// Reads a file into a table; returns the number of rows.
  public long read(String file, TableDef table, Transaction transaction) {
    Path path = AllowedFolder.below(access, file, "COPY");
    FileImport files =
        new FileImport(table.name(), null, 0, _ -> {}, (name, rows, read, total) -> {});
    long rows = files.read(path, transaction);
    transaction.checkConstraints();
    return rows;
  }

  /// Writes a result, into a file beside it first; returns the number of rows.
  public long write(Result result, String file, String format) {
    Path path = AllowedFolder.below(access, file, "COPY");
    Path part = path.resolveSibling(path.getFileName() + ".part");
    try {
      try {
        long rows = write(result, part, format);
        Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
        return rows;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException unwritable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "COPY cannot write '" + file + "': " + unwritable, "");
    }
  }

  private static long write(Result result, Path part, String format) throws IOException {
    if (format.equals("parquet")) {
      return ParquetExport.write(result, part);
    }
    if (format.equals("arrow")) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        return ArrowFiles.write(result, out);
      }
    }
    try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
      return format.equals("csv") ? csv(result, out) : jsonLines(result, out);
    }
  }

  // ---- text

  private static long csv(Result result, Writer out) throws IOException {
    line(out, result.columns());
    long rows = 0;
    for (; result.hasNext(); rows++) {
      Row row = result.next();
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < row.size(); c++) {
        cells.add(row.value(c).isNull() ? "" : Casts.text(row.value(c)));
      }
      line(out, cells);
    }
    return rows;
  }

  private static void line(Writer out, List<String> cells) throws IOException {
    for (int c = 0; c < cells.size(); c++) {
      String cell = cells.get(c);
      boolean isPlain =
          cell.chars().noneMatch(ch -> ch == ',' || ch == '"' || ch == '\n' || ch == '\r');
      out.append(c == 0 ? "" : ",");
      out.append(isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
    }
    out.append('\n');
  }

  private static long jsonLines(Result result, Writer out) throws IOException {
    long rows = 0;
    for (; result.hasNext(); rows++) {
      Row row = result.next();
      for (int c = 0; c < row.size(); c++) {
        out.append(c == 0 ? "{" : ",").append(string(row.names().get(c))).append(':');
        out.append(json(row.value(c)));
      }
      out.append("}\n");
    }
    return rows;
  }

  private static String json(Value value) {
    return switch (value) {
      case Value.Null _ -> "null";
      case Value.Bool _, Value.Int _ -> Casts.text(value);
      case Value.Dec(var number) -> number.toPlainString();
      case Value.Real(double number) when Double.isFinite(number) -> Double.toString(number);
      case Value.ListValue(var items) ->
          "[" + String.join(",", items.stream().map(CopyFiles::json).toList()) + "]";
      default -> string(Casts.text(value));
    };
  }

  private static String string(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(Character.forDigit(c >> 4, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
