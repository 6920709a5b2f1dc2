/// Tests of single rules.
@NullMarked
package io.sabot.optimizer.rule;

import org.jspecify.annotations.NullMarked;
