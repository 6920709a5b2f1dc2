/// One store for tables, graph elements and quads: snapshots, transactions, readers and writers.
///
/// **State.** A version of the store is an immutable {@link io.sabot.store.State} in memory: for
/// each table its segments with their deleted rows, for each sorted tuple set its block directory
/// and runs of changes, and the catalog. Column chunks and tuple blocks themselves are immutable,
/// numbered, and loaded through a bounded cache ({@link io.sabot.store.Blobs}). So a snapshot is a
/// reference, and a warm scan touches neither RocksDB nor a lock.
///
/// **Three families, two structures.** Tables, nodes and edges are columnar segments; adjacency,
/// quads, keys of tables and the places of graph elements are sorted tuple sets. A row address is
/// `segment << 20 | row` and only means something within a snapshot.
///
/// **A commit** ({@link io.sabot.store.TransactionCommit}) takes the commit lock, checks that
/// nobody changed the same rows, keys, elements, quads or definitions since the transaction began,
/// builds one batch, appends the batch to the log, applies the same batch to RocksDB and makes the
/// next state the *head*. Outside the lock it waits until the log is durable, together with whoever
/// else waits, and then makes the state *visible*. Large writes go ahead of the log as sorted
/// files, announced by an intent.
///
/// **A restart** replays the log from the entry after the last one that RocksDB has, reads the
/// manifest and deletes what unfinished intents announced. RocksDB's own log is off; `atomic_flush`
/// keeps its families at one point of ours.
///
/// **Compaction** ({@link io.sabot.store.Compactor}) runs under the commit lock as an entry of its
/// own. It moves rows, so {@link io.sabot.store.History} remembers where to, for the transactions
/// still open.
@NullMarked
package io.sabot.store;

import org.jspecify.annotations.NullMarked;
