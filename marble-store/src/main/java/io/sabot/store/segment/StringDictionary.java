package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;

/// The distinct values of a dictionary-encoded string chunk, by code from 0. Not sorted.
///
/// @param offsets `size + 1` 32-bit offsets into `bytes`
public record StringDictionary(int size, MemorySegment offsets, MemorySegment bytes) {
  public int start(int code) {
    return offsets.get(Layouts.INT, 4L * code);
  }

  public int end(int code) {
    return offsets.get(Layouts.INT, 4L * code + 4);
  }
}
