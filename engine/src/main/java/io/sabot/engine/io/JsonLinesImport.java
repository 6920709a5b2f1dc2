package io.sabot.engine.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Reads a file with one JSON object a line into a table of a transaction. A table that does not
/// exist is made: its columns and their types are recognised from the first lines; lists and
/// objects inside become their JSON text.
final class JsonLinesImport {
  private static final int SAMPLE_ROWS = 10_000;
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final Transaction transaction;
  private final String file;
  private final String tableName;
  private final BadRows badRows;
  private final LongConsumer progress;
  private long line;

  JsonLinesImport(
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

  private record Line(long number, JsonNode object) {}

  long read(InputStream in) {
    try {
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<Line> sample = new ArrayList<>();
      Line next;
      while (sample.size() < SAMPLE_ROWS && (next = next(reader)) != null) {
        sample.add(next);
      }
      if (sample.isEmpty()) {
        throw new QueryException(
            ErrorCode.MALFORMED_INPUT, null, file + " has no object", "write one a line");
      }
      TableDef table =
          TableSink.existing(transaction, tableName)
              .orElseGet(() -> TableSink.create(transaction, tableName, columns(sample)));
      TableSink sink = new TableSink(transaction, table, progress);
      for (Line each : sample) {
        add(each, sink);
      }
      sample.clear();
      while ((next = next(reader)) != null) {
        add(next, sink);
      }
      return sink.finish();
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, file + ": " + unreadable.getMessage(), "");
    }
  }

  /// The next line that is an object; those that are none are rejected.
  private @Nullable Line next(BufferedReader reader) throws IOException {
    String text;
    while ((text = reader.readLine()) != null) {
      line++;
      if (text.isBlank()) {
        continue;
      }
      try {
        JsonNode node = JSON.readTree(text);
        if (node.isObject()) {
          return new Line(line, node);
        }
        badRows.reject(line, "found " + kind(node) + ", expected an object");
      } catch (JsonProcessingException malformed) {
        badRows.reject(line, "malformed JSON: " + malformed.getOriginalMessage());
      }
    }
    return null;
  }

  private static String kind(JsonNode node) {
    return node.isArray() ? "a list" : "a single value";
  }

  private static List<ColumnDef> columns(List<Line> sample) {
    Map<String, ColumnTypes> types = new LinkedHashMap<>();
    for (Line each : sample) {
      each.object()
          .properties()
          .forEach(
              e -> types.computeIfAbsent(e.getKey(), _ -> new ColumnTypes()).look(e.getValue()));
    }
    List<ColumnDef> columns = new ArrayList<>();
    types.forEach(
        (name, type) -> columns.add(new ColumnDef(columns.size() + 1, name, type.type(), true)));
    return columns;
  }

  /// A JSON string `"12"` is no number: only dates and timestamps are recognised in strings.
  private static final class ColumnTypes {
    private final FieldTypes fields = new FieldTypes();
    private boolean hasText;
    private boolean hasOther;

    void look(JsonNode value) {
      if (!value.isNull()) {
        hasText |= value.isTextual() || value.isContainerNode();
        hasOther |= !value.isTextual();
        fields.look(text(value));
      }
    }

    Type type() {
      Type type = fields.type();
      boolean isTime = type == Type.DATE || type == Type.TIMESTAMP;
      return hasText && (hasOther || !isTime) ? Type.STRING : type;
    }
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private void add(Line row, TableSink sink) {
    List<ColumnDef> columns = sink.table().columns();
    int done = 0;
    try {
      for (; done < columns.size(); done++) {
        ColumnDef column = columns.get(done);
        JsonNode value = row.object().get(column.name());
        if (value == null || value.isNull()) {
          FieldTypes.addNull(column, sink.buffer(done));
        } else {
          addValue(value, column, sink.buffer(done));
        }
      }
    } catch (QueryException bad) {
      sink.removeLast(done);
      badRows.reject(row.number(), bad.message());
      return;
    }
    sink.added(1);
  }

  private static void addValue(JsonNode value, ColumnDef column, ColumnBuffer buffer) {
    try {
      FieldTypes.add(text(value), column.type(), buffer);
    } catch (QueryException bad) {
      throw Errors.invalidArgument("column '" + column.name() + "': " + bad.message());
    }
  }
}
