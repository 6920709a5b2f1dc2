/// From the plan a language means to the plan that runs.
@NullMarked
package io.sabot.optimizer;

import org.jspecify.annotations.NullMarked;
