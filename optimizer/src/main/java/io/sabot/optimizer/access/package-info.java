/// Which index finds the rows of a scan under conditions.
@NullMarked
package io.sabot.optimizer.access;

import org.jspecify.annotations.NullMarked;
