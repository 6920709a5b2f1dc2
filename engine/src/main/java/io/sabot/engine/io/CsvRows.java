package io.sabot.engine.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.sabot.engine.Access;
import io.sabot.plan.catalog.ProcedureDef;
import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.Kinds;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rows of a CSV file below the folder that queries may read: `LOAD CSV`. A row is a list of
/// strings, or with headers a map from their names; an empty field is null.
public final class CsvRows {
  public static final ProcedureDef PROCEDURE =
      new ProcedureDef(
          "sabot.loadCsv",
          List.of(
              new Field("source", Type.STRING),
              new Field("headers", Type.BOOL),
              new Field("separator", Type.STRING)),
          List.of(new Field("row", Type.ANY)));

  private final Access access;

  public CsvRows(Access access) {
    this.access = access;
  }

  /// @param args as {@link #PROCEDURE} takes them
  public List<Value> read(List<Value> args) {
    if (args.contains(Value.NULL)) {
      return List.of();
    }
    Path file = new Documents(access).below(text(args.get(0)));
    String separator = text(args.get(2));
    if (separator.length() != 1) {
      throw Errors.invalidArgument(
          "found '" + separator + "' as the separator of LOAD CSV, expected one character");
    }
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator.charAt(0))
            .ofCsvRecord(file, StandardCharsets.UTF_8)) {
      return rows(csv.iterator(), args.get(1).equals(Value.TRUE));
    } catch (IOException | UncheckedIOException | CsvParseException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "LOAD CSV cannot read " + file + ": " + unreadable, "");
    }
  }

  private static String text(Value value) {
    if (value instanceof Value.Str(String text)) {
      return text;
    }
    throw Errors.typeMismatch(Kinds.name(value), "a string", "LOAD CSV");
  }

  private static List<Value> rows(Iterator<CsvRecord> records, boolean headers) {
    List<String> names = headers && records.hasNext() ? records.next().getFields() : List.of();
    List<Value> rows = new ArrayList<>();
    while (records.hasNext()) {
      List<Value> fields = new ArrayList<>();
      for (String field : records.next().getFields()) {
        fields.add(field.isEmpty() ? Value.NULL : Value.of(field));
      }
      rows.add(headers ? map(names, fields) : new Value.ListValue(fields));
    }
    return rows;
  }

  private static Value map(List<String> names, List<Value> fields) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      entries.put(names.get(i), i < fields.size() ? fields.get(i) : Value.NULL);
    }
    return new Value.MapValue(entries);
  }
}
