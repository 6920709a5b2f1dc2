package io.sabot.engine.io;

import io.sabot.exec.run.Outside.Bound;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/// A Parquet file of flat columns, read column by column: of those that are chosen, and of the row
/// groups that may hold what is asked for.
final class ParquetTable implements TableFile {
  private final Path file;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final List<Bound> bounds;
  private List<ColumnDef> chosen = List.of();
  private List<@Nullable Source> sources = List.of();
  private List<@Nullable ColumnReader> readers = List.of();
  private MessageType projection;
  private int group = -1;
  private long left;

  /// A column of the file on its way out.
  private record Source(ColumnDescriptor column, ParquetTypes.Copy copy) {}

  /// @param bounds row groups without a row that satisfies all of them may be left out
  ParquetTable(Path file, List<Bound> bounds) {
    this.file = file;
    this.bounds = bounds;
    this.reader =
        reading(() -> {
          ParquetReadOptions options =
              ParquetReadOptions.builder(new PlainParquetConfiguration())
                  .withCodecFactory(new ParquetCodecs())
                  .build();
          return ParquetFileReader.open(new LocalInputFile(file), options);
        });
    this.schema = reader.getFileMetaData().getSchema();
    this.projection = schema;
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T reading(Step<T> step) {
    try {
      return step.run();
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "file '" + file + "': " + unreadable.getMessage(), "");
    } catch (QueryException known) {
      throw known;
    } catch (RuntimeException malformed) {
      throw new QueryException(
          ErrorCode.MALFORMED_INPUT,
          null,
          "file '" + file + "' is not a sound Parquet file: " + malformed.getMessage(),
          "",
          "",
          malformed);
    }
  }

  @Override
  public List<ColumnDef> columns() {
    List<ColumnDef> columns = new ArrayList<>();
    for (ColumnDescriptor column : schema.getColumns()) {
      if (column.getPath().length > 1 || column.getMaxRepetitionLevel() > 0) {
        throw Errors.unsupported(
            null, "importing the nested Parquet column '" + column.getPath()[0] + "'");
      }
      columns.add(
          new ColumnDef(
              columns.size() + 1,
              column.getPath()[0],
              ParquetTypes.of(column.getPrimitiveType()).type(),
              column.getMaxDefinitionLevel() > 0));
    }
    return columns;
  }

  @Override
  public boolean has(String name) {
    return column(name) != null;
  }

  private @Nullable ColumnDescriptor column(String name) {
    ColumnDescriptor found = null;
    for (ColumnDescriptor column : schema.getColumns()) {
      found = column.getPath()[0].equalsIgnoreCase(name) ? column : found;
    }
    return found;
  }

  @Override
  public long rows() {
    return reader.getRecordCount();
  }

  @Override
  public void choose(List<ColumnDef> wanted) {
    chosen = wanted;
    sources = new ArrayList<>();
    Set<Type> read = new LinkedHashSet<>();
    for (ColumnDef target : wanted) {
      ColumnDescriptor column = column(target.name());
      sources.add(column == null ? null : source(column, target));
      if (column != null) {
        read.add(schema.getType(column.getPath()[0]));
      }
    }
    projection = new MessageType(schema.getName(), List.copyOf(read));
    reader.setRequestedSchema(projection);
  }

  private static Source source(ColumnDescriptor column, ColumnDef target) {
    ParquetTypes.Mapping mapping = ParquetTypes.of(column.getPrimitiveType());
    TableFile.checkType(mapping.type(), target);
    return new Source(column, mapping.copy());
  }

  @Override
  public int read(ColumnBuffer[] buffers, int max) {
    return reading(() -> {
      while (left == 0) {
        if (!nextGroup()) {
          return 0;
        }
      }
      int rows = (int) Math.min(left, max);
      for (int c = 0; c < buffers.length; c++) {
        copyColumn(readers.get(c), sources.get(c), chosen.get(c), rows, buffers[c]);
      }
      left -= rows;
      return rows;
    });
  }

  private boolean nextGroup() throws IOException {
    List<BlockMetaData> groups = reader.getRowGroups();
    group++;
    while (group < groups.size() && !ParquetBounds.mayHold(groups.get(group), bounds)) {
      group++;
    }
    if (group >= groups.size()) {
      return false;
    }
    left = groups.get(group).getRowCount();
    if (projection.getFieldCount() == 0) {
      readers = Collections.nCopies(sources.size(), null);
      return true;
    }
    PageReadStore pages = reader.readRowGroup(group);
    String writer = reader.getFileMetaData().getCreatedBy();
    ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages, new Ignored(), projection, writer);
    readers = new ArrayList<>();
    for (Source source : sources) {
      readers.add(source == null ? null : store.getColumnReader(source.column()));
    }
    return true;
  }

  private static void copyColumn(
      @Nullable ColumnReader reader,
      @Nullable Source source,
      ColumnDef target,
      int rows,
      ColumnBuffer buffer) {
    for (int row = 0; row < rows; row++) {
      if (reader == null || source == null) {
        FieldTypes.addNull(target, buffer);
        continue;
      }
      if (reader.getCurrentDefinitionLevel() < source.column().getMaxDefinitionLevel()) {
        FieldTypes.addNull(target, buffer);
      } else {
        source.copy().copy(reader, buffer);
      }
      reader.consume();
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR, null, "file '" + file + "': " + unreadable.getMessage(), "");
    }
  }

  /// Values are taken from the column readers directly, so nothing is converted into records.
  private static final class Ignored extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
