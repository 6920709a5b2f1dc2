package io.sabot.engine.io;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.store.Transaction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/// Reads an Arrow IPC file or stream of flat columns into a table of a transaction, column by
/// column. A table that does not exist is made with the file's columns; one that exists takes those
/// of its name and type, and null for others.
final class ArrowImport {
  private static final byte[] FILE_MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private final Transaction transaction;
  private final Path file;
  private final String tableName;
  private final LongConsumer progress;

  ArrowImport(Transaction transaction, Path file, String tableName, LongConsumer progress) {
    this.transaction = transaction;
    this.file = file;
    this.tableName = tableName;
    this.progress = progress;
  }

  long read() {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader reader = reader(allocator)) {
      return read(reader);
    } catch (IOException unreadable) {
      throw malformed(unreadable);
    } catch (QueryException known) {
      throw known;
    } catch (RuntimeException malformed) {
      throw malformed(malformed);
    }
  }

  private QueryException malformed(Exception reason) {
    return new QueryException(
        ErrorCode.MALFORMED_INPUT,
        null,
        "file '" + file + "' is not a sound Arrow IPC file: " + reason.getMessage(),
        "",
        "",
        reason);
  }

  /// A file begins with a magic text, a stream with a message.
  private ArrowReader reader(BufferAllocator allocator) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(FILE_MAGIC.length);
    SeekableByteChannel channel = Files.newByteChannel(file);
    while (start.hasRemaining() && channel.read(start) >= 0) {
      // until it is full
    }
    if (Arrays.equals(start.array(), FILE_MAGIC)) {
      channel.position(0);
      return new ArrowFileReader(channel, allocator);
    }
    channel.close();
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    return new ArrowStreamReader(in, allocator);
  }

  private long read(ArrowReader reader) throws IOException {
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    List<ColumnDef> columns = new ArrayList<>();
    for (Field field : root.getSchema().getFields()) {
      columns.add(
          new ColumnDef(
              columns.size() + 1,
              field.getName(),
              ArrowTypes.of(logical(reader, field)).type(),
              field.isNullable()));
    }
    TableDef table =
        TableSink.existing(transaction, tableName)
            .orElseGet(() -> TableSink.create(transaction, tableName, columns));
    int[] sources = sources(columns, table);
    TableSink sink = new TableSink(transaction, table, progress);
    while (reader.loadNextBatch()) {
      copy(reader, root, sources, sink);
    }
    return sink.finish();
  }

  /// Of a column that is encoded by a dictionary, the field of the values.
  private static Field logical(ArrowReader reader, Field field) throws IOException {
    return field.getDictionary() == null ? field : dictionary(reader, field).getVector().getField();
  }

  private static Dictionary dictionary(ArrowReader reader, Field field) throws IOException {
    Dictionary found = reader.getDictionaryVectors().get(field.getDictionary().getId());
    if (found == null) {
      throw Errors.invalidArgument("the dictionary of column '" + field.getName() + "' is missing");
    }
    return found;
  }

  /// For each column of the table the one of the file with its name; -1 when there is none.
  private static int[] sources(List<ColumnDef> columns, TableDef table) {
    int[] sources = new int[table.columns().size()];
    for (int c = 0; c < sources.length; c++) {
      ColumnDef target = table.columns().get(c);
      sources[c] = -1;
      for (ColumnDef column : columns) {
        if (column.name().equalsIgnoreCase(target.name())) {
          checkType(column, target);
          sources[c] = column.id() - 1;
        }
      }
    }
    return sources;
  }

  private static void checkType(ColumnDef column, ColumnDef target) {
    boolean widens =
        column.type() instanceof io.sabot.plan.type.Type.Int(int from)
            && target.type() instanceof io.sabot.plan.type.Type.Int(int to)
            && from <= to;
    if (!column.type().equals(target.type()) && !widens) {
      throw Errors.invalidArgument(
          "column '"
              + target.name()
              + "' is "
              + column.type()
              + " in the file and "
              + target.type()
              + " in the table");
    }
  }

  private static void copy(ArrowReader reader, VectorSchemaRoot root, int[] sources, TableSink sink)
      throws IOException {
    List<@Nullable ValueVector> vectors = new ArrayList<>();
    List<ValueVector> decoded = new ArrayList<>();
    try {
      for (int source : sources) {
        FieldVector vector = source < 0 ? null : root.getVector(source);
        if (vector == null || vector.getField().getDictionary() == null) {
          vectors.add(vector);
          continue;
        }
        ValueVector plain = DictionaryEncoder.decode(vector, dictionary(reader, vector.getField()));
        decoded.add(plain);
        vectors.add(plain);
      }
      copy(vectors, root.getRowCount(), sink);
    } finally {
      decoded.forEach(ValueVector::close);
    }
  }

  private static void copy(List<@Nullable ValueVector> vectors, int count, TableSink sink) {
    for (int from = 0; from < count; ) {
      int rows = Math.min(count - from, sink.room());
      for (int c = 0; c < vectors.size(); c++) {
        ColumnDef column = sink.table().columns().get(c);
        copyColumn(vectors.get(c), column, from, from + rows, sink.buffer(c));
      }
      sink.added(rows);
      from += rows;
    }
  }

  private static void copyColumn(
      @Nullable ValueVector vector, ColumnDef column, int from, int to, ColumnBuffer buffer) {
    ArrowTypes.Copy copy = vector == null ? null : ArrowTypes.of(vector.getField()).copy();
    for (int row = from; row < to; row++) {
      if (vector == null || copy == null || vector.isNull(row)) {
        FieldTypes.addNull(column, buffer);
      } else {
        copy.copy(vector, row, buffer);
      }
    }
  }
}
