/// The embedded API: open a database, ask in any language, read results.
@NullMarked
package io.sabot.engine;

import org.jspecify.annotations.NullMarked;
