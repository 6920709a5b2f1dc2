/// Column vectors in Arrow memory, batches of them, and growable row stores.
@NullMarked
package io.sabot.exec.batch;

import org.jspecify.annotations.NullMarked;
