/// Tests that hold the conformance figures.
@NullMarked
package io.sabot.tck;

import org.jspecify.annotations.NullMarked;
