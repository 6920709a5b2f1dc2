package io.sabot.store.segment;
final class RawChunk {
  static ColumnChunk over(ColumnData d, int nulls, ZoneMap z) { throw new UnsupportedOperationException(); }
}
