package io.sabot.plan.value;

/// Turns values into term identifiers and back, for one query.
///
/// Not thread-safe unless an implementation says so. Encoding the same value twice gives the same
/// identifier within one query.
public interface TermDictionary {
  /// The identifier of `value`; values that are in no dictionary yet get a query-local one.
  long encode(Value value);

  /// The value of an identifier of any kind.
  Value decode(long termId);
}
