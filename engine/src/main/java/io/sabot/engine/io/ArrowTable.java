package io.sabot.engine.io;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
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

/// An Arrow IPC file or stream of flat columns, read column by column.
final class ArrowTable implements TableFile {
  private static final byte[] FILE_MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int GUESSED_BYTES = 12;

  private final Path file;
  private final BufferAllocator allocator = new RootAllocator();
  private final ArrowReader reader;
  private final VectorSchemaRoot root;
  private List<ColumnDef> chosen = List.of();
  private int[] sources = {};

  /// Of the batch that is being given: its vectors, decoded where they had a dictionary.
  private List<@Nullable ValueVector> vectors = List.of();

  private final List<ValueVector> decoded = new ArrayList<>();
  private int at;
  private int count;

  ArrowTable(Path file) {
    this.file = file;
    this.reader = reading(() -> reader(allocator));
    this.root = reading(reader::getVectorSchemaRoot);
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T reading(Step<T> step) {
    try {
      return step.run();
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

  @Override
  public List<ColumnDef> columns() {
    return reading(() -> {
      List<ColumnDef> columns = new ArrayList<>();
      for (Field field : root.getSchema().getFields()) {
        columns.add(
            new ColumnDef(
                columns.size() + 1,
                field.getName(),
                ArrowTypes.of(logical(reader, field)).type(),
                field.isNullable()));
      }
      return columns;
    });
  }

  @Override
  public boolean has(String name) {
    return field(name) >= 0;
  }

  /// The last column of a name; -1 for none.
  private int field(String name) {
    List<Field> fields = root.getSchema().getFields();
    int found = -1;
    for (int f = 0; f < fields.size(); f++) {
      found = fields.get(f).getName().equalsIgnoreCase(name) ? f : found;
    }
    return found;
  }

  /// A batch does not say how many there are before it is read.
  @Override
  public long rows() {
    return reading(
        () -> Files.size(file) / (GUESSED_BYTES * Math.max(1L, root.getFieldVectors().size())));
  }

  @Override
  public void choose(List<ColumnDef> wanted) {
    chosen = wanted;
    List<ColumnDef> columns = columns();
    sources = new int[wanted.size()];
    for (int c = 0; c < sources.length; c++) {
      sources[c] = field(wanted.get(c).name());
      if (sources[c] >= 0) {
        TableFile.checkType(columns.get(sources[c]).type(), wanted.get(c));
      }
    }
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

  @Override
  public int read(ColumnBuffer[] buffers, int max) {
    return reading(() -> {
      while (at == count) {
        if (!nextBatch()) {
          return 0;
        }
      }
      int rows = Math.min(max, count - at);
      for (int c = 0; c < buffers.length; c++) {
        copyColumn(vectors.get(c), chosen.get(c), at, at + rows, buffers[c]);
      }
      at += rows;
      return rows;
    });
  }

  private boolean nextBatch() throws IOException {
    releaseDecoded();
    if (!reader.loadNextBatch()) {
      return false;
    }
    at = 0;
    count = root.getRowCount();
    vectors = new ArrayList<>();
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
    return true;
  }

  private void releaseDecoded() {
    decoded.forEach(ValueVector::close);
    decoded.clear();
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

  @Override
  public void close() {
    reading(() -> {
      releaseDecoded();
      reader.close();
      allocator.close();
      return true;
    });
  }
}
