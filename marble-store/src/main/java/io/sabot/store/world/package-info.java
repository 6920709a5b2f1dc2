/// Everything nondeterministic that the store may touch.
@NullMarked
package io.sabot.store.world;

import org.jspecify.annotations.NullMarked;
