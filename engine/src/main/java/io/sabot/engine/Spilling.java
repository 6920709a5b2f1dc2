package io.sabot.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where and how much queries may write to disk of what does not fit in their memory.
///
/// @param directory null for `spill` in the database's directory, or `sabot-spill` in that for
///   temporary files when the database is in memory
/// @param limitBytes of the files that one query has at once; 0 to fail rather than spill
/// @param always whether operators spill even if there is room, for tests
public record Spilling(@Nullable Path directory, long limitBytes, boolean always) {
  /// In the database's directory, as much as there is room.
  public static final Spilling DEFAULT = new Spilling(null, Long.MAX_VALUE, false);

  public Spilling withDirectory(@Nullable Path value) {
    return new Spilling(value, limitBytes, always);
  }

  public Spilling withLimitBytes(long value) {
    return new Spilling(directory, value, always);
  }

  public Spilling withAlways(boolean value) {
    return new Spilling(directory, limitBytes, value);
  }
}
