/// The store beside its peers: DuckDB for tables, TDB2 for triples, plain arrays for neighbours.
@NullMarked
package io.sabot.bench.store;

import org.jspecify.annotations.NullMarked;
