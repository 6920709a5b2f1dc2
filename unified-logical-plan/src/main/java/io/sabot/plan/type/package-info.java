/// Static types of columns and expressions, and the physical form each has in a batch.
@NullMarked
package io.sabot.plan.type;

import org.jspecify.annotations.NullMarked;
