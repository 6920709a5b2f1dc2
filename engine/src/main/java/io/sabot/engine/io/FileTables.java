package io.sabot.engine.io;

import io.sabot.engine.Access;
import io.sabot.exec.run.Outside;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.FileSource;
import io.sabot.plan.catalog.FileTable;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.logical.LogicalNode.FileRead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files below the folder that statements may read, as tables: `SELECT ... FROM 'file.csv'`.
public final class FileTables implements Outside.Files {
  private static final String WHO = "FROM 'file'";
  private static final String ROW_HINT =
      "types are those of the first rows: read_csv('file', sample_size = -1) looks at all rows,"
          + " and all_varchar = true takes texts as they are";

  private final Access access;

  public FileTables(Access access) {
    this.access = access;
  }

  /// What a file holds, told by the ending of its name without that of a compression; empty for no
  /// table.
  static String format(String plainName) {
    int dot = plainName.lastIndexOf('.');
    return switch (plainName.substring(dot + 1).toLowerCase(Locale.ROOT)) {
      case "csv", "tsv" -> "csv";
      case "jsonl", "ndjson" -> "jsonl";
      case "arrow", "arrows", "feather" -> "arrow";
      case "parquet" -> "parquet";
      default -> "";
    };
  }

  /// Looks at a file.
  ///
  /// @param format as in {@link FileSource}; empty for what the ending says
  /// @param options of `read_csv` and its like
  public FileTable describe(String name, String format, Map<String, String> options) {
    String known = format.isEmpty() ? formatOf(name) : format;
    TextOptions text = FileOptions.of(known, options);
    try (TableFile file = open(name, known, text, List.of())) {
      List<ColumnDef> columns = file.columns();
      checkNames(columns, name);
      SortedMap<String, String> found = new TreeMap<>();
      if (file instanceof CsvTable csv) {
        found.put(FileOptions.HEADER, String.valueOf(csv.hasHeader()));
        found.put(FileOptions.SEPARATOR, String.valueOf(csv.separator()));
      }
      return new FileTable(new FileSource(name, known, found, file.rows()), columns);
    }
  }

  private static String formatOf(String name) {
    String format = format(Compression.strip(name.substring(name.lastIndexOf('/') + 1)));
    if (!format.isEmpty()) {
      return format;
    }
    throw new QueryException(
        ErrorCode.UNSUPPORTED,
        null,
        "'" + name + "' has no ending that says what table is in it",
        "known endings are .csv .tsv .jsonl .ndjson .parquet .arrow, texts also with .gz, .bz2 or"
            + " .zst; the name of a table is written without quotes or in double ones");
  }

  /// SQL's names of columns do not differ in case.
  private static void checkNames(List<ColumnDef> columns, String file) {
    Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (ColumnDef column : columns) {
      String before = seen.put(column.name(), column.name());
      if (before != null) {
        throw new QueryException(
            ErrorCode.DUPLICATE_NAME,
            null,
            "'" + file + "' has the columns '" + before + "' and '" + column.name() + "'",
            "rename one of them: SQL cannot tell the two apart");
      }
    }
  }

  private TableFile open(
      String name, String format, TextOptions options, List<Outside.Bound> bounds) {
    Path path = AllowedFolder.below(access, name, WHO);
    if (!Files.isRegularFile(path)) {
      throw new QueryException(
          ErrorCode.FILE_ERROR,
          null,
          "file '" + name + "' does not exist",
          "files are looked for below " + access.documents());
    }
    return switch (format) {
      case "parquet" -> new ParquetTable(path, bounds);
      case "arrow" -> new ArrowTable(path);
      default -> text(path, name, format, options);
    };
  }

  private static TableFile text(Path path, String name, String format, TextOptions options) {
    BadRows refused = BadRows.refused(name, ROW_HINT);
    try {
      long size = Files.size(path);
      InputStream in = Compression.of(name).open(Files.newInputStream(path));
      return format.equals("csv")
          ? new CsvTable(in, name, size, options, refused)
          : new JsonLinesTable(in, name, size, options, refused);
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "file '" + name + "': " + unreadable.getMessage(), "");
    }
  }

  @Override
  public Outside.FileRows open(
      FileSource source, List<FileRead> reads, List<Outside.Bound> bounds, int rowsMax) {
    TableFile file =
        open(source.path(), source.format(), FileOptions.of("csv", source.options()), bounds);
    try {
      List<ColumnDef> wanted = new ArrayList<>();
      for (FileRead read : reads) {
        if (!file.has(read.field())) {
          throw changed(source, "it has no column '" + read.field() + "' any more");
        }
        wanted.add(
            new ColumnDef(
                wanted.size() + 1,
                read.field(),
                read.column().type(),
                read.column().nullable(),
                null));
      }
      file.choose(wanted);
      return new FileBatches(file, wanted, rowsMax);
    } catch (RuntimeException failed) {
      file.close();
      throw failed;
    }
  }

  private static QueryException changed(FileSource source, String what) {
    return new QueryException(
        ErrorCode.CONFLICT,
        null,
        "file '" + source.path() + "' has changed: " + what,
        "run the statement again");
  }
}
