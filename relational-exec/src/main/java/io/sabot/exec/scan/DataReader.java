package io.sabot.exec.scan;

import io.sabot.exec.batch.Vector;
import io.sabot.store.segment.Bits;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Copies columns in Arrow layout into vectors.
public final class DataReader {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.nativeOrder());
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.nativeOrder());

  private DataReader() {}

  /// Copies all rows of `data` into `out`, which is reset.
  public static void read(ColumnData data, Vector out) {
    int rows = data.rows();
    out.reset(rows);
    switch (out.kind()) {
      case LONG, TERM, DOUBLE -> MemorySegment.copy(data.values(), 0, out.data(), 0, 8L * rows);
      case BOOL -> {
        for (int i = 0; i < rows; i++) {
          out.setBool(i, Bits.test(data.values(), i));
        }
      }
      case DECIMAL -> decimals(data, out);
      case STRING -> strings(data, out);
    }
    MemorySegment validity = data.validity();
    if (validity != null) {
      for (int i = 0; i < rows; i++) {
        if (!Bits.test(validity, i)) {
          out.setNull(i, rows);
        }
      }
    }
  }

  private static void decimals(ColumnData data, Vector out) {
    int rows = data.rows();
    if (data.kind() != ColumnKind.WIDE) {
      MemorySegment.copy(data.values(), 0, out.data(), 0, 8L * rows);
      return;
    }
    boolean isWide = false;
    for (int i = 0; i < rows; i++) {
      long low = data.values().get(LONG, 16L * i);
      out.setLong(i, low);
      isWide |= data.values().get(LONG, 16L * i + 8) != low >> 63;
    }
    if (isWide) {
      out.widen(rows, 0);
      for (int i = 0; i < rows; i++) {
        out.high().set(Vector.LONG, 8L * i, data.values().get(LONG, 16L * i + 8));
      }
    }
  }

  private static void strings(ColumnData data, Vector out) {
    @Nullable MemorySegment offsets = data.offsets();
    if (offsets == null) {
      throw new IllegalArgumentException("texts without offsets");
    }
    int start = offsets.get(INT, 0);
    int end = offsets.get(INT, 4L * data.rows());
    long at = out.reserveBytes(end - start);
    MemorySegment.copy(data.values(), start, out.bytes(), at, end - start);
    for (int i = 0; i < data.rows(); i++) {
      int next = offsets.get(INT, 4L * (i + 1));
      out.setView(i, at, next - start);
      at += next - start;
      start = next;
    }
  }
}
