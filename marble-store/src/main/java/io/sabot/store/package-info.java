/// One store for tables, graph elements and quads: snapshots, transactions, readers and writers.
@NullMarked
package io.sabot.store;

import org.jspecify.annotations.NullMarked;
