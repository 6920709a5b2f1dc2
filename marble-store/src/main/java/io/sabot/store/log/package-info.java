/// The durable log of commits.
@NullMarked
package io.sabot.store.log;

import org.jspecify.annotations.NullMarked;
