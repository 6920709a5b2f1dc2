/// Replaces views of mapped data by the data that stores them.
@NullMarked
package io.sabot.optimizer.unfold;

import org.jspecify.annotations.NullMarked;
