/// Keeps reads and writes of one statement in the order that the language gives them.
@NullMarked
package io.sabot.optimizer.effects;

import org.jspecify.annotations.NullMarked;
