package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// One column of a batch handed to the store, in Arrow layout. The store copies what it keeps, so
/// the memory may be reused after the call.
///
/// @param values LONG and DOUBLE: 8 bytes a row; WIDE: 16 bytes a row, low word first; BOOL: one
///   bit a row, least significant first; STRING: the bytes
/// @param offsets STRING only: `rows + 1` 32-bit offsets into `values`; otherwise null
/// @param validity one bit a row, 1 = not null; null when no row is null
public record ColumnData(
    ColumnKind kind,
    int rows,
    MemorySegment values,
    @Nullable MemorySegment offsets,
    @Nullable MemorySegment validity) {

  public static ColumnData longs(long[] values, int rows) {
    return new ColumnData(ColumnKind.LONG, rows, MemorySegment.ofArray(values), null, null);
  }

  public boolean isNull(int row) {
    return validity != null && !Bits.test(validity, row);
  }
}
