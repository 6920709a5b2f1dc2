/// Malformed and hostile queries: a result or a clear error, never our own fault, a hang or a dead
/// store.
@NullMarked
package io.sabot.engine.fuzz;

import org.jspecify.annotations.NullMarked;
