/// Sabot and its peers on the same work in the same run.
@NullMarked
package io.sabot.bench;

import org.jspecify.annotations.NullMarked;
