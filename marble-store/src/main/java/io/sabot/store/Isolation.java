package io.sabot.store;

/// What a transaction may count on about others that run at the same time.
public enum Isolation {
  /// It reads one state, and of two that change the same thing the first to commit wins. Two that
  /// each change what the other one read may both commit (write skew).
  SNAPSHOT,

  /// As if the transactions that write had run one after the other in the order of their commits: a
  /// commit also fails when what the transaction read has changed since it began. One that only
  /// reads never fails.
  SERIALIZABLE
}
