package io.sabot.engine.io;

import io.sabot.engine.ArrowBatches;
import io.sabot.engine.Result;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/// Writes a result as a Parquet file, compressed with Zstandard. Types that Parquet has no
/// counterpart for become text, as in Arrow.
public final class ParquetExport {
  private static final int DECIMAL_BYTES = 16;

  private ParquetExport() {}

  /// Writes every row and returns how many there were. Does not close the result.
  public static long write(Result result, Path file) throws IOException {
    long rows = 0;
    try (ArrowBatches batches = result.arrow()) {
      VectorSchemaRoot root = batches.root();
      try (ParquetWriter<Integer> writer =
          new Builder(new LocalOutputFile(file), root)
              .withConf(new PlainParquetConfiguration())
              .withCodecFactory(new ParquetCodecs())
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .build()) {
        while (batches.loadNext()) {
          for (int row = 0; row < root.getRowCount(); row++) {
            writer.write(row);
          }
          rows += root.getRowCount();
        }
      }
    }
    return rows;
  }

  private static MessageType schema(VectorSchemaRoot root) {
    List<Type> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Field field : root.getSchema().getFields()) {
      String name = field.getName();
      // Two columns of a result may have one name, two of a file may not.
      for (int n = 2; !names.add(name); n++) {
        name = field.getName() + "_" + n;
      }
      columns.add(column(name, field.getType()));
    }
    return new MessageType("result", columns);
  }

  private static Type column(String name, ArrowType type) {
    return switch (type) {
      case ArrowType.Int _ -> Types.optional(PrimitiveTypeName.INT64).named(name);
      case ArrowType.FloatingPoint _ -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case ArrowType.Bool _ -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case ArrowType.Date _ ->
          Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType()).named(name);
      case ArrowType.Time _ ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timeType(false, TimeUnit.MICROS))
              .named(name);
      case ArrowType.Timestamp _ ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS))
              .named(name);
      case ArrowType.Decimal decimal ->
          Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
              .length(DECIMAL_BYTES)
              .as(LogicalTypeAnnotation.decimalType(decimal.getScale(), decimal.getPrecision()))
              .named(name);
      default ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
    };
  }

  private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
    private final VectorSchemaRoot root;

    Builder(OutputFile file, VectorSchemaRoot root) {
      super(file);
      this.root = root;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Integer> getWriteSupport(Configuration configuration) {
      return new Rows(root);
    }

    @Override
    protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration configuration) {
      return new Rows(root);
    }
  }

  /// Writes a row by its number in the current batch.
  private static final class Rows extends WriteSupport<Integer> {
    private final VectorSchemaRoot root;
    private final MessageType schema;
    private @Nullable RecordConsumer consumer;

    Rows(VectorSchemaRoot root) {
      this.root = root;
      this.schema = schema(root);
    }

    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer to) {
      consumer = to;
    }

    @Override
    public void write(Integer row) {
      RecordConsumer to = java.util.Objects.requireNonNull(consumer);
      to.startMessage();
      for (int c = 0; c < schema.getFieldCount(); c++) {
        FieldVector vector = root.getVector(c);
        if (!vector.isNull(row)) {
          to.startField(schema.getFieldName(c), c);
          add(vector, row, to);
          to.endField(schema.getFieldName(c), c);
        }
      }
      to.endMessage();
    }

    private static void add(FieldVector vector, int row, RecordConsumer to) {
      switch (vector) {
        case BigIntVector v -> to.addLong(v.get(row));
        case Float8Vector v -> to.addDouble(v.get(row));
        case BitVector v -> to.addBoolean(v.get(row) != 0);
        case DateDayVector v -> to.addInteger(v.get(row));
        case TimeMicroVector v -> to.addLong(v.get(row));
        case TimeStampMicroVector v -> to.addLong(v.get(row));
        case DecimalVector v -> to.addBinary(decimal(v.getObjectNotNull(row)));
        case VarCharVector v -> to.addBinary(Binary.fromConstantByteArray(v.get(row)));
        default -> throw new IllegalStateException("no Parquet form of " + vector.getClass());
      }
    }

    /// Two's complement, big-endian.
    private static Binary decimal(BigDecimal value) {
      byte[] digits = value.unscaledValue().toByteArray();
      byte[] whole = new byte[DECIMAL_BYTES];
      if (value.signum() < 0) {
        java.util.Arrays.fill(whole, (byte) -1);
      }
      System.arraycopy(digits, 0, whole, DECIMAL_BYTES - digits.length, digits.length);
      return Binary.fromConstantByteArray(whole);
    }
  }
}
