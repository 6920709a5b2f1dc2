/// Grouping before joins.
@NullMarked
package io.sabot.optimizer.aggregate;

import org.jspecify.annotations.NullMarked;
