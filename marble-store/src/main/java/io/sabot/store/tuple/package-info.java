/// Sorted sets of tuples of 64-bit numbers: adjacency, quads and key indexes.
@NullMarked
package io.sabot.store.tuple;

import org.jspecify.annotations.NullMarked;
