package io.sabot.store.segment;

import org.jspecify.annotations.Nullable;

/// A chunk ready to be stored.
///
/// @param bytes as in {@link ChunkFormat}
/// @param sketch of the distinct values, null for small chunks
public record EncodedColumn(byte[] bytes, ZoneMap zone, @Nullable HyperLogLog sketch) {}
