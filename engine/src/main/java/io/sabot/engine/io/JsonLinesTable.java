package io.sabot.engine.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file with one JSON object a line. Its columns and their types are recognised from the first
/// lines; lists and objects inside become their JSON text.
final class JsonLinesTable implements TableFile {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final String file;
  private final long bytes;
  private final TextOptions options;
  private final BadRows badRows;
  private final BufferedReader reader;

  /// Lines that were looked at and not given yet.
  private final Deque<Line> ahead = new ArrayDeque<>();

  private long line;
  private long chars;
  private long sampled;
  private boolean isWhole;
  private List<ColumnDef> chosen = List.of();

  /// @param file its name, for messages
  /// @param bytes how large the file is
  JsonLinesTable(InputStream in, String file, long bytes, TextOptions options, BadRows badRows) {
    this.file = file;
    this.bytes = bytes;
    this.options = options;
    this.badRows = badRows;
    this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private record Line(long number, JsonNode object) {}

  @Override
  public List<ColumnDef> columns() {
    Line next;
    while (ahead.size() < options.sampleRows() && (next = next()) != null) {
      ahead.add(next);
    }
    isWhole = ahead.size() < options.sampleRows();
    sampled = ahead.size();
    if (ahead.isEmpty()) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT, null, file + " has no object", "write one a line");
    }
    Map<String, ColumnTypes> types = new LinkedHashMap<>();
    for (Line each : ahead) {
      each.object()
          .properties()
          .forEach(
              e -> types.computeIfAbsent(e.getKey(), _ -> new ColumnTypes()).look(e.getValue()));
    }
    List<ColumnDef> columns = new ArrayList<>();
    types.forEach((name, type) ->
        columns.add(
            new ColumnDef(
                columns.size() + 1, name, options.allText() ? Type.STRING : type.type(), true)));
    return columns;
  }

  @Override
  public boolean has(String name) {
    return true;
  }

  @Override
  public long rows() {
    return isWhole ? sampled : bytes * sampled / Math.max(1, chars);
  }

  @Override
  public void choose(List<ColumnDef> wanted) {
    chosen = wanted;
  }

  @Override
  public int read(ColumnBuffer[] buffers, int max) {
    int rows = 0;
    while (rows < max) {
      Line row = ahead.isEmpty() ? next() : ahead.poll();
      if (row == null) {
        break;
      }
      rows += add(row, buffers) ? 1 : 0;
    }
    return rows;
  }

  /// The next line that is an object; those that are none are rejected.
  private @Nullable Line next() {
    try {
      String text;
      while ((text = reader.readLine()) != null) {
        line++;
        chars += text.length() + 1;
        Line found = text.isBlank() ? null : parsed(text);
        if (found != null) {
          return found;
        }
      }
      return null;
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, file + ": " + unreadable.getMessage(), "");
    }
  }

  private @Nullable Line parsed(String text) throws IOException {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isObject()) {
        return new Line(line, node);
      }
      badRows.reject(line, "found " + kind(node) + ", expected an object");
    } catch (JsonProcessingException malformed) {
      badRows.reject(line, "malformed JSON: " + malformed.getOriginalMessage());
    }
    return null;
  }

  private static String kind(JsonNode node) {
    return node.isArray() ? "a list" : "a single value";
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

  private boolean add(Line row, ColumnBuffer[] buffers) {
    int done = 0;
    try {
      for (; done < buffers.length; done++) {
        ColumnDef column = chosen.get(done);
        JsonNode value = row.object().get(column.name());
        if (value == null || value.isNull()) {
          FieldTypes.addNull(column, buffers[done]);
        } else {
          addValue(value, column, buffers[done]);
        }
      }
      return true;
    } catch (QueryException bad) {
      for (int c = 0; c < done; c++) {
        buffers[c].removeLast();
      }
      badRows.reject(row.number(), bad.message());
      return false;
    }
  }

  private static void addValue(JsonNode value, ColumnDef column, ColumnBuffer buffer) {
    try {
      FieldTypes.add(text(value), column.type(), buffer);
    } catch (QueryException bad) {
      throw Errors.invalidArgument("column '" + column.name() + "': " + bad.message());
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, file + ": " + unreadable.getMessage(), "");
    }
  }
}
