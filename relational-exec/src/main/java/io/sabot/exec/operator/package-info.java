/// Relational operators: immutable recipes that open per-worker streams of batches.
@NullMarked
package io.sabot.exec.operator;

import org.jspecify.annotations.NullMarked;
