package io.sabot.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far each part of a write set had got.
///
/// @param catalog the definitions, which must be the same on return
record TransactionMark(
    StoreTransaction transaction,
    CatalogData catalog,
    Map<Integer, TableChanges.Mark> tables,
    Map<Long, Integer> spaces,
    int quads,
    GraphChanges.@Nullable Mark graph)
    implements Savepoint {}
