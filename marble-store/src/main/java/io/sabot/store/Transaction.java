package io.sabot.store;

import io.sabot.plan.value.Value;

/// One unit of change over all families, under {@link Isolation}: it reads the state at its start
/// plus its own writes, and of two that change the same row, element, quad, key or definition the
/// first to commit wins; the other fails with a retryable conflict. Confined to one thread.
///
/// Large transactions are the bulk path: full segments and large sorted sets bypass the log, become
/// visible with the commit, and leave nothing behind when it fails.
public interface Transaction extends AutoCloseable {
  /// The state at the start overlaid with the writes so far. Later writes do not show in it. Valid
  /// until the transaction ends; closing it is allowed and has no effect.
  Snapshot view();

  TableWriter table(int tableId);

  GraphWriter graph();

  QuadWriter quads();

  CatalogWriter catalog();

  /// The next number of a sequence. Numbers are never given back; a crash may repeat those that no
  /// commit has followed.
  long nextNumber(int sequenceId);

  /// Makes `value` the number that a sequence gave last, at once and for everybody.
  void setNumber(int sequenceId, long value);

  /// The identifier of a value, added to the dictionary when new (the addition is durable with the
  /// first commit of any transaction that interned it).
  long intern(Value value);

  /// Checks keys, foreign keys and dangling edges of the writes so far; call at the end of a
  /// statement.
  void checkConstraints();

  /// Checks, makes the writes durable, and makes them visible to new snapshots. Returns the
  /// version. After any exception the transaction is over and left no trace.
  long commit();

  /// A point to go back to.
  Savepoint savepoint();

  /// Undoes all writes since a savepoint of this transaction; those before it stay, and so does the
  /// savepoint. Not possible after a change of the catalog since then.
  void rollbackTo(Savepoint savepoint);

  void rollback();

  boolean isActive();

  /// Rolls back unless committed.
  @Override
  void close();
}
