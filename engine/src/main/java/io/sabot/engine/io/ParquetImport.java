package io.sabot.engine.io;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.store.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Reads a Parquet file of flat columns into a table of a transaction, column by column. A table
/// that does not exist is made with the file's columns; one that exists takes those of its name and
/// type, and null for others.
final class ParquetImport {
  private final Transaction transaction;
  private final Path file;
  private final String tableName;
  private final LongConsumer progress;

  ParquetImport(Transaction transaction, Path file, String tableName, LongConsumer progress) {
    this.transaction = transaction;
    this.file = file;
    this.tableName = tableName;
    this.progress = progress;
  }

  /// A column of the file on its way to one of the table.
  private record Source(ColumnDescriptor column, ParquetTypes.Copy copy) {}

  long read() {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new ParquetCodecs())
            .build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<ColumnDef> columns = columns(schema);
      TableDef table =
          TableSink.existing(transaction, tableName)
              .orElseGet(() -> TableSink.create(transaction, tableName, columns));
      List<@Nullable Source> sources = sources(schema, table);
      TableSink sink = new TableSink(transaction, table, progress);
      String writer = reader.getFileMetaData().getCreatedBy();
      PageReadStore group;
      while ((group = reader.readNextRowGroup()) != null) {
        copy(group, new ColumnReadStoreImpl(group, new Ignored(), schema, writer), sources, sink);
      }
      return sink.finish();
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

  private static List<ColumnDef> columns(MessageType schema) {
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

  /// For each column of the table the one of the file with its name; null when there is none.
  private static List<@Nullable Source> sources(MessageType schema, TableDef table) {
    List<@Nullable Source> sources = new ArrayList<>();
    for (ColumnDef target : table.columns()) {
      Source found = null;
      for (ColumnDescriptor column : schema.getColumns()) {
        if (column.getPath()[0].equalsIgnoreCase(target.name())) {
          found = source(column, target);
        }
      }
      sources.add(found);
    }
    return sources;
  }

  private static Source source(ColumnDescriptor column, ColumnDef target) {
    ParquetTypes.Mapping mapping = ParquetTypes.of(column.getPrimitiveType());
    boolean widens =
        mapping.type() instanceof io.sabot.plan.type.Type.Int(int from)
            && target.type() instanceof io.sabot.plan.type.Type.Int(int to)
            && from <= to;
    if (!mapping.type().equals(target.type()) && !widens) {
      throw Errors.invalidArgument(
          "column '"
              + target.name()
              + "' is "
              + mapping.type()
              + " in the file and "
              + target.type()
              + " in the table");
    }
    return new Source(column, mapping.copy());
  }

  private void copy(
      PageReadStore group,
      ColumnReadStoreImpl store,
      List<@Nullable Source> sources,
      TableSink sink) {
    List<@Nullable ColumnReader> readers = new ArrayList<>();
    for (Source source : sources) {
      readers.add(source == null ? null : store.getColumnReader(source.column()));
    }
    long left = group.getRowCount();
    while (left > 0) {
      int rows = (int) Math.min(left, sink.room());
      for (int c = 0; c < readers.size(); c++) {
        copyColumn(readers.get(c), sources.get(c), sink.table().columns().get(c), rows, sink, c);
      }
      sink.added(rows);
      left -= rows;
    }
  }

  private static void copyColumn(
      @Nullable ColumnReader reader,
      @Nullable Source source,
      ColumnDef target,
      int rows,
      TableSink sink,
      int column) {
    ColumnBuffer buffer = sink.buffer(column);
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
