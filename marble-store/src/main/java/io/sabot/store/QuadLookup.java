package io.sabot.store;

/// Looks up batches of patterns that all bind the same positions of a quad. Confined to one thread.
public interface QuadLookup {
  /// Starts on other patterns.
  ///
  /// @param ids position `p` (g, s, p, o) of pattern `i` is `ids[p][i]`; positions that are not
  ///   bound are not read. The arrays must not change before the last quad is read
  void start(long[][] ids, int count);

  /// Writes at most `max` quads, in the order of the patterns: the number of the pattern to
  /// `inputs`, position `p` to `columns[p]` unless that is null. Returns how many, 0 at the end.
  int next(int[] inputs, long[][] columns, int max);
}
