package io.sabot.store;

/// A point within a transaction to which it can go back; see {@link Transaction#savepoint}.
public sealed interface Savepoint permits TransactionMark {}
