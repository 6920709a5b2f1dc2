/// Estimates of rows and of work.
@NullMarked
package io.sabot.optimizer.cost;

import org.jspecify.annotations.NullMarked;
