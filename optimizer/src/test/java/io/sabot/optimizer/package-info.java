/// Tests of planning.
@NullMarked
package io.sabot.optimizer;

import org.jspecify.annotations.NullMarked;
