/// Reading stored segments into vectors.
@NullMarked
package io.sabot.exec.scan;

import org.jspecify.annotations.NullMarked;
