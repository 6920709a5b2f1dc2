/// Orders the inputs of joins, of all data families together.
@NullMarked
package io.sabot.optimizer.joinorder;

import org.jspecify.annotations.NullMarked;
