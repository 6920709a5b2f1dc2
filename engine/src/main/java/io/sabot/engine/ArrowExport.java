package io.sabot.engine;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.function.Casts;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.TermDictionary;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
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
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Copies engine batches into Arrow vectors. Exact types have their Arrow type; everything else is
/// UTF-8 text.
final class ArrowExport implements ArrowBatches {
  private final List<Type> types;
  private final VectorSchemaRoot root;
  private final Supplier<@Nullable Batch> batches;
  private final TermDictionary dictionary;

  ArrowExport(
      List<String> names,
      List<Type> types,
      Supplier<@Nullable Batch> batches,
      TermDictionary dictionary,
      BufferAllocator allocator) {
    this.types = types;
    this.batches = batches;
    this.dictionary = dictionary;
    List<Field> fields = new ArrayList<>();
    for (int c = 0; c < types.size(); c++) {
      fields.add(new Field(names.get(c), FieldType.nullable(arrowType(types.get(c))), null));
    }
    this.root = VectorSchemaRoot.create(new Schema(fields), allocator);
  }

  private static ArrowType arrowType(Type type) {
    return switch (type) {
      case Type.Int _ -> new ArrowType.Int(64, true);
      case Type.Floating _ -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case Type.Decimal(int precision, int scale) -> new ArrowType.Decimal(precision, scale, 128);
      case Type.ListOf _ -> ArrowType.Utf8.INSTANCE;
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> ArrowType.Bool.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            default -> ArrowType.Utf8.INSTANCE;
          };
    };
  }

  @Override
  public VectorSchemaRoot root() {
    return root;
  }

  @Override
  public boolean loadNext() {
    Batch batch = batches.get();
    if (batch == null) {
      return false;
    }
    root.clear();
    for (int c = 0; c < types.size(); c++) {
      copy(batch, batch.vector(c), types.get(c), root.getVector(c));
    }
    root.setRowCount(batch.count());
    return true;
  }

  private void copy(Batch batch, Vector from, Type type, FieldVector to) {
    to.setInitialCapacity(batch.count());
    to.allocateNew();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (from.isNull(row)) {
        to.setNull(i);
        continue;
      }
      switch (to) {
        case BigIntVector v -> v.setSafe(i, from.getLong(row));
        case Float8Vector v -> v.setSafe(i, from.getDouble(row));
        case BitVector v -> v.setSafe(i, from.getBool(row) ? 1 : 0);
        case DateDayVector v -> v.setSafe(i, (int) from.getLong(row));
        case TimeMicroVector v -> v.setSafe(i, from.getLong(row));
        case TimeStampMicroVector v -> v.setSafe(i, from.getLong(row));
        case DecimalVector v ->
            v.setSafe(i, new BigDecimal(from.getUnscaled(row), Cells.scale(type)));
        case VarCharVector v -> v.setSafe(i, text(from, row, type));
        default -> throw new IllegalStateException("no copy to " + to.getClass());
      }
    }
    to.setValueCount(batch.count());
  }

  private byte[] text(Vector from, int row, Type type) {
    Value value = Cells.get(from, row, type, dictionary);
    String text =
        value instanceof Value.Iri || RdfLiterals.isLiteral(value)
            ? Casts.text(value)
            : value.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    root.close();
  }
}
