/// The conformance suites, run against Sabot itself.
@NullMarked
package io.sabot.tck;

import org.jspecify.annotations.NullMarked;
