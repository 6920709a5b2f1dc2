package io.sabot.store;

import io.sabot.plan.value.Value;

/// Values too large for a term identifier. Append-only, shared by all snapshots, thread-safe.
public interface StoreDictionary {
  /// The identifier of `value`: inline, or in the dictionary. {@link
  /// io.sabot.plan.value.TermId#NULL} for null and for a value that the store does not hold.
  long lookup(Value value);

  /// The value of an inline identifier or of one in this dictionary (not of a query-local one).
  Value decode(long termId);

  /// Decodes `count` identifiers; faster than one by one when few are cached.
  void decode(long[] termIds, int count, Value[] out);
}
