/// Engines of others that benchmarks set beside Sabot.
@NullMarked
package io.sabot.bench.peer;

import org.jspecify.annotations.NullMarked;
