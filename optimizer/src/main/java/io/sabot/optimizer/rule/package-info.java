/// Rewrites that keep what a plan means and make it simpler.
@NullMarked
package io.sabot.optimizer.rule;

import org.jspecify.annotations.NullMarked;
