package io.sabot.store.segment;

/// The hash of a stored value that sketches use.
public final class KeyHash {
  private KeyHash() {}

  /// The hash of a row that is not null; the same as {@link ChunkEncoder} feeds to its sketch.
  public static long of(ColumnChunk chunk, int row) {
    return switch (chunk.kind()) {
      case LONG -> HyperLogLog.mix(chunk.longAt(row));
      case DOUBLE -> HyperLogLog.mix(Double.doubleToRawLongBits(chunk.doubleAt(row)));
      case BOOL -> HyperLogLog.mix(chunk.boolAt(row) ? 1 : 0);
      case WIDE -> HyperLogLog.mix(HyperLogLog.mix(chunk.wideLowAt(row)) ^ chunk.wideHighAt(row));
      case STRING -> {
        byte[] bytes = chunk.bytesAt(row).toArray(Layouts.BYTE);
        yield BytesHash.of(bytes, 0, bytes.length);
      }
    };
  }
}
