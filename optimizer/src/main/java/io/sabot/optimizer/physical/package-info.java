/// Chooses the operators.
@NullMarked
package io.sabot.optimizer.physical;

import org.jspecify.annotations.NullMarked;
