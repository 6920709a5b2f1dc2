/// Generated rows on their way into the store.
@NullMarked
package io.sabot.tck.load;

import org.jspecify.annotations.NullMarked;
